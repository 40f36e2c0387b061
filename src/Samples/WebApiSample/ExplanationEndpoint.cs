using AudioEmotionXai;
using AudioEmotionXai.Extensions.DependencyInjection;
using AudioEmotionXai.Reporting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace WebApiSample;

/// <summary><c>POST /explanations?method=gradcam&amp;target=anger</c> with a WAV file as its body.</summary>
internal static class ExplanationEndpoint
{
    private const int RetrySeconds = 1;

    public static async Task<IResult> ExplainAsync(
        HttpContext context,
        ExplanationQueue queue,
        AudioClassifier model,
        IOptions<ServiceSettings> settings,
        ILogger<ExplanationJob> logger,
        string method = "gradcam",
        string target = "predicted")
    {
        using MemoryStream body = new();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TypedResults.Problem($"A recording may have {settings.Value.MaximumUploadBytes} bytes.", statusCode: refused.StatusCode);
        }

        ExplanationJob job;
        try
        {
            body.Position = 0;
            job = Prepare(body, model, method, target, context.RequestAborted);
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            return TypedResults.Problem(MessageOf(wrong), statusCode: StatusCodes.Status400BadRequest);
        }

        if (!queue.TryAdd(job))
            return Full(context, settings.Value);
        Explanation why = await job.Answer.WaitAsync(context.RequestAborted);
        logger.LogExplanation(why);
        return Answer(context, why);
    }

    /// <summary>A method by its id alone: options could name files of this machine, and ask for any amount of work.</summary>
    private static ExplanationJob Prepare(Stream body, AudioClassifier model, string method, string target, CancellationToken cancelled)
    {
        AttributionMethod chosen = AttributionMethods.Find(method).Default;
        ClassTarget wanted = ClassTarget.Parse(target);
        wanted.ThrowIfUnknown(model);
        return new ExplanationJob(WavReader.Read(body, "the upload"), chosen, wanted, cancelled);
    }

    /// <summary>The message without the name of a parameter, which means nothing to a client.</summary>
    private static string MessageOf(Exception failure) =>
        failure is ArgumentException { ParamName: { } parameter }
            ? failure.Message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal)
            : failure.Message;

    private static ProblemHttpResult Full(HttpContext context, ServiceSettings settings)
    {
        context.Response.Headers.RetryAfter = $"{RetrySeconds}";
        return TypedResults.Problem(
            $"{settings.QueueLength} recordings are waiting already; try again.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult Answer(HttpContext context, Explanation why) =>
        context.Request.Headers.Accept == "image/png"
            ? TypedResults.File(MapImage.ToPng(why.Map), "image/png")
            : TypedResults.Ok(ExplanationAnswer.From(why));
}
