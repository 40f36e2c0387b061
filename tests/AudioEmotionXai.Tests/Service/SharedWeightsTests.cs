namespace AudioEmotionXai.Tests;

/// <summary>The sessions of one model hold its weights once, and nothing of them outlives the sessions.</summary>
public sealed class SharedWeightsTests
{
    private static readonly FloatTensor s_input = BundledSamples.Load().Spectrograms.Items(0, 1);

    [Test]
    public void ProgramsThatDifferInEpsilonShareAllWeights()
    {
        using AudioClassifier model = Trained();
        new Lrp { Rules = LrpRules.Epsilon, Epsilon = 0.01f }.Attribute(model, s_input);
        long once = model.SharedWeightBytes;
        for (int i = 2; i < 6; i++)
            new Lrp { Rules = LrpRules.Epsilon, Epsilon = 0.01f * i }.Attribute(model, s_input);
        Assert.That(once, Is.GreaterThan(40 << 20));
        Assert.That(model.SharedWeightBytes, Is.EqualTo(once));
    }

    [Test]
    public void AProgramThatIsEndedGivesBackWhatOnlyItUsed()
    {
        using AudioClassifier model = AudioClassifier.Load(
            BundledModel.Path, new AudioClassifierOptions { Provider = ExecutionProvider.Cpu, LargestProgramCache = 1 });
        new GradCam().Attribute(model, s_input);
        long alone = model.SharedWeightBytes;
        new Lrp().Attribute(model, s_input);
        Assert.That(model.SharedWeightBytes, Is.GreaterThan(alone));
        new GradCam().Attribute(model, s_input);
        Assert.That(model.SharedWeightBytes, Is.EqualTo(alone));
        model.Dispose();
        Assert.That(model.SharedWeightBytes, Is.Zero);
    }

    [TestCase("gradcam")]
    [TestCase("gradient")]
    [TestCase("lrp")]
    public void SharedWeightsGiveTheMapsOfASessionOfItsOwnBitForBit(string text)
    {
        using AudioClassifier model = Trained();
        CompiledMethod method = (CompiledMethod)AttributionMethods.Parse(text);
        using OnnxSession alone = OnnxSession.Create(method.Compile(model), new SessionSettings(ExecutionProvider.Cpu, 0));
        float[] expected = alone.Run(s_input, [2], default)[1].Span.ToArray();
        Assert.That(method.Attribute(model, s_input, ClassTarget.OfIndex(2)).Map.Span.ToArray(), Is.EqualTo(expected));
        Assert.That(model.SharedWeightBytes, Is.GreaterThan(0));
    }

    private static AudioClassifier Trained() =>
        AudioClassifier.Load(BundledModel.Path, new AudioClassifierOptions { Provider = ExecutionProvider.Cpu });
}
