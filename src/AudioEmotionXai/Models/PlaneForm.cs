namespace AudioEmotionXai;

/// <summary>
/// A model and batches of it in the plain order of axes, which masking, metrics and pages are written for: (N, channels, bins, frames),
/// (N, bins, frames), or rows of samples or numbers (N, cells). A model that has that order is taken as it is.
/// </summary>
internal sealed class PlaneForm : IDisposable
{
    private readonly ItemOrder? _order;

    private PlaneForm(AudioClassifier model, ItemOrder? order)
    {
        Model = model;
        _order = order;
    }

    /// <summary>The model, or one that turns its input first.</summary>
    public AudioClassifier Model { get; }

    /// <summary>The form of a model.</summary>
    /// <exception cref="ArgumentException">It is not known what the input's axes mean.</exception>
    public static PlaneForm Of(AudioClassifier model)
    {
        ItemGeometry.ThrowIfUnfit(model);
        InputLayout layout = model.Layout!;
        if (layout.IndexOf(InputAxis.Samples) >= 0 && layout.IndexOf(InputAxis.Channels) is >= 0 and int channels
            && model.InputShape[channels] != 1)
            throw new ArgumentException(
                $"{model.Name}: takes samples of several channels ({layout}); verification and pages take one channel.");
        ItemOrder order = ItemOrder.Of(layout);
        if (order.IsPlain)
            return new PlaneForm(model, null);
        OnnxModel turned = model.Source.Clone();
        order.TurnInput(turned, model.Graph.Input);
        ModelContract contract = (model.Options.Contract ?? new ModelContract()).Over(ModelContract.Of(model.Source));
        contract = contract with { Layout = order.Plain, Input = model.Graph.Input.Name };
        return new PlaneForm(AudioClassifier.FromOnnx(turned, model.Options with { Contract = contract }), order);
    }

    /// <summary>A batch of the model's own order, in the plain one.</summary>
    public FloatTensor Turn(FloatTensor batch) => _order is null ? batch : _order.Turn(batch);

    public void Dispose()
    {
        if (_order is not null)
            Model.Dispose();
    }

    /// <summary>How axes are put into the plain order.</summary>
    private sealed record ItemOrder(InputLayout Own, InputLayout Plain)
    {
        public bool IsPlain => Own == Plain;

        public static ItemOrder Of(InputLayout own)
        {
            bool Has(InputAxis axis) => own.IndexOf(axis) >= 0;
            // One channel of samples is left out as an axis: it has nothing to say
            InputAxis[] plain =
            [
                .. new[] { InputAxis.Items, InputAxis.Channels, InputAxis.Frequency, InputAxis.Time, InputAxis.Samples, InputAxis.Features }
                    .Where(axis => Has(axis) && !(axis == InputAxis.Channels && Has(InputAxis.Samples))),
            ];
            return new ItemOrder(own, new InputLayout(plain));
        }

        /// <summary>Puts nodes in front of a model that turn an input of the plain order into its own.</summary>
        public void TurnInput(OnnxModel model, OnnxValueInfo input)
        {
            string inner = $"{input.Name}/own";
            foreach (OnnxNode node in model.Nodes)
                node.ReplaceUses(input.Name, inner);
            OnnxValueInfo declared = model.Inputs.First(each => each.Name == input.Name);
            model.ReplaceInput(declared with { Shape = [.. Plain.Axes.Select(axis => declared.Shape![Own.IndexOf(axis)])] });
            long[] order = [.. Own.Axes.Where(axis => Plain.IndexOf(axis) >= 0).Select(axis => (long)Plain.IndexOf(axis))];
            List<OnnxNode> nodes = [new OnnxNode("Transpose", $"{inner}/order", [input.Name], [$"{inner}/turned"]).Set("perm", order)];
            string last = $"{inner}/turned";
            if (order.Length < Own.Axes.Count)
            {
                long[] shape = [.. Own.Axes.Select(axis => Plain.IndexOf(axis) >= 0 ? 0L : 1L)];
                nodes.Add(Reshape(model, $"{inner}/channels", last, shape, out last));
            }

            nodes[^1].ReplaceOutput(last, inner);
            for (int i = 0; i < nodes.Count; i++)
                model.Insert(i, nodes[i]);
        }

        public FloatTensor Turn(FloatTensor batch)
        {
            ItemGeometry geometry = ItemGeometry.Of(Own, batch);
            FloatTensor planes = geometry.ToPlanes(batch);
            return planes.Reshape([.. Plain.Axes.Select(axis => batch.Shape[Own.IndexOf(axis)])]);
        }

        private static OnnxNode Reshape(OnnxModel model, string name, string tensor, long[] shape, out string output)
        {
            // A zero keeps the axis only where it stands at the same place: in front of the channels all do, behind one is free
            int channel = Array.IndexOf(shape, 1L);
            for (int axis = channel + 1; channel >= 0 && axis < shape.Length; axis++)
                if (shape[axis] == 0)
                    shape[axis] = -1;
            model.AddInitializer(OnnxTensor.FromInt64s($"{name}/shape", shape, shape.Length));
            output = $"{name}/reshaped";
            return new OnnxNode("Reshape", name, [tensor, $"{name}/shape"], [output]);
        }
    }
}
