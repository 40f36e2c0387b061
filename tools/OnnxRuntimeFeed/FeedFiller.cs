namespace OnnxRuntimeFeed;

/// <summary>
/// Decides where the packages come from: the configured sources when they have them (the feed then stays empty), otherwise
/// the packages that this user built before, otherwise a fresh build.
/// </summary>
internal sealed class FeedFiller(FeedOptions options, TextWriter log)
{
    private readonly PackageCache _cache = new(options.Cache);

    public void Fill()
    {
        using FeedLock held = FeedLock.Take(options.Cache, log);
        using WorkFolder work = new(options.Feed);
        if (!File.Exists(options.Stamp))
            FillFrom(work);
        if (options.Cuda && HoldsOwnPackages)
            new CudaProviders(options.Cache, log).Fetch(work);
    }

    private bool HoldsOwnPackages => File.Exists(Path.Combine(options.Feed, PackageSet.FileName(PackageSet.GpuLinux)));

    private void FillFrom(WorkFolder work)
    {
        ClearFeed();
        SourceAnswer answer = _cache.IsFresh ? SourceAnswer.Lacking : new SourceProbe(work).Ask();
        if (answer.Offered)
        {
            Stamp("The configured package sources offer ONNX Runtime.");
            return;
        }
        if (!answer.Known && !_cache.IsComplete && UserPackages.HoldAll(options.Feed))
        {
            log.WriteLine($"ONNX Runtime: {answer.Text} The user's package folder holds all that is needed.");
            return;
        }
        if (!_cache.IsComplete)
            Build(work, answer);
        else if (answer.Known)
            _cache.Renew();
        _cache.CopyTo(options.Feed);
        Stamp("The feed holds packages built from the npm package; no configured package source is known to offer them.");
    }

    private void Build(WorkFolder work, SourceAnswer answer)
    {
        log.WriteLine("ONNX Runtime: " + answer.Text);
        NativeSupport.Check();
        string tarball = new NpmDownload(NpmPackage.OnnxRuntime, work, log).Run($"ONNX Runtime {PackageSet.Version}: {answer.Text}");
        log.WriteLine("ONNX Runtime: unpacking, compiling the managed binding, packing");
        string content = Tarball.Unpack(tarball, work.Child("npm"), PackageSet.IsWanted);
        string binding = new BindingCompiler(work).Compile(content);
        _cache.Store(PackageSet.Create(content, binding));
    }

    /// <summary>Packages left by an older packing would otherwise answer for the sources.</summary>
    private void ClearFeed()
    {
        foreach (string file in Directory.EnumerateFiles(options.Feed).Where(IsOurs).ToArray())
            File.Delete(file);
    }

    private static bool IsOurs(string file) => Path.GetExtension(file) is ".nupkg" or ".stamp";

    private void Stamp(string text)
    {
        File.WriteAllText(options.Stamp, text + "\n");
        log.WriteLine("ONNX Runtime: " + text);
    }
}
