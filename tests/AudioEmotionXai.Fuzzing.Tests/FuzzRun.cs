using System.Diagnostics;

namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>
/// Feeds a target inputs on a thread of its own, and ends with the first that it does not take as documented. Inputs that lead to
/// branches not taken before are kept, and damaged further.
/// </summary>
/// <remarks>
/// Everything is drawn from one seed. The thread's stack is small, so that recursion that follows the input shows; the time that a
/// single input may take only tells a hang from work.
/// </remarks>
internal sealed class FuzzRun(FuzzTarget target)
{
    private const int StackBytes = 512 << 10;
    private const int LargestInput = 1 << 16;
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(30);
    private readonly Coverage _coverage = new();
    private readonly List<byte[]> _kept = [];
    private byte[] _input = [];
    private long _startedAt;
    private int _accepted;
    private int _refused;
    private double _largestShare;
    private string? _finding;

    /// <summary>Runs a target of a name; called in the instrumented context.</summary>
    /// <param name="name">The target.</param>
    /// <param name="times">How many times as many inputs as in a short run.</param>
    public static void Start(string name, int times)
    {
        FuzzTarget target = FuzzTargets.All.Single(target => target.Name == name);
        new FuzzRun(target).Run(times * target.ShortRun);
    }

    /// <summary>Runs what was once a finding; called in the instrumented context.</summary>
    /// <param name="name">The target.</param>
    public static void Replay(string name)
    {
        FuzzRun run = new(FuzzTargets.All.Single(target => target.Name == name));
        foreach (byte[] input in FuzzTargets.SeedsIn(Path.Combine("found", name)))
            Assert.That(run.Try(input), Is.Null);
    }

    private void Run(int count)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Volatile.Write(ref _startedAt, Busy());
        Thread worker = new(() => Work(count), StackBytes) { IsBackground = true };
        worker.Start();
        while (!worker.Join(TimeSpan.FromMilliseconds(200)))
            if (Busy() - Volatile.Read(ref _startedAt) > s_hang.Ticks)
                Assert.Fail($"{target}: an input takes longer than {s_hang.TotalSeconds} s. {Describe(_input)}");
        Assert.That(_finding, Is.Null);
        int inputs = _accepted + _refused;
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"{target}: {inputs} inputs, {inputs / watch.Elapsed.TotalSeconds:F0}/s, {_accepted} accepted, {_refused} refused, ")
            + FormattableString.Invariant(
                $"{_kept.Count} kept, {_coverage.Branches} branches; the most allocated was {_largestShare:P0} of its bound"));
    }

    private void Work(int count)
    {
        try
        {
            Random random = new(17);
            ByteMutator mutator = new(random, target.Tokens);
            for (int number = 0; number < count && _finding is null; number++)
            {
                byte[] input = number < target.Seeds.Length ? target.Seeds[number] : Next(random, mutator);
                Volatile.Write(ref _input, input);
                Volatile.Write(ref _startedAt, Busy());
                Coverage.Clear();
                _finding = Try(input);
                if (_coverage.TakeNew() || number < target.Seeds.Length)
                    _kept.Add(input);
            }
        }
        catch (Exception failure)
        {
            _finding = failure.ToString();
        }
    }

    /// <summary>Damages one of the kept inputs; the newest, which lead on, are taken more often.</summary>
    private byte[] Next(Random random, ByteMutator mutator)
    {
        byte[] source = _kept[^(1 + (random.Next(2) == 0 ? random.Next(_kept.Count) : random.Next(Math.Min(16, _kept.Count))))];
        if (target.Damage is not null && random.Next(4) > 0)
            return target.Damage(random, source);
        byte[] input = mutator.Damage(source, _kept[random.Next(_kept.Count)]);
        return input.Length > LargestInput ? input[..LargestInput] : input;
    }

    private string? Try(byte[] input)
    {
        double bound = target.AllocationBase + (target.AllocationPerByte * input.LongLength);
        (Exception? refusal, double allocated) = Measure(input);
        // What the runtime and the library use for the first time allocates once; what an input costs, it costs again
        if (allocated > bound)
            (refusal, allocated) = Measure(input);
        _largestShare = Math.Max(_largestShare, allocated / bound);
        if (refusal is null)
            _accepted++;
        else if (target.IsDocumented(refusal))
            _refused++;
        else
            return $"{target}: an input ended in {refusal}\n{Describe(input)}";
        return allocated <= bound
            ? null
            : FormattableString.Invariant($"{target}: {input.Length} bytes allocated {allocated:N0}, the bound is {bound:N0}. {Describe(input)}");
    }

    /// <summary>The processor time that the process has taken, in ticks: the machine may do other work meanwhile.</summary>
    private static long Busy() => Environment.CpuUsage.TotalTime.Ticks;

    private (Exception? Refusal, double Allocated) Measure(byte[] input)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? refusal = null;
        try
        {
            target.Parse(input);
        }
        catch (Exception caught)
        {
            refusal = caught;
        }

        return (refusal, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Describe(byte[] input)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "fuzz-finding.bin");
        File.WriteAllBytes(path, input);
        return $"{input.Length} bytes, written to {path}: {Convert.ToBase64String(input.AsSpan(0, Math.Min(1500, input.Length)))}";
    }
}
