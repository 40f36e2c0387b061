using AudioEmotionXai;
using AudioEmotionXai.Reporting;

if (args is not [{ } recording, { } picture])
{
    Console.Error.WriteLine("Usage: ConsoleSample CLIP.wav MAP.png");
    return 2;
}

using AudioClassifier model = AudioClassifier.Load(BundledModel.Path);
FloatTensor input = model.ReadInput(recording);
AttributionResult result = new GradCam { Layer = "layer3" }.Attribute(model, input);

Prediction prediction = result.Predictions[0];
Console.WriteLine($"{prediction.Label} ({prediction.Probability:P1}), {result.Method}, {result.Elapsed.TotalMilliseconds:0} ms");
File.WriteAllBytes(picture, MapImage.ToPng(result.MapOf(0)));
return 0;
