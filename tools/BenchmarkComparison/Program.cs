using BenchmarkComparison;

return CompareCommand.Run(args, Console.Out, Console.Error);
