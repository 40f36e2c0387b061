namespace AudioEmotionXai;

/// <summary>Numbers the connected pieces of a clustering in reading order; a piece that is too small joins the last neighbour seen, one
/// that is too large is cut.</summary>
internal static class SlicConnectivity
{
    private const int Unlabelled = -1;

    public static int[] Enforce(int[] clusters, int bins, int frames, int smallest, int largest)
    {
        int[] labels = new int[clusters.Length];
        Array.Fill(labels, Unlabelled);
        int[] piece = new int[Math.Max(1, largest)];
        int next = 0;
        for (int start = 0; start < clusters.Length; start++)
        {
            if (labels[start] != Unlabelled)
                continue;
            int size = Flood(clusters, labels, bins, frames, start, next, piece, out int adjacent);
            if (size < smallest)
                Relabel(labels, piece.AsSpan(0, size), adjacent);
            else
                next++;
        }

        return labels;
    }

    private static int Flood(int[] clusters, int[] labels, int bins, int frames, int start, int label, int[] piece, out int adjacent)
    {
        adjacent = 0;
        labels[start] = label;
        piece[0] = start;
        int size = 1;
        for (int visited = 0; visited < size && size < piece.Length; visited++)
        {
            int frame = piece[visited] % frames, bin = piece[visited] / frames;
            ReadOnlySpan<int> neighbours =
            [
                frame + 1 < frames ? piece[visited] + 1 : -1, frame > 0 ? piece[visited] - 1 : -1,
                bin + 1 < bins ? piece[visited] + frames : -1, bin > 0 ? piece[visited] - frames : -1,
            ];
            foreach (int cell in neighbours)
            {
                if (cell < 0)
                    continue;
                if (labels[cell] == Unlabelled && clusters[cell] == clusters[start])
                {
                    labels[cell] = label;
                    piece[size++] = cell;
                    if (size >= piece.Length)
                        break;
                }
                else if (labels[cell] != Unlabelled && labels[cell] != label)
                {
                    adjacent = labels[cell];
                }
            }
        }

        return size;
    }

    private static void Relabel(int[] labels, ReadOnlySpan<int> cells, int label)
    {
        foreach (int cell in cells)
            labels[cell] = label;
    }
}
