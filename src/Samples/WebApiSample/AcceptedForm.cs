using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace WebApiSample;

/// <summary>Which form of the answer a request prefers (RFC 9110, 12.5.1).</summary>
internal static class AcceptedForm
{
    public const string Json = "application/json", Png = "image/png";

    /// <summary>The form with the higher quality, JSON where they are equal; null where neither is accepted.</summary>
    public static string? Of(HttpRequest request)
    {
        IList<MediaTypeHeaderValue> accepted = new RequestHeaders(request.Headers).Accept;
        if (accepted.Count == 0)
            return Json;
        double json = QualityOf(Json, accepted), png = QualityOf(Png, accepted);
        return json == 0 && png == 0 ? null : png > json ? Png : Json;
    }

    /// <summary>The quality that the range which fits best gives: a type goes before <c>image/*</c>, and that before <c>*/*</c>.</summary>
    private static double QualityOf(string form, IEnumerable<MediaTypeHeaderValue> accepted)
    {
        MediaTypeHeaderValue type = new(form);
        return accepted
            .Where(range => type.IsSubsetOf(range))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault();
    }
}
