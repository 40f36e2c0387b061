namespace AudioEmotionXai.TestKit;

/// <summary>Equations 6 and 8 of de Cheveigné and Kawahara's paper, term by term, with the two windows lying evenly around the centre.</summary>
internal static class PlainYin
{
    public static double[] Difference(float[] samples, int centre, int window, int lags)
    {
        double[] difference = new double[lags];
        for (int lag = 0; lag < lags; lag++)
            for (int j = 0; j < window; j++)
            {
                int at = centre - ((window + lag) / 2) + j;
                difference[lag] += Math.Pow((double)samples[at] - samples[at + lag], 2);
            }

        return difference;
    }

    public static double[] Normalised(double[] difference)
    {
        double[] normalised = new double[difference.Length];
        normalised[0] = 1;
        for (int lag = 1; lag < difference.Length; lag++)
            normalised[lag] = difference[lag] / (difference[1..(lag + 1)].Sum() / lag);
        return normalised;
    }
}
