using AudioEmotionXai;
using AudioEmotionXai.Extensions.DependencyInjection;
using AudioEmotionXai.Reporting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace WebApiSample;

/// <summary><c>POST /explanations?method=gradcam&amp;target=anger</c> with a WAV file as its body.</summary>
internal sealed class ExplanationEndpoint(
    ExplanationQueue queue, AudioClassifier model, IOptions<ServiceSettings> settings, IHostApplicationLifetime lifetime,
    ILogger<ExplanationEndpoint> logger)
{
    private const int RetrySeconds = 1;

    private readonly ServiceSettings _settings = settings.Value;

    public async Task<IResult> ExplainAsync(HttpContext context, string method, string target)
    {
        // First of all a place: no more recordings are in memory than may wait
        using IDisposable? place = queue.TryEnter();
        if (place is null)
            return Unavailable(context, $"{_settings.QueueLength} recordings are waiting already; try again.");
        using CancellationTokenSource ending =
            CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        ending.CancelAfter(TimeSpan.FromSeconds(_settings.RequestSeconds));
        try
        {
            return await ExplainAsync(context, method, target, ending.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return Unavailable(context, "The service is stopping; try again.");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return TypedResults.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
        catch (OperationCanceledException)
        {
            return TypedResults.Problem(
                $"There was no answer within {_settings.RequestSeconds} seconds.", statusCode: StatusCodes.Status504GatewayTimeout);
        }
        catch (BadHttpRequestException refused)
        {
            return TypedResults.Problem(DetailOf(refused), statusCode: refused.StatusCode);
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            return TypedResults.Problem(MessageOf(wrong), statusCode: StatusCodes.Status400BadRequest);
        }
    }

    private async Task<IResult> ExplainAsync(HttpContext context, string method, string target, CancellationToken ending)
    {
        // A method by its id alone: options could name files of this machine, and ask for any amount of work
        AttributionMethod chosen = AttributionMethods.Find(method).Default;
        ClassTarget wanted = ClassTarget.Parse(target);
        wanted.ThrowIfUnknown(model);
        using ExplanationJob job = new(await ReadAsync(context.Request, ending), chosen, wanted, ending);
        queue.Add(job);
        Explanation why = await job.Answer.WaitAsync(ending);
        logger.LogExplanation(why);
        return Answer(context.Request, why);
    }

    private static async Task<MemoryStream> ReadAsync(HttpRequest request, CancellationToken ending)
    {
        // Kestrel has refused a length above the limit already
        MemoryStream body = new((int)(request.ContentLength ?? 0));
        await request.Body.CopyToAsync(body, ending);
        body.Position = 0;
        return body;
    }

    private string DetailOf(BadHttpRequestException refused) => refused.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => $"A recording may have {_settings.MaximumUploadBytes} bytes.",
        StatusCodes.Status408RequestTimeout => "The recording arrived too slowly.",
        _ => "The request is not as HTTP wants it.",
    };

    /// <summary>The message without what means nothing to a client: the name of a parameter, and where the model lies.</summary>
    private string MessageOf(Exception failure)
    {
        string message = failure.Message.Replace(model.Name, Path.GetFileName(model.Name), StringComparison.Ordinal);
        return failure is ArgumentException { ParamName: { } parameter }
            ? message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal)
            : message;
    }

    private static ProblemHttpResult Unavailable(HttpContext context, string why)
    {
        context.Response.Headers.RetryAfter = $"{RetrySeconds}";
        return TypedResults.Problem(why, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult Answer(HttpRequest request, Explanation why) => AcceptedForm.Of(request) switch
    {
        AcceptedForm.Json => TypedResults.Ok(ExplanationAnswer.From(why)),
        AcceptedForm.Png => TypedResults.File(MapImage.ToPng(why.Map), AcceptedForm.Png),
        _ => TypedResults.Problem(
            $"{AcceptedForm.Json} and {AcceptedForm.Png} are what there is.", statusCode: StatusCodes.Status406NotAcceptable),
    };
}
