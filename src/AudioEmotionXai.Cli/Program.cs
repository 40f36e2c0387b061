using System.Globalization;
using AudioEmotionXai.Cli;

// The tool is a script's partner: the same text on every machine, whatever its culture.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

using Interruption interruption = new();
int code = CommandLine.Run(args, new Session(Console.Out, Console.Error, !Console.IsErrorRedirected, interruption.Token));
return code == ExitCode.Cancelled ? interruption.Code : code;
