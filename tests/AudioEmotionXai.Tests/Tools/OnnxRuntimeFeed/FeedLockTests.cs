using OnnxRuntimeFeed;

namespace AudioEmotionXai.Tests.Tools.OnnxRuntimeFeed;

public sealed class FeedLockTests
{
    [Test]
    public async Task ASecondFillingWaitsUntilTheFirstIsDone()
    {
        using TemporaryFolder folder = new();
        FeedLock first = FeedLock.Take(folder.PathOf("cache"), TextWriter.Null);
        Task<FeedLock> second = Task.Run(() => FeedLock.Take(folder.PathOf("cache"), TextWriter.Null));
        await Task.WhenAny(second, Task.Delay(300));
        Assert.That(second.IsCompleted, Is.False);
        first.Dispose();
        (await second).Dispose();
    }
}
