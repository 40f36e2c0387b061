namespace AudioEmotionXai.Tests;

/// <summary>
/// The gradient family on the trained model against captum, zennit and pytorch-grad-cam. Tolerance: 1e-4 of the largest value; float32
/// sums in another order differ by about 1e-6, and scaled maps of a small layer by about 1e-5.
/// </summary>
public sealed class GradientGoldenTests
{
    private static readonly TestCaseData[] s_maps =
    [
        new(new Gradient(), "gradient"),
        new(new InputXGradient(), "input_x_gradient"),
        new(new GuidedBackprop(), "guided_backprop"),
        new(new IntegratedGradients(), "integrated_gradients_50"),
        new(new IntegratedGradients { Steps = 64, Quadrature = PathQuadrature.Trapezoid }, "integrated_gradients_64_trapezoid"),
        new(new GradCam(), "gradcam_layer4_pytorch_grad_cam"),
        new(new GradCam { Layer = "layer2" }, "gradcam_layer2_pytorch_grad_cam"),
        new(new GradCam { Mode = CamMode.Notebook }, "gradcam_layer4_notebook"),
        new(new GradCamPlusPlus(), "gradcam_plusplus_layer4_pytorch_grad_cam"),
        new(new GradCamPlusPlus { Layer = "layer2" }, "gradcam_plusplus_layer2_pytorch_grad_cam"),
        new(new LayerCam(), "layercam_layer4_pytorch_grad_cam"),
        new(new LayerCam { Layer = "layer2" }, "layercam_layer2_pytorch_grad_cam"),
    ];

    [TestCaseSource(nameof(s_maps))]
    public void TheMapIsThatOfTheReference(AttributionMethod method, string golden)
    {
        AttributionResult result = method.Attribute(GoldenAttributions.Model, GoldenAttributions.EveryInput);
        Assert.That(result.Targets, Is.EqualTo(GoldenAttributions.EveryTarget));
        double ofLargest = method is IntegratedGradients ? 5e-4 : 1e-4;
        GoldenAttributions.AssertClose(result.Map, GoldenAttributions.EveryExpected(golden), ofLargest, 1e-4);
        GoldenAttributions.AssertClose(GoldenAttributions.OfFixture(result.Map), GoldenAttributions.Expected(golden), 1e-4);
    }

    [Test]
    public void SaliencyIsTheAbsoluteGradient()
    {
        FloatTensor expected = GoldenAttributions.Expected("gradient");
        foreach (ref float value in expected.Span)
            value = MathF.Abs(value);
        GoldenAttributions.AssertClose(new Saliency().Attribute(GoldenAttributions.Model, GoldenAttributions.Input).Map, expected, 1e-4);
    }

    [Test]
    public void IntegratedGradientsAddUpToTheDifferenceOfLogitsAt200Steps()
    {
        AttributionResult result = new IntegratedGradients { Steps = 200 }.Attribute(GoldenAttributions.Model, GoldenAttributions.Input);
        FloatTensor baseline = GoldenAttributions.Model.Logits(new FloatTensor(1, 1, 128, 141));
        for (int item = 0; item < 2; item++)
        {
            double difference = result.Predictions[item].Logits.Span[result.Targets[item]] - baseline.Span[result.Targets[item]];
            TestContext.Out.WriteLine(FormattableString.Invariant($"gap {result.CompletenessGap![item]:e2} of {difference:f3}"));
            // Along the path the gradient is a staircase; 200 of its values leave up to 0.04 of a logit. Where the logit itself differs
            // by less than 4 from the baseline's, as for these two clips (0.09 and 2.98), that is more than 1 %
            Assert.That(Math.Abs(result.CompletenessGap![item]), Is.LessThanOrEqualTo(Math.Max(0.04, 0.01 * Math.Abs(difference))));
        }
    }

    [Test]
    public void GradCamAtTheLastLayerHasTheClosedFormOfAPooledLinearHead()
    {
        // alpha_k = W[c,k] / (h*w): the raw map is the class's row of the head times the activations, over the number of cells
        AttributionResult raw = new GradCam { Mode = CamMode.Raw }.Attribute(GoldenAttributions.Model, GoldenAttributions.Input);
        FloatTensor activation = GoldenAttributions.Expected("layer4_activation");
        float[] head = GoldenAttributions.Model.Source.Initializers["fc.weight"].ToFloats();
        for (int item = 0; item < 2; item++)
        {
            float[] coarse = new float[20];
            for (int channel = 0; channel < 512; channel++)
                for (int cell = 0; cell < 20; cell++)
                    coarse[cell] += head[(raw.Targets[item] * 512) + channel] * activation.Item(item).Span[(channel * 20) + cell] / 20;
            TimeFrequencyMap enlarged = BilinearResize.Resize(new TimeFrequencyMap(coarse, 4, 5), 128, 141);
            GoldenAttributions.AssertClose(raw.Map.Item(item), new FloatTensor(enlarged.Memory, 1, 1, 128, 141), 1e-4);
        }
    }

    [Test]
    public void AnUnknownLayerIsAnErrorThatListsTheLayers() =>
        Assert.That(
            () => new GradCam { Layer = "layer9" }.Attribute(GoldenAttributions.Model, GoldenAttributions.Input),
            Throws.ArgumentException.With.Message.Contains("layer9").And.Message.Contains("layer1, layer2, layer3, layer4"));

    [Test]
    public void SeveralLayersAreAveraged()
    {
        AttributionResult both = new GradCam { Layer = "layer4,layer2", Mode = CamMode.Raw }.Attribute(GoldenAttributions.Model, GoldenAttributions.Input);
        FloatTensor late = new GradCam { Mode = CamMode.Raw }.Attribute(GoldenAttributions.Model, GoldenAttributions.Input).Map;
        FloatTensor early = new GradCam { Layer = "layer2", Mode = CamMode.Raw }.Attribute(GoldenAttributions.Model, GoldenAttributions.Input).Map;
        for (int i = 0; i < late.Length; i++)
            late.Span[i] = (late.Span[i] + early.Span[i]) / 2;
        GoldenAttributions.AssertClose(both.Map, late, 1e-5);
    }
}
