namespace AudioEmotionXai.Tests;

public sealed class FrontEndContractTests
{
    [Test]
    public void TheDefaultsOfTheFrontEndAreTheTrainedModels()
    {
        FrontEndContract contract = Parse(FrontEndText.Json);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(contract.Options, Is.EqualTo(new LogMelOptions()));
            Assert.That(contract.Mean, Is.EqualTo(-56.53040556157969));
            Assert.That(contract.StandardDeviation, Is.EqualTo(18.724325009428828));
            Assert.That(contract.Labels, Is.EqualTo(new[] { "anger", "fear" }));
            Assert.That(contract.Shape, Is.EqualTo(new[] { 1, 128, 141 }));
        }
    }

    [Test]
    public void WritingAndReadingGivesTheSameContract()
    {
        FrontEndContract unusual = new(
            new LogMelOptions
            {
                SampleRate = 16000,
                Seconds = 1.25,
                FftSize = 512,
                HopLength = 160,
                Window = SpectrumWindow.HannSymmetric,
                Center = false,
                Padding = SignalPadding.Reflect,
                Power = 1,
                MelBins = 40,
                MelScale = MelScale.Htk,
                MelNorm = MelNorm.None,
                MinimumFrequency = 20.5,
                MaximumFrequency = 7600,
                Reference = DecibelReference.One,
                MinimumPower = 1e-5,
                TopDecibels = null,
            },
            0.1,
            1.0 / 3,
            ["z\u0142o\u015b\u0107", "\"quoted\""]);
        Assert.That(Parse(unusual.ToJson()), Is.EqualTo(unusual));
    }

    [Test]
    [SetCulture("pl-PL")]
    public void CommasInTheCultureDoNotReachTheFile() => Assert.That(Parse(Parse(FrontEndText.Json).ToJson()), Is.EqualTo(Parse(FrontEndText.Json)));

    [Test]
    public void EveryPropertyMustBeThere([Values("sample_rate", "n_fft", "window", "center", "mel_norm", "top_db", "mean", "std", "shape", "labels")] string name) =>
        Assert.That(() => Parse(FrontEndText.Json.Replace($"\"{name}\"", $"\"{name}_\"", StringComparison.Ordinal)), Refuses($"the property '{name}' is missing"));

    [TestCase("\"center\": true", "\"center\": \"yes\"", "'center' is \"yes\"; true or false")]
    [TestCase("24000", "24000.5", "'sample_rate' is 24000.5; a whole number")]
    [TestCase("24000", "99999999999", "'sample_rate' is 99999999999; a whole number")]
    [TestCase("\"slaney\", \"mel_norm\"", "\"bark\", \"mel_norm\"", "'mel_scale' is \"bark\"; one of 'slaney', 'htk'")]
    [TestCase("hann (periodic)", "hamming", "'window' is \"hamming\"; one of 'hann (periodic)'")]
    [TestCase("18.724325009428828", "0", "'std' is 0; a number above 0")]
    [TestCase("18.724325009428828", "1e999", "'std' is 1e999; a finite number")]
    [TestCase("141]", "140]", "'shape' is (1, 128, 140), but the other properties give (1, 128, 141)")]
    [TestCase("\"fear\"", "\"anger\"", "'labels' must name each class once")]
    [TestCase("\"fear\"", "7", "'labels' is 7; a list of texts")]
    [TestCase("\"fmax\": 12000.0", "\"fmax\": 13000.0", "MaximumFrequency is 13000")]
    [TestCase("\"power\": 2.0", "\"power\": 2.0, \"gain\": 1", "the property 'gain' is not known")]
    [TestCase("\"power\": 2.0", "\"power\": 2.0, \"power\": 1.0", "the property 'power' stands there twice")]
    [TestCase("]\n}", "]", "is not JSON, or cut off")]
    public void WrongPropertiesAreNamed(string good, string bad, string problem)
    {
        string json = FrontEndText.Json.Replace("\r", "", StringComparison.Ordinal);
        Assert.That(json, Does.Contain(good));
        Assert.That(() => Parse(json.Replace(good, bad, StringComparison.Ordinal)), Refuses(problem).And.Message.Contains("front_end.json"));
    }

    [Test]
    public void AContractTravelsInAModelsMetadata()
    {
        OnnxModel model = Model(1, 128, 141);
        Parse(FrontEndText.Json).WriteTo(model);
        OnnxModel reread = OnnxModel.Parse(model.ToBytes(), "copy.onnx");
        Assert.That(FrontEndContract.TryRead(reread, out FrontEndContract? contract), Is.True);
        Assert.That(contract, Is.EqualTo(Parse(FrontEndText.Json)));
        Assert.That(ModelMetadata.FindLabels(reread), Is.EqualTo(contract!.Labels));
    }

    [Test]
    public void AModelWithoutAContractSaysSo() => Assert.That(FrontEndContract.TryRead(Model(1, 128, 141), out _), Is.False);

    [Test]
    public void AContractThatDoesNotFitTheModelIsRefused()
    {
        OnnxModel labelled = Model(1, 128, 141);
        ModelMetadata.SetLabels(labelled, ["fear", "anger"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Parse(FrontEndText.Json).WriteTo(Model(1, 128, 142)), Refuses("(N, 1, 128, 142), but the front end gives (N, 1, 128, 141)"));
            Assert.That(() => Parse(FrontEndText.Json).WriteTo(labelled), Refuses("the labels are fear, anger, but the front end names anger, fear"));
        }
    }

    [Test]
    public void ABrokenContractInAModelNamesModelAndEntry()
    {
        OnnxModel model = Model(1, 128, 141);
        model.SetMetadata(ModelMetadata.FrontEnd, "{}");
        Assert.That(() => FrontEndContract.TryRead(model, out _), Refuses("graph, metadata 'front_end': the property 'sample_rate' is missing"));
    }

    [Test]
    public void NormalizingSubtractsTheMeanAndDividesByTheDeviation()
    {
        FrontEndContract contract = Parse(FrontEndText.Json) with { Mean = -50, StandardDeviation = 20 };
        TimeFrequencyMap decibels = new(128, 141);
        decibels[2, 3] = -80;
        FloatTensor normalized = contract.Normalize(decibels);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(normalized.ToString(), Is.EqualTo("(1, 1, 128, 141)"));
            Assert.That(normalized.Span[(2 * 141) + 3], Is.EqualTo(-1.5f));
            Assert.That(normalized.Span[0], Is.EqualTo(2.5f));
            Assert.That(() => contract.Normalize(new TimeFrequencyMap(128, 140)), Throws.ArgumentException.With.Message.Contains("128 x 140"));
        }
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Refuses(string text) => Throws.TypeOf<ModelFormatException>().With.Message.Contains(text);

    private static FrontEndContract Parse(string json) => FrontEndContract.Parse(json, "front_end.json");

    private static OnnxModel Model(params long[] shape)
    {
        OnnxModel model = OnnxModel.Create(17, "graph");
        model.AddInput(new OnnxValueInfo("input", OnnxElementType.Float, ["N", .. shape.Select(length => (OnnxDimension)length)]));
        model.Add(new OnnxNode("Relu", "relu", ["input"], ["logits"]));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, null));
        return model;
    }
}
