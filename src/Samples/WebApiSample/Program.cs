using WebApiSample;

await ExplanationService.Create(args).RunAsync();
