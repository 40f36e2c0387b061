using System.Globalization;

namespace AudioEmotionXai.Tests;

public sealed class MethodIdentityTests
{
    private static readonly RelevanceRules s_own = RelevancePresets.Gamma(5, 1e-6f);

    private static IReadOnlyList<MethodDescription> Methods => AttributionMethods.All;

    private static IEnumerable<string> Ids => Methods.Select(method => method.Id);

    [Test]
    public void EveryMethodDiffersFromEveryOtherAndFromItselfWithAnyOptionChanged()
    {
        List<AttributionMethod> all =
        [
            .. Methods.Select(method => method.Default),
            .. Methods.SelectMany(method => method.Options.Select(option => Changed(method, option))),
            new Lrp { CustomRules = s_own },
            new Lrp { CustomRules = s_own with { Bias = false } },
            new Lrp { CustomRules = s_own with { First = new FlatRule() } },
            new Lrp { CustomRules = s_own with { Convolution = new EpsilonRule { Epsilon = 0.25f } } },
            new Lrp { CustomRules = s_own.With("conv1", new WSquareRule()) },
            new Lrp { CustomRules = s_own.With("conv1", new ZBoxRule { Low = -1 }) },
            new SmoothGrad { Inner = new Lrp { CustomRules = s_own } },
            new SmoothGrad { Inner = new Lrp { CustomRules = s_own.With("conv2", new FlatRule()) } },
        ];
        Assert.That(all.Select(method => method.Identity), Is.Unique);
    }

    [Test]
    public void EqualMethodsHaveOneIdentityUnderEveryCulture([ValueSource(nameof(Ids))] string id)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            string expected = AttributionMethods.Create(id).Identity, own = new Lrp { CustomRules = s_own }.Identity;
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("pl-PL");
            Assert.That(AttributionMethods.Find(id).Default.Identity, Is.EqualTo(expected));
            Assert.That(new Lrp { CustomRules = RelevancePresets.Gamma(5, 1e-6f) }.Identity, Is.EqualTo(own));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void RulesOfOnesOwnAreSaidToBeMoreThanTheTextAndTheTextIsRefused()
    {
        Lrp own = new() { CustomRules = s_own };
        string text = own.ToString();
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.StartWith($"{new Lrp()} (more than this text says, sha256 {own.Identity[..12]}"));
            Assert.That(() => AttributionMethods.Parse(text), Throws.InstanceOf<FormatException>().With.Message.Contains("only be made in code"));
            Assert.That(() => AttributionMethods.Parse(new SmoothGrad { Inner = own }.ToString()), Throws.InstanceOf<FormatException>());
        });
    }

    [Test]
    public void ATextThatWouldReadBackAsAnotherMethodSaysSo()
    {
        GradCam odd = new() { Layer = " " };
        Assert.That(AttributionMethods.Parse(new GradCam { Layer = "a b" }.ToString()), Is.EqualTo(new GradCam { Layer = "a b" }));
        Assert.That(new Lrp { Where = "none" }.ToString(), Does.Contain("more than this text says"), "none reads back as nothing");
        Assert.That(odd.ToString(), Does.Contain("more than this text says"), "blanks name no layer");
    }

    [Test]
    public void TheLabelsOfASegmentationsFileCountAndNotOnlyItsPath()
    {
        using TemporaryFolder folder = new();
        string file = folder.PathOf("labels.npy");
        Lime lime = new() { Segments = new FileSegmenter(file) };
        NpyFile.Write(file, NpyArray.From([0, 0, 1, 1], 2, 2));
        string before = lime.Identity;
        NpyFile.Write(file, NpyArray.From([0, 1, 0, 1], 2, 2));
        Assert.That(lime.Identity, Is.Not.EqualTo(before));
        Assert.That(AttributionMethods.Parse(lime.ToString()), Is.EqualTo(lime), "the text reads back");
    }

    [Test]
    public void MethodsOfAnotherAssemblyAreToldApartByEverythingTheyHold() => Assert.That(
        new AttributionMethod[]
        {
            new Own(1, [1, 2]), new Own(2, [1, 2]), new Own(1, [1, 3]), new Own(1, [1, 2]) { Inner = new Gradient() },
            new Own(1, [1, 2]) { Inner = new Gradient { Score = ClassScore.Probability } }, new Other(),
        }.Select(method => method.Identity),
        Is.Unique);

    [Test]
    public void AMethodThatHoldsWhatNoTextStandsForIsRefusedUntilItSaysWhatItIs()
    {
        Assert.That(
            () => new Silent(values => values).Identity,
            Throws.InstanceOf<NotSupportedException>().With.Message.Contains("'Silent'").And.Message.Contains("Map").And.Message.Contains("OptionsText"));
        Assert.That(new Spoken(values => values, "a").Identity, Is.Not.EqualTo(new Spoken(values => values, "b").Identity));
    }

    [Test]
    public void TheProvenanceOfACompiledFileTellsRulesApartThatItsTextCannot()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        OnnxModel plain = new Lrp().Compile(model), own = new Lrp { CustomRules = s_own }.Compile(model);
        Assert.Multiple(() =>
        {
            Assert.That(plain.Metadata["method"], Is.EqualTo(new Lrp().ToString()));
            Assert.That(own.Metadata["method"], Does.Contain("more than this text says"));
            Assert.That(own.Metadata["program_sha256"], Has.Length.EqualTo(64).And.Not.EqualTo(plain.Metadata["program_sha256"]));
        });
    }

    private static AttributionMethod Changed(MethodDescription method, MethodOption option)
    {
        string[] values = [.. option.Choices, "7", "0.375", "true", "false", "3x5", "24x20", "grid:2x3", "one", "min", "some", "gradcam", "conv1:flat"];
        foreach (string value in values)
        {
            try
            {
                AttributionMethod changed = method.Create([new(option.Name, value)]);
                if (changed != method.Default)
                    return changed;
            }
            catch (FormatException)
            {
                // Not a value of this option: the next one
            }
        }

        throw new AssertionException($"No value was found for {method.Id} {option.Name}.");
    }

    private sealed record Own(int Radius, IReadOnlyList<double> Weights) : AttributionMethod
    {
        private readonly long _hidden = Radius;

        public AttributionMethod? Inner { get; init; }

        protected internal override AttributionOutcome AttributeCore(AttributionRequest request) => new() { Map = new FloatTensor((int)_hidden) };
    }

    private sealed record Other : AttributionMethod
    {
        protected internal override AttributionOutcome AttributeCore(AttributionRequest request) => new() { Map = request.Input };
    }

    private sealed record Silent(Func<FloatTensor, FloatTensor> Map) : AttributionMethod
    {
        protected internal override AttributionOutcome AttributeCore(AttributionRequest request) => new() { Map = Map(request.Input) };
    }

    private sealed record Spoken(Func<FloatTensor, FloatTensor> Map, string Name) : AttributionMethod
    {
        protected internal override string OptionsText => Name;

        protected internal override AttributionOutcome AttributeCore(AttributionRequest request) => new() { Map = Map(request.Input) };
    }
}
