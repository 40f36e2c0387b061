using WebApiSample;

try
{
    await ExplanationService.Create(args).RunAsync();
    return 0;
}
catch (Exception wrong) when (wrong is not (NullReferenceException or OutOfMemoryException))
{
    // Settings, a model, an address that cannot be had: a sentence, not a crash
    await Console.Error.WriteLineAsync($"WebApiSample cannot run: {wrong.Message}");
    return 1;
}
