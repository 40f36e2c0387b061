namespace AudioEmotionXai.Checkpoints;

/// <summary>A dictionary as a pickle holds it: pairs in the order they were set. Keys are not hashed, so a hostile key costs
/// nothing.</summary>
internal sealed class PickleDictionary
{
    private readonly List<KeyValuePair<object?, object?>> _pairs = [];

    public IReadOnlyList<KeyValuePair<object?, object?>> Pairs => _pairs;

    public void Add(object? key, object? value) => _pairs.Add(new(key, value));

    /// <summary>The last value set under a text key, as Python would keep it.</summary>
    public bool TryGet(string key, out object? value)
    {
        for (int i = _pairs.Count - 1; i >= 0; i--)
        {
            if (_pairs[i].Key is string text && text == key)
            {
                value = _pairs[i].Value;
                return true;
            }
        }

        value = null;
        return false;
    }
}
