using AudioEmotionXai;
using AudioEmotionXai.Reporting;

if (args is not [{ } file, { } recording, { } picture])
{
    Console.Error.WriteLine("Usage: ConsoleSample MODEL.onnx CLIP.wav WHY.png");
    return 2;
}

using AudioClassifier model = AudioClassifier.Load(file);
Explanation why = new GradCam { Layer = "layer3" }.Explain(model, recording);
Console.WriteLine($"{why.Prediction.Label} ({why.Prediction.Probability:P1}), {why.Origin}, {why.Elapsed.TotalMilliseconds:0} ms");
foreach (RelevantSpan span in why.TopSpans(3))
    Console.WriteLine(
        $"  {span.Start:0.00} to {span.End:0.00} s, {span.LowHertz:0} to {span.HighHertz:0} Hz: {span.Share:P0} of the relevance");
why.SavePng(picture);
return 0;
