namespace AudioEmotionXai.Reporting.Tests;

/// <summary>
/// A colour in Oklab, where equal steps look equally large; the colour maps were laid out in it.
/// Björn Ottosson, "A perceptual color space for image processing", 2020.
/// </summary>
/// <param name="Lightness">0 (black) to 1 (white).</param>
/// <param name="A">Green (negative) to red.</param>
/// <param name="B">Blue (negative) to yellow.</param>
internal readonly record struct OkLab(double Lightness, double A, double B)
{
    /// <summary>The colour of the given lightness, chroma and hue in degrees.</summary>
    public static OkLab FromHue(double lightness, double chroma, double degrees)
    {
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        return new OkLab(lightness, chroma * cos, chroma * sin);
    }

    /// <summary>The colour between two.</summary>
    public static OkLab Lerp(OkLab from, OkLab to, double part) => new(
        double.Lerp(from.Lightness, to.Lightness, part), double.Lerp(from.A, to.A, part), double.Lerp(from.B, to.B, part));

    /// <summary>The nearest colour of the same lightness and hue that sRGB can show: only the chroma gives way.</summary>
    public Rgb ToRgb()
    {
        double low = 0, high = 1;
        if (TryToLinear(1, out _))
            low = 1;
        else
            for (int step = 0; step < 30; step++)
            {
                double middle = (low + high) / 2;
                if (TryToLinear(middle, out _))
                    low = middle;
                else
                    high = middle;
            }

        TryToLinear(low, out (double Red, double Green, double Blue) linear);
        return new Rgb(Encode(linear.Red), Encode(linear.Green), Encode(linear.Blue));
    }

    /// <summary>The Oklab coordinates of an sRGB colour.</summary>
    public static OkLab FromRgb(Rgb colour)
    {
        double red = Decode(colour.Red), green = Decode(colour.Green), blue = Decode(colour.Blue);
        double l = Math.Cbrt((0.4122214708 * red) + (0.5363325363 * green) + (0.0514459929 * blue));
        double m = Math.Cbrt((0.2119034982 * red) + (0.6806995451 * green) + (0.1073969566 * blue));
        double s = Math.Cbrt((0.0883024619 * red) + (0.2817188376 * green) + (0.6299787005 * blue));
        return new OkLab(
            (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
            (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
            (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s));
    }

    private bool TryToLinear(double chroma, out (double Red, double Green, double Blue) linear)
    {
        double a = A * chroma, b = B * chroma;
        double l = Cube(Lightness + (0.3963377774 * a) + (0.2158037573 * b));
        double m = Cube(Lightness - (0.1055613458 * a) - (0.0638541728 * b));
        double s = Cube(Lightness - (0.0894841775 * a) - (1.2914855480 * b));
        linear = (
            (4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s),
            (-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s),
            (-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s));
        return IsShown(linear.Red) && IsShown(linear.Green) && IsShown(linear.Blue);
    }

    private static double Cube(double value) => value * value * value;

    private static bool IsShown(double linear) => linear is >= -1e-6 and <= 1 + 1e-6;

    private static byte Encode(double linear)
    {
        double light = Math.Clamp(linear, 0, 1);
        double value = light <= 0.0031308 ? 12.92 * light : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055;
        return (byte)Math.Round(255 * value);
    }

    private static double Decode(byte channel)
    {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
