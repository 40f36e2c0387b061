namespace AudioEmotionXai.TestKit;

/// <summary>A method that uses the model, slowly and plainly: how much the target's logit falls without each frame.</summary>
internal sealed record FrameOcclusion : AttributionMethod
{
    protected internal override AttributionOutcome AttributeCore(AttributionRequest request)
    {
        FloatTensor map = new(request.Input.Shape);
        int frames = request.Input.Shape[^1];
        FloatTensor whole = request.Model.Logits(request.Input, request.CancellationToken);
        for (int frame = 0; frame < frames; frame++)
        {
            FloatTensor copy = request.Input.Clone();
            for (int at = frame; at < copy.Length; at += frames)
                copy.Span[at] = 0;
            FloatTensor logits = request.Model.Logits(copy, request.CancellationToken);
            for (int item = 0; item < request.Items; item++)
            {
                float fall = whole.Item(item).Span[request.Targets[item]] - logits.Item(item).Span[request.Targets[item]];
                for (int at = frame; at < map.Item(item).Length; at += frames)
                    map.Item(item).Span[at] = fall * MathF.Abs(request.Input.Item(item).Span[at]);
            }
        }

        return new AttributionOutcome { Map = map };
    }
}

/// <summary>A method that never asks the model: the loudest cells.</summary>
internal sealed record Loudness : AttributionMethod
{
    public override MapMeaning Meaning => MapMeaning.Positive;

    public override bool UsesModel => false;

    protected internal override AttributionOutcome AttributeCore(AttributionRequest request)
    {
        FloatTensor map = request.Input.Clone();
        foreach (ref float value in map.Span)
            value = MathF.Exp(value);
        return new AttributionOutcome { Map = map };
    }
}
