namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>
/// Every parser against damaged files, led by coverage: only documented errors, bounded memory, no hang. The bounds stand at each target.
/// </summary>
public sealed class FuzzTests
{
    private static readonly string[] s_targets =
    [
        "wav", "wav that cannot seek", "npy", "npz", "onnx", "checkpoint", "pickled labels", "json labels", "front end", "options",
    ];

    private InstrumentedContext _context = null!;

    [OneTimeSetUp]
    public void Instrument() => _context = new InstrumentedContext();

    [OneTimeTearDown]
    public void RemoveFiles()
    {
        _context.Invoke(typeof(FuzzTargets), nameof(FuzzTargets.RemoveFiles));
        _context.Dispose();
    }

    [TestCaseSource(nameof(s_targets))]
    public void DamagedInputEndsInADocumentedErrorWithinItsBounds(string target) =>
        _context.Invoke(typeof(FuzzRun), nameof(FuzzRun.Start), target, 1);

    [Long]
    [TestCaseSource(nameof(s_targets))]
    public void MuchDamagedInputEndsInADocumentedErrorWithinItsBounds(string target) =>
        _context.Invoke(typeof(FuzzRun), nameof(FuzzRun.Start), target, 100);

    [TestCase("onnx")]
    public void WhatWasFoundEndsInADocumentedErrorWithinItsBounds(string target) =>
        _context.Invoke(typeof(FuzzRun), nameof(FuzzRun.Replay), target);

    [Test]
    public void EveryTargetIsTried() => Assert.That(FuzzTargets.All.Select(target => target.Name), Is.EqualTo(s_targets));
}
