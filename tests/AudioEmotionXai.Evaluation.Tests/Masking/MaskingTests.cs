namespace AudioEmotionXai.Evaluation.Tests;

public sealed class MaskingTests
{
    private static readonly InputGrid Grid = new(2, 5, 7);

    [Test]
    public void CellsComeInFallingOrderWithNaNLast()
    {
        int[] order = CellOrder.Descending([0.5f, float.NaN, -2, 3, -0.0f, 1e-30f], new KeyedRandom(1));
        Assert.That(order, Is.EqualTo(new[] { 3, 0, 5, 4, 2, 1 }));
    }

    [Test]
    public void EqualCellsAreOrderedByChanceAndNotByPlace()
    {
        float[] constant = new float[10];
        int[] firsts = [.. Enumerable.Range(0, 500).Select(seed => CellOrder.Descending(constant, new KeyedRandom(seed))[0])];
        Assert.That(firsts.Distinct().Count(), Is.EqualTo(10));
        Assert.That(firsts.Count(cell => cell == 0), Is.InRange(20, 90));
    }

    [Test]
    public void MinusZeroTiesWithZero()
    {
        int[] firsts = [.. Enumerable.Range(0, 200).Select(seed => CellOrder.Descending([0f, -0f], new KeyedRandom(seed))[0])];
        Assert.That(firsts.Count(cell => cell == 1), Is.InRange(60, 140));
    }

    [Test]
    public void AMovedMaskKeepsItsShapeAndWraps()
    {
        bool[] mask = new bool[35];
        (mask[0], mask[8], mask[34]) = (true, true, true);
        bool[] moved = MaskShift.Apply<bool>(mask, Grid, (2, 6));
        int[] expected = [(2 * 7) + 6, (3 * 7) + 0, (1 * 7) + 5];
        Assert.That(moved.Index().Where(cell => cell.Item).Select(cell => cell.Index), Is.EquivalentTo(expected));
    }

    [Test]
    public void MovesAreDistinctAndNeverZero()
    {
        (int Bins, int Frames)[] shifts = MaskShift.Draw(new InputGrid(1, 2, 3), 10, new KeyedRandom(4));
        Assert.That(shifts, Is.Unique.And.Length.EqualTo(5).And.None.EqualTo((0, 0)));
    }

    [Test]
    public void AMaskMovesWithinTheSoundingFramesAndKeepsItsTimeOutsideThem()
    {
        SoundingFrames sounding = new(1, 4);
        bool[] mask = new bool[35];
        (mask[1], mask[4], mask[6]) = (true, true, true);
        bool[] moved = MaskShift.Apply<bool>(mask, Grid, sounding, (1, 3));
        int[] expected = [7 + 4, 7 + 3, 7 + 6];
        Assert.That(moved.Index().Where(cell => cell.Item).Select(cell => cell.Index), Is.EquivalentTo(expected));
        Assert.That(MaskShift.Draw(Grid, sounding, 99, new KeyedRandom(4)), Is.Unique.And.Length.EqualTo(19).And.All.Matches<(int Bins, int Frames)>(shift => shift.Frames < 4));
    }

    [Test]
    public void FramesOfPaddingAtEitherEndDoNotSound()
    {
        float[] clip = [.. Enumerable.Range(0, 35).Select(cell => cell % 7 is 0 or > 4 ? -2f : cell)];
        clip[10] = -2;
        Assert.Multiple(() =>
        {
            Assert.That(SoundingFrames.Of(clip, Grid), Is.EqualTo(new SoundingFrames(1, 4)), "one quiet cell is no padding");
            Assert.That(SoundingFrames.Of(new float[35], Grid), Is.EqualTo(new SoundingFrames(0, 7)), "a clip of one value has no padding to find");
        });
    }

    [Test]
    public void EquallyLoudCellsHaveTheMasksLoudnessHistogram()
    {
        InputGrid grid = new(1, 20, 31);
        KeyedRandom random = new(3);
        float[] loudness = [.. Enumerable.Range(0, grid.Cells).Select(_ => (float)random.NextNormal())];
        bool[] mask = CellOrder.First(CellOrder.Descending([.. loudness.Select((value, cell) => value + (cell % 5))], new KeyedRandom(1)), 124);
        bool[] matched = new LoudnessBins(loudness, new KeyedRandom(2)).Match(mask, new KeyedRandom(4).NextPermutation(grid.Cells));
        float[] sorted = [.. loudness.OrderDescending()];
        int[] Histogram(bool[] cells) => [.. Enumerable.Range(0, 20).Select(bin => cells.Index().Count(cell => cell.Item && loudness[cell.Index] <= sorted[bin * 31] && (bin == 19 || loudness[cell.Index] > sorted[(bin + 1) * 31])))];
        Assert.Multiple(() =>
        {
            Assert.That(matched.Count(cell => cell), Is.EqualTo(124));
            Assert.That(Histogram(matched), Is.EqualTo(Histogram(mask)));
            Assert.That(matched, Is.Not.EqualTo(mask));
            bool[] loudest = CellOrder.First(CellOrder.Descending(loudness, new KeyedRandom(1)), 62);
            Assert.That(new LoudnessBins(loudness, new KeyedRandom(2)).Match(loudest, new KeyedRandom(4).NextPermutation(grid.Cells)), Is.EqualTo(loudest), "the two loudest bins have no others");
        });
    }

