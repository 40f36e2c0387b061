namespace AudioEmotionXai.Generators.Tests;

public sealed class MethodRegistryGeneratorTests
{
    private const string Full = """
        using System;
        namespace Sample;

        public enum Quadrature { GaussLegendre, Trapezoid, [MethodOption(Name = "riemann")] RightRiemann }

        public sealed record Window(int Height, int Width) : IParsable<Window>
        {
            public static Window Parse(string s, IFormatProvider? p) => TryParse(s, p, out Window w) ? w : throw new FormatException("a window such as 16x16 is expected.");
            public static bool TryParse(string? s, IFormatProvider? p, out Window w)
            {
                string[] parts = s!.Split('x');
                w = parts.Length == 2 ? new Window(int.Parse(parts[0]), int.Parse(parts[1])) : null!;
                return w is not null;
            }
            public override string ToString() => $"{Height}x{Width}";
        }

        public abstract record PathBase : AttributionMethod
        {
            /// <summary>How many steps (at least 1).</summary>
            public int Steps { get; init { ArgumentOutOfRangeException.ThrowIfLessThan(value, 1); field = value; } } = 50;
        }

        /// <summary>
        /// Adds up gradients on a <see cref="System.Math"/> path
        /// to the <c>input</c>.
        /// </summary>
        [MethodId("along-path")]
        public sealed record AlongPath : PathBase
        {
            public Quadrature Quadrature { get; init; }
            public double Epsilon { get; init; } = 1e-6;
            public float Noise { get; init; } = 0.25f;
            public bool Absolute { get; init; }
            public string Layer { get; init; } = "layer4";
            public long? Seed { get; init; }
            public string? Note { get; init; }
            public Window Window { get; init; } = new(16, 8);
            [MethodOption(Name = "sum", Description = "What to add up")] public Quadrature XGradSum { get; init; } = Quadrature.RightRiemann;
            [MethodOption(Hidden = true)] public object? Extra { get; init; }
            public int Computed => 3;
            protected internal override AttributionOutcome AttributeCore(AttributionRequest request) => new() { Map = request.Input };
        }
        """;

    private static readonly MethodDescription s_path = GeneratorRun.Registered(Full).Single();

    [Test]
    public void ARecordWithAnIdIsRegisteredWithItsSummaryAsOnePlainLine()
    {
        Assert.That(s_path.Id, Is.EqualTo("along-path"));
        Assert.That(s_path.Summary, Is.EqualTo("Adds up gradients on a Math path to the input."));
    }

    [Test]
    public void EveryPublicInitPropertyIsAnOptionAndInheritedOnesComeFirst() =>
        Assert.That(
            s_path.Options.Select(option => $"{option.Name}={option.ValueIn(s_path.Default)}"),
            Is.EqualTo(["steps=50", "quadrature=gauss-legendre", "epsilon=1e-6", "noise=0.25", "absolute=false", "layer=layer4", "seed=none", "note=none", "window=16x8", "sum=riemann"]));

    [Test]
    public void DescriptionsComeFromDocumentationUnlessTheAttributeSaysOtherwise()
    {
        Assert.That(s_path.Options[0].Description, Is.EqualTo("How many steps (at least 1)."));
        Assert.That(s_path.Options[^1].Description, Is.EqualTo("What to add up"));
        Assert.That(s_path.Options[1].Choices, Is.EqualTo(["gauss-legendre", "trapezoid", "riemann"]));
    }

    [Test]
    public void ATypeThatReadsItselfIsToldByTheFormItsTextHas()
    {
        MethodOption start = AttributionMethods.Find("lrp").Options.Single(option => option.Name == "start");
        Assert.That(start.Kind, Is.EqualTo("logit, one, contrast, or contrast:LABEL"));
        Assert.That(s_path.Options.Single(option => option.Name == "window").Kind, Is.EqualTo("a window"));
    }

    [TestCase("steps", "7")]
    [TestCase("quadrature", "riemann")]
    [TestCase("epsilon", "0.001")]
    [TestCase("epsilon", "2.5e-7")]
    [TestCase("noise", "0.1")]
    [TestCase("absolute", "true")]
    [TestCase("layer", "a tensor's name")]
    [TestCase("seed", "-4")]
    [TestCase("note", "x")]
    [TestCase("window", "3x5")]
    public void AValueSetFromTextIsWrittenBackTheSame(string name, string value)
    {
        AttributionMethod method = s_path.Create([new(name, value)]);
        Assert.That(s_path.Options.Single(option => option.Name == name).ValueIn(method), Is.EqualTo(value));
    }

    [TestCase("steps", "many", "The option 'steps' of the method 'along-path' cannot be 'many': an integer is expected.")]
    [TestCase("steps", "0", "greater than or equal to '1'")]
    [TestCase("epsilon", "0,5", "a number is expected")]
    [TestCase("epsilon", "NaN", "a number is expected")]
    [TestCase("quadrature", "simpson", "one of gauss-legendre, trapezoid, riemann is expected")]
    [TestCase("window", "16", "a window such as 16x16 is expected")]
    [TestCase("layer", "", "a text is expected")]
    [TestCase("colour", "red", "has no option 'colour': its options are steps, quadrature")]
    [TestCase("extra", "x", "has no option 'extra'")]
    public void ABadValueIsRefusedWithMethodOptionValueAndWhatIsAllowed(string name, string value, string message) =>
        Assert.That(() => s_path.Create([new(name, value)]), Throws.InstanceOf<MethodOptionException>().With.Message.Contains(message));

    [Test]
    [SetCulture("pl-PL")]
    public void NumbersReadAndWriteTheSameUnderAnotherCulture()
    {
        AttributionMethod method = s_path.Create([new("epsilon", "0.25"), new("noise", "1.5e-7")]);
        Assert.That(s_path.Options[2].ValueIn(method), Is.EqualTo("0.25"));
        Assert.That(s_path.Options[3].ValueIn(method), Is.EqualTo("1.5e-7"));
    }

    [TestCase("record Loose : AttributionMethod { CORE }", "AEX001: Loose carries [MethodId] but is not a sealed record")]
    [TestCase("sealed record Stranger;", "AEX001: Stranger carries [MethodId] but does not derive from AttributionMethod")]
    [TestCase("sealed record Positional(int Steps) : AttributionMethod { CORE }", "AEX001: Positional carries [MethodId] but has no public constructor without parameters: its options are init properties with defaults")]
    [TestCase("sealed record Odd : AttributionMethod { public System.Uri Place { get; init; } = null!; CORE }", "AEX002: The option Odd.Place has the type System.Uri, which cannot be read from text: use int, long, float, double, bool, string, an enum, AttributionMethod, a type with IParsable<T>, or [MethodOption(Hidden = true)]")]
    public void WhatCannotBeRegisteredIsABuildErrorThatSaysWhy(string declaration, string problem) =>
        Assert.That(GeneratorRun.Problems($"[MethodId(\"x\")] public {declaration.Replace("CORE", GeneratorRun.Core, StringComparison.Ordinal)}"), Is.EqualTo([problem]));

    [Test]
    public void AnIdThatIsTakenIsABuildError()
    {
        string two = string.Concat(new[] { "One", "Two" }.Select(name => $"[MethodId(\"same\")] public sealed record {name} : AttributionMethod {{ {GeneratorRun.Core} }}\n"));
        Assert.That(GeneratorRun.Problems(two), Is.EqualTo(["AEX003: Two has the id 'same', which another method has too"]));
    }
}
