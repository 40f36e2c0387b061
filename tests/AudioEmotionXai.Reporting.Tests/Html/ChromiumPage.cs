using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace AudioEmotionXai.Reporting.Tests;

/// <summary>
/// A page in headless Chromium, driven through its DevTools protocol in real time: sound plays into a silent sink, and what the page
/// writes on the console or asks of the network is kept.
/// </summary>
internal sealed class ChromiumPage : IAsyncDisposable
{
    public const string Chromium = "/usr/bin/chromium";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _timeout = new(s_patience);
    private int _lastId;

    private ChromiumPage(Process process) => _process = process;

    /// <summary>Console messages and uncaught exceptions.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>The addresses that the page asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Opens a file and waits until it is loaded.</summary>
    public static async Task<ChromiumPage> Open(string file, string profile)
    {
        ProcessStartInfo start = new(Chromium)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-extensions", "--mute-audio", "--autoplay-policy=no-user-gesture-required", "--window-size=1280,1400", $"--user-data-dir={profile}", "--remote-debugging-port=0", "about:blank",
            },
        };
        ChromiumPage page = new(Process.Start(start)!);
        try
        {
            await page.Connect();
            await page.Send("Runtime.enable", "{}");
            await page.Send("Log.enable", "{}");
            await page.Send("Network.enable", "{}");
            await page.Send("Page.navigate", $$"""{"url":"{{new Uri(file).AbsoluteUri}}"}""");
            await page.WaitFor("document.readyState === 'complete' && location.protocol === 'file:'");
            return page;
        }
        catch
        {
            await page.DisposeAsync();
            throw;
        }
    }

    /// <summary>The value of an expression.</summary>
    public async Task<JsonElement> Evaluate(string expression)
    {
        JsonElement answer = await Send("Runtime.evaluate", JsonSerializer.Serialize(new Dictionary<string, object> { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true }));
        JsonElement result = answer.GetProperty("result");
        return result.TryGetProperty("value", out JsonElement value) ? value : result;
    }

    /// <summary>Waits until an expression is true.</summary>
    public async Task WaitFor(string expression)
    {
        while ((await Evaluate(expression)).ValueKind != JsonValueKind.True)
            await Task.Delay(30, _timeout.Token);
    }

    /// <summary>Presses and releases a key, as a person does.</summary>
    public async Task Press(string key, string text = "")
    {
        await Send("Input.dispatchKeyEvent", $$"""{"type":"keyDown","key":"{{key}}","text":"{{text}}"}""");
        await Send("Input.dispatchKeyEvent", $$"""{"type":"keyUp","key":"{{key}}"}""");
    }

    /// <summary>Presses the pointer at one place of an element, and lets go at another; places are shares of its width.</summary>
    public async Task Drag(string selector, double from, double to)
    {
        JsonElement box = await Evaluate($"(() => {{ const b = document.querySelector('{selector}').getBoundingClientRect(); return [b.left, b.top, b.width, b.height]; }})()");
        double left = box[0].GetDouble(), width = box[2].GetDouble(), y = box[1].GetDouble() + (box[3].GetDouble() / 2);
        foreach ((string type, double share) in new[] { ("mousePressed", from), ("mouseMoved", (from + to) / 2), ("mouseMoved", to), ("mouseReleased", to) })
            await Send("Input.dispatchMouseEvent", FormattableString.Invariant($$"""{"type":"{{type}}","x":{{left + (share * width)}},"y":{{y}},"button":"left","buttons":1,"clickCount":1}"""));
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _timeout.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task Connect()
    {
        string? line;
        do
            line = await _process.StandardError.ReadLineAsync(_timeout.Token) ?? throw new InvalidOperationException("Chromium ended before it could be driven.");
        while (!line.StartsWith("DevTools listening on ", StringComparison.Ordinal));
        _ = _process.StandardError.ReadToEndAsync();
        Uri browser = new(line["DevTools listening on ".Length..]);
        using HttpClient client = new();
        using JsonDocument targets = JsonDocument.Parse(await client.GetStringAsync($"http://127.0.0.1:{browser.Port}/json/list", _timeout.Token));
        JsonElement target = targets.RootElement.EnumerateArray().First(each => each.GetProperty("type").GetString() == "page");
        await _socket.ConnectAsync(new Uri(target.GetProperty("webSocketDebuggerUrl").GetString()!), _timeout.Token);
    }

    private async Task<JsonElement> Send(string method, string parameters)
    {
        int id = ++_lastId;
        await _socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"id":{{id}},"method":"{{method}}","params":{{parameters}}}"""), WebSocketMessageType.Text, true, _timeout.Token);
        while (true)
        {
            JsonElement message = await Receive();
            if (message.TryGetProperty("id", out JsonElement answered) && answered.GetInt32() == id)
                return message.TryGetProperty("result", out JsonElement result) ? result : throw new InvalidOperationException($"{method}: {message}");
            Keep(message);
        }
    }

    private async Task<JsonElement> Receive()
    {
        using MemoryStream text = new();
        byte[] buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, _timeout.Token);
            text.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonDocument.Parse(text.ToArray()).RootElement.Clone();
    }

    private void Keep(JsonElement message)
    {
        if (!message.TryGetProperty("method", out JsonElement method))
            return;
        JsonElement parameters = message.GetProperty("params");
        if (method.GetString() is "Runtime.consoleAPICalled" or "Runtime.exceptionThrown" or "Log.entryAdded")
            Messages.Add(parameters.ToString());
        else if (method.GetString() == "Network.requestWillBeSent")
            Requests.Add(parameters.GetProperty("request").GetProperty("url").GetString()!);
    }
}