    [TestCase(1000)]
    [TestCase(72000)]
    [TestCase(60)]
    public void AClipOfSamplesIsMaskedInStretchesThatCoverItOnce(int samples)
    {
        InputGrid grid = InputGrid.Of(new FloatTensor(3, samples));
        Assert.That((grid.Cells, grid.Values), Is.EqualTo((Math.Min(128, samples), samples)));
        float[] cells = new float[samples];
        for (int cell = 0; cell < grid.Cells; cell++)
        {
            float[] once = new float[samples];
            grid.Fill(once, cell, [.. Enumerable.Repeat(1f, samples)]);
            int first = Array.IndexOf(once, 1f), count = once.Count(value => value == 1);
            Assert.That(count, Is.InRange(samples / grid.Cells, (samples / grid.Cells) + 1));
            Assert.That(once.AsSpan(first, count).ToArray(), Is.All.EqualTo(1), "one piece");
            for (int i = first; i < first + count; i++)
                (cells[i], once[i]) = (cells[i] + 1, grid.CellOf(i));
            Assert.That(once.AsSpan(first, count).ToArray(), Is.All.EqualTo(cell));
        }

        Assert.That(cells, Is.All.EqualTo(1));
        Assert.That(SampleFill.Create(FillKind.Minimum, new float[samples].Select((_, i) => i - 5f).ToArray(), grid, new KeyedRandom(1)), Is.All.Zero, "silence");
    }

    [Test]
    public void FillsTakeTheMinimumOrTheMeanOfTheWholeClip()
    {
        float[] sample = [.. Enumerable.Range(0, 70).Select(i => i - 3f)];
        Assert.Multiple(() =>
        {
            Assert.That(SampleFill.Create(FillKind.Minimum, sample, Grid, new KeyedRandom(1)), Has.All.EqualTo(-3f));
            Assert.That(SampleFill.Create(FillKind.Mean, sample, Grid, new KeyedRandom(1)), Has.All.EqualTo(31.5f));
        });
    }

    [Test]
    public void ABlurLeavesAConstantClipAndTheMeanOfAnyClipAlone()
    {
        float[] constant = new float[70];
        constant.AsSpan().Fill(2.5f);
        float[] impulse = new float[70];
        impulse[17] = 1;
        float[] blurred = SampleFill.Create(FillKind.Blur, impulse, Grid, new KeyedRandom(1));
        Assert.Multiple(() =>
        {
            Assert.That(SampleFill.Create(FillKind.Blur, constant, Grid, new KeyedRandom(1)), Has.All.EqualTo(2.5f).Within(1e-5));
            Assert.That(blurred.Sum(), Is.EqualTo(1).Within(1e-5), "the mirror keeps what leaves the edge");
            Assert.That(blurred.Max(), Is.LessThan(0.1));
            Assert.That(blurred.AsSpan(35).ToArray(), Has.All.Zero, "channels do not mix");
        });
    }

    [Test]
    public void NoiseHasTheClipsMeanAndDeviation()
    {
        float[] sample = [.. Enumerable.Range(0, 20_000).Select(i => i % 2 == 0 ? 3f : 7f)];
        float[] noise = SampleFill.Create(FillKind.Noise, sample, new InputGrid(1, 100, 200), new KeyedRandom(6));
        Assert.Multiple(() =>
        {
            Assert.That(noise.Average(), Is.EqualTo(5).Within(0.06));
            Assert.That(noise.Average(value => (value - 5) * (value - 5)), Is.EqualTo(4).Within(0.15));
        });
    }

    [Test]
    public void ABatchGivesTheScoresOfEveryCopyInOrderAndFillsAllChannels()
    {
        int[] runs = [];
        MaskedBatch batch = new((input, _) =>
        {
            runs = [.. runs, input.Shape[0]];
            FloatTensor sums = new(input.Shape[0], 1);
            for (int i = 0; i < sums.Length; i++)
                foreach (float value in input.Item(i).Span)
                    sums.Span[i] += value;
            return sums;
        }, 48, [1, 2, 1, 3], default);
        for (int i = 0; i < 100; i++)
            batch.Add([i, 0, 0, 0, 0, 1], [false, true, false], [9, 10, 9, 9, 20, 9], 0);
        Assert.Multiple(() =>
        {
            Assert.That(batch.Finish(), Is.EqualTo(Enumerable.Range(0, 100).Select(i => i + 31f)));
            Assert.That(runs, Is.EqualTo(new[] { 48, 48, 4 }));
            Assert.That(batch.Finish(), Is.Empty);
        });
    }
}
