using System.Globalization;

namespace AudioEmotionXai;

/// <summary>The codecs that the generated registry names, one for every type an option may have.</summary>
internal static class OptionCodec
{
    public static OptionCodec<int> Int32 { get; } = new NumberCodec<int>("an integer", NumberStyles.AllowLeadingSign);

    public static OptionCodec<long> Int64 { get; } = new NumberCodec<long>("an integer", NumberStyles.AllowLeadingSign);

    public static OptionCodec<float> Single { get; } = new NumberCodec<float>("a number", NumberStyles.Float);

    public static OptionCodec<double> Double { get; } = new NumberCodec<double>("a number", NumberStyles.Float);

    public static OptionCodec<bool> Boolean { get; } = new ChoiceCodec<bool>(("false", false), ("true", true));

    public static OptionCodec<string> Text { get; } = new TextCodec();

    public static OptionCodec<AttributionMethod> Method { get; } = new MethodCodec();

    public static OptionCodec<T> Choice<T>(params ReadOnlySpan<(string Name, T Value)> choices)
        where T : struct => new ChoiceCodec<T>(choices);

    public static OptionCodec<T> Parsable<T>(string form)
        where T : IParsable<T> => new ParsableCodec<T>(form);

    public static OptionCodec<T?> OptionalValue<T>(OptionCodec<T> inner)
        where T : struct => new OptionalValueCodec<T>(inner);

    public static OptionCodec<T?> OptionalObject<T>(OptionCodec<T> inner)
        where T : class => new OptionalObjectCodec<T>(inner);
}
