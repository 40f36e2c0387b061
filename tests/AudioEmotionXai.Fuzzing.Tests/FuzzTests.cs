namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>Every parser against damaged files: only documented errors, bounded memory, no hang. The bounds stand at each target.</summary>
public sealed class FuzzTests
{
    private static readonly FuzzTarget[] s_targets = FuzzTargets.All;

    [OneTimeTearDown]
    public void RemoveFiles() => FuzzCorpus.RemoveFiles();

    [Test]
    public void DamagedInputEndsInADocumentedErrorWithinItsBounds([Values(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)] int target) => new FuzzRun(s_targets[target]).Run(300);

    [Test]
    [Category("Long")]
    public void MuchDamagedInputEndsInADocumentedErrorWithinItsBounds([Values(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)] int target) => new FuzzRun(s_targets[target]).Run(20_000);

    [Test]
    public void EveryTargetIsTried() => Assert.That(s_targets, Has.Length.EqualTo(11));

    [Test]
    public void AnInputIsKnownByItsNumber()
    {
        foreach (FuzzTarget target in s_targets)
        {
            byte[] first = new FuzzRun(target).Input(7), again = new FuzzRun(target).Input(7);
            Assert.That(again, Is.EqualTo(first), target.Name);
        }
    }
}
