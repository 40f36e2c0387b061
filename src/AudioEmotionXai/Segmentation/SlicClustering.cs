using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioEmotionXai;

/// <summary>
/// The ten rounds of SLIC: every cluster claims the cells of a window of four steps around it that are nearer to it (in place and
/// value) than to any before; then moves to the mean of its cells.
/// </summary>
/// <remarks>Sums are formed in scikit-image's order and without fused steps, so that ties fall as they do there.</remarks>
internal sealed class SlicClustering
{
    private const int Rounds = 10;
    private readonly double[] _image;
    private readonly int _bins;
    private readonly int _frames;
    private readonly double[] _centreBin;
    private readonly double[] _centreFrame;
    private readonly double[] _centreValue;
    private readonly int _reachBin;
    private readonly int _reachFrame;
    private readonly double _spatialWeight;
    private readonly double[] _distance;
    private readonly long[] _nearest;
    private readonly double[] _across;

    public SlicClustering(double[] image, int bins, int frames, SlicGrid grid)
    {
        _image = image;
        _bins = bins;
        _frames = frames;
        _centreBin = new double[grid.Count];
        _centreFrame = new double[grid.Count];
        _centreValue = new double[grid.Count];
        for (int k = 0; k < grid.Count; k++)
        {
            _centreBin[k] = grid.StartBin + ((k / grid.Columns) * grid.StepBin);
            _centreFrame[k] = grid.StartFrame + ((k % grid.Columns) * grid.StepFrame);
        }

        // The window comes from a grid of as many points as there are now, which may be another than the one asked for
        SlicGrid window = SlicGrid.Create(bins, frames, grid.Count);
        _reachBin = 2 * window.StepBin;
        _reachFrame = 2 * window.StepFrame;
        double step = Math.Max(1, Math.Max(grid.StepBin, grid.StepFrame));
        _spatialWeight = 1.0 / (step * step);
        _distance = new double[image.Length];
        _nearest = new long[image.Length];
        _across = new double[frames];
    }

    /// <summary>The cluster of every cell.</summary>
    public int[] Run()
    {
        for (int round = 0; round < Rounds; round++)
        {
            Array.Fill(_distance, double.MaxValue);
            for (int k = 0; k < _centreBin.Length; k++)
                Claim(k);
            MoveCentres();
        }

        return Array.ConvertAll(_nearest, label => (int)label);
    }

    private void Claim(int k)
    {
        double centreBin = _centreBin[k], centreFrame = _centreFrame[k];
        if (double.IsNaN(centreBin))
            return;
        int firstFrame = (int)Math.Max(centreFrame - _reachFrame, 0);
        int frames = (int)Math.Min(centreFrame + _reachFrame + 1, _frames) - firstFrame;
        int lastBin = (int)Math.Min(centreBin + _reachBin + 1, _bins);
        for (int i = 0; i < frames; i++)
            _across[i] = (centreFrame - (firstFrame + i)) * (centreFrame - (firstFrame + i));
        for (int bin = (int)Math.Max(centreBin - _reachBin, 0); bin < lastBin; bin++)
            ClaimRow(k, (bin * _frames) + firstFrame, frames, (centreBin - bin) * (centreBin - bin));
    }

    private void ClaimRow(int k, int offset, int count, double down)
    {
        ref double image = ref _image[offset];
        ref double distance = ref _distance[offset];
        ref long nearest = ref _nearest[offset];
        ref double across = ref _across[0];
        double value = _centreValue[k];
        int i = 0;
        for (; i <= count - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            Vector256<double> difference = Vector256.LoadUnsafe(ref image, (nuint)i) - Vector256.Create(value);
            Vector256<double> candidate =
                ((Vector256.Create(down) + Vector256.LoadUnsafe(ref across, (nuint)i)) * Vector256.Create(_spatialWeight))
                + (difference * difference);
            Vector256<double> best = Vector256.LoadUnsafe(ref distance, (nuint)i);
            Vector256<double> nearer = Vector256.GreaterThan(best, candidate);
            if (nearer == Vector256<double>.Zero)
                continue;
            Vector256.ConditionalSelect(nearer, candidate, best).StoreUnsafe(ref distance, (nuint)i);
            Vector256
                .ConditionalSelect(nearer.AsInt64(), Vector256.Create((long)k), Vector256.LoadUnsafe(ref nearest, (nuint)i))
                .StoreUnsafe(ref nearest, (nuint)i);
        }

        for (; i < count; i++)
        {
            double difference = Unsafe.Add(ref image, i) - value;
            double candidate = ((down + Unsafe.Add(ref across, i)) * _spatialWeight) + (difference * difference);
            if (!(Unsafe.Add(ref distance, i) > candidate))
                continue;
            Unsafe.Add(ref distance, i) = candidate;
            Unsafe.Add(ref nearest, i) = k;
        }
    }

    /// <summary>A cluster without cells becomes NaN and claims nothing from then on.</summary>
    private void MoveCentres()
    {
        int[] cells = new int[_centreBin.Length];
        Array.Clear(_centreBin);
        Array.Clear(_centreFrame);
        Array.Clear(_centreValue);
        for (int bin = 0, i = 0; bin < _bins; bin++)
        {
            for (int frame = 0; frame < _frames; frame++, i++)
            {
                int k = (int)_nearest[i];
                cells[k]++;
                _centreBin[k] += bin;
                _centreFrame[k] += frame;
                _centreValue[k] += _image[i];
            }
        }

        for (int k = 0; k < cells.Length; k++)
        {
            _centreBin[k] /= cells[k];
            _centreFrame[k] /= cells[k];
            _centreValue[k] /= cells[k];
        }
    }
}
