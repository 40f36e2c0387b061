using System.Globalization;

namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>Feeds a target many inputs on a thread of its own, and ends with the first that it does not take as documented.</summary>
/// <remarks>
/// An input is known by its target and number: the same number always gives the same bytes. The thread's stack is small, so that
/// recursion that follows the input shows; the time a single input may take only tells a hang from work.
/// </remarks>
internal sealed class FuzzRun(FuzzTarget target)
{
    private const int StackBytes = 512 << 10;
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(30);
    private int _current;
    private long _startedAt;

    public int Accepted { get; private set; }

    public int Refused { get; private set; }

    /// <summary>The most that an input allocated, as a share of what it may.</summary>
    public double LargestShare { get; private set; }

    private string? Finding { get; set; }

    /// <summary>The input of a number.</summary>
    public byte[] Input(int number) => target.Next(new Random(unchecked((StableHash(target.Name) * 31) + number)));

    public void Run(int count)
    {
        Volatile.Write(ref _startedAt, Environment.TickCount64);
        Thread worker = new(() => Work(count), StackBytes) { IsBackground = true };
        worker.Start();
        while (!worker.Join(TimeSpan.FromMilliseconds(200)))
        {
            int number = Volatile.Read(ref _current);
            if (Environment.TickCount64 - Volatile.Read(ref _startedAt) > s_hang.TotalMilliseconds && number == Volatile.Read(ref _current))
                Assert.Fail($"{target}: input {number} takes longer than {s_hang.TotalSeconds} s. {Describe(number)}");
        }

        Assert.That(Finding, Is.Null);
        TestContext.Out.WriteLine(FormattableString.Invariant($"{target}: {Accepted + Refused} inputs, {Accepted} accepted, {Refused} refused; the most allocated was {LargestShare:P0} of its bound"));
    }

    private void Work(int count)
    {
        for (int number = 0; number < count && Finding is null; number++)
        {
            byte[] input = Input(number);
            Volatile.Write(ref _current, number);
            Volatile.Write(ref _startedAt, Environment.TickCount64);
            Finding = Try(input, number);
        }
    }

    private string? Try(byte[] input, int number)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Parse(input);
            Accepted++;
        }
        catch (Exception refusal) when (target.IsDocumented(refusal))
        {
            Refused++;
        }
        catch (Exception failure)
        {
            return $"{target}: input {number} ended in {failure}\n{Describe(number)}";
        }

        double allocated = GC.GetAllocatedBytesForCurrentThread() - before, bound = target.AllocationBase + (target.AllocationPerByte * input.LongLength);
        LargestShare = Math.Max(LargestShare, allocated / bound);
        return allocated <= bound ? null : string.Create(CultureInfo.InvariantCulture, $"{target}: input {number} of {input.Length} bytes allocated {allocated:N0}, the bound is {bound:N0}. {Describe(number)}");
    }

    private string Describe(int number)
    {
        byte[] input = Input(number);
        return input.Length > 1500 ? $"{input.Length} bytes." : Convert.ToBase64String(input);
    }

    private static int StableHash(string text)
    {
        int hash = 17;
        foreach (char character in text)
            hash = unchecked((hash * 31) + character);
        return hash;
    }
}
