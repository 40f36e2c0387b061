using System.Globalization;
using AudioEmotionXai.Cli;

// The tool is a script's partner: the same text on every machine, whatever its culture.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

using CancellationTokenSource cancellation = new();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first Ctrl-C ends the work in an orderly way, a second one ends the process.
    pressed.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
};
return CommandLine.Run(args, new Session(Console.Out, Console.Error, !Console.IsErrorRedirected, cancellation.Token));
