using System.CommandLine;
using System.Globalization;

namespace AudioEmotionXai.Cli;

/// <summary><c>aexai predict</c>: label and probabilities of every clip.</summary>
internal static class PredictCommand
{
    /// <summary>How many classes a line names at most.</summary>
    private const int MostClasses = 20;

    public static Command Create(GlobalOptions globals, Session session)
    {
        Argument<string[]> inputs = new("INPUT")
        {
            Description = "Recordings (.wav) or normalised spectrograms (.npy: (H,W), (C,H,W) or (N,C,H,W))",
            Arity = ArgumentArity.OneOrMore,
        };
        Command command = new("predict", "Says which class the model hears, with the probability of each") { inputs };
        globals.Contract.AddTo(command);
        command.SetAction(parsed =>
        {
            using AudioClassifier model = globals.OpenModel(parsed, session);
            List<ClipPrediction> predictions = PredictAll(model, parsed.GetRequiredValue(inputs), session);
            if (globals.WantsJson(parsed))
                session.Out.WriteLine(ToolJson.From(new PredictionsJson(
                    model.Name,
                    predictions.Select(clip => PredictionJson.From(clip.Input, clip.Item, clip.Prediction, model.Labels)))));
            else
                WriteText(session.Out, model, predictions);
        });
        return command;
    }

    private static List<ClipPrediction> PredictAll(AudioClassifier model, IEnumerable<string> inputs, Session session)
    {
        List<ClipPrediction> all = [];
        foreach (string input in inputs)
        {
            FloatTensor items = model.ReadInput(input, out IReadOnlyList<string> warnings);
            foreach (string warning in warnings)
                session.Error.WriteLine($"warning: {input}: {warning}");
            Prediction[] predictions = model.Predict(items, session.Cancellation);
            for (int item = 0; item < predictions.Length; item++)
            {
                ClipPrediction clip = new(input, item, predictions.Length, predictions[item]);
                predictions[item].ThrowIfNotFinite(clip.Name);
                all.Add(clip);
            }
        }

        return all;
    }

    private static void WriteText(TextWriter output, AudioClassifier model, List<ClipPrediction> predictions)
    {
        int width = predictions.Max(clip => clip.Name.Length);
        int labelWidth = model.Labels.Max(label => label.Length);
        foreach (ClipPrediction clip in predictions)
        {
            string all = string.Join(
                "  ",
                Shown(clip.Prediction).Select(i => string.Create(
                    CultureInfo.InvariantCulture, $"{model.Labels[i]} {clip.Prediction.Values.Span[i]:0.000}")));
            string heard = model.Head == ClassHead.Linear ? "" : $"{clip.Prediction.Label.PadRight(labelWidth)}  ";
            string more = model.Labels.Count <= MostClasses
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"  and {model.Labels.Count - MostClasses} more (--json has all)");
            output.WriteLine($"{clip.Name.PadRight(width)}  {heard}{all}{more}");
        }
    }

    /// <summary>The classes in order, or the likeliest of very many.</summary>
    private static IEnumerable<int> Shown(Prediction prediction)
    {
        float[] probabilities = prediction.Values.ToArray();
        IEnumerable<int> all = Enumerable.Range(0, probabilities.Length);
        return probabilities.Length <= MostClasses ? all : all.OrderByDescending(i => probabilities[i]).Take(MostClasses);
    }

    /// <summary>One clip of one input.</summary>
    private sealed record ClipPrediction(string Input, int Item, int Items, Prediction Prediction)
    {
        public string Name => Items == 1 ? Input : string.Create(CultureInfo.InvariantCulture, $"{Input}[{Item}]");
    }
}
