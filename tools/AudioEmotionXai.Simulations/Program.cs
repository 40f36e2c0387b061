using System.Globalization;
using AudioEmotionXai.Simulations;

// What the statistics of verification promise, simulated: dotnet run -c Release --project tools/AudioEmotionXai.Simulations [RUNS] [FOLDER]
// FOLDER is one that aexai verify has written: its drops become populations.
int runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 600;
string? folder = args.Length > 1 ? args[1] : null;

Write($"Methods that are exchangeable, {runs} runs:\n");
Write("| clips | groups | intraclass correlation | any false pair | false winner |\n|---|---|---|---|---|");
foreach (ExchangeableMethods setting in (ExchangeableMethods[])
    [
        new(12), new(48), new(300), new(36, 9, 0.05), new(48, 9, 0.05), new(300, 9, 0.05), new(897, 9, 0.05),
    ])
{
    (double pair, double winner) = setting.Rates(runs);
    string groups = setting.Groups == 0 ? "none" : $"{setting.Groups}";
    Write(FormattableString.Invariant($"| {setting.Clips} | {groups} | {setting.Correlation} | {100 * pair:0.0} % | {100 * winner:0.0} % |"));
}

Write($"\nCoverage of 95 % intervals, {runs} runs:\n");
Write("| values | 6 clips | 12 | 25 | 48 | 100 | 36 in 9 groups | 90 in 9 groups | 300 in 9 groups |\n|---|---|---|---|---|---|---|---|---|");
foreach (Coverage coverage in Coverage.All(folder))
{
    (double Held, double Printed)[] shares =
    [
        .. ((int[])[6, 12, 25, 48, 100]).Select(clips => coverage.At(clips, 0, 0, runs)), coverage.At(36, 9, 0.05, runs), coverage.At(90, 9, 0.05, runs),
        coverage.At(300, 9, 0.05, runs),
    ];
    Write($"| {coverage.Name} | {string.Join(" | ", shares.Select(Cell))} |");
}

// Where most samples have no interval there is nothing to hold
static string Cell((double Held, double Printed) share) => share.Printed < 0.2
    ? "none printed"
    : FormattableString.Invariant($"{100 * share.Held:0.0}")
        + (share.Printed < 1 ? FormattableString.Invariant($" (of the {100 * share.Printed:0} % printed)") : "");

static void Write(string text) => Console.WriteLine(text);
