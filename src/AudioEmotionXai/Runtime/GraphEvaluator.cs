using AudioEmotionXai.Protobuf;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AudioEmotionXai;

/// <summary>What the runtime knows of a graph before it runs: values that follow from constants alone, and the shapes of all
/// tensors.</summary>
internal static class GraphEvaluator
{
    // Shape inference reads no constant that is larger: sizes, axes, scales
    private const int MostElementsForShapes = 1024;

    /// <summary>Runs nodes that depend on constants alone; null where the runtime refuses them or one of them fails.</summary>
    /// <param name="model">The model that they are part of.</param>
    /// <param name="nodes">The nodes, in an order in which they can run.</param>
    /// <param name="wanted">The tensors to be returned.</param>
    public static IReadOnlyList<OnnxTensor>? Evaluate(OnnxModel model, IReadOnlyList<OnnxNode> nodes, IReadOnlyList<string> wanted)
    {
        HashSet<string> read = [.. nodes.SelectMany(node => node.Inputs.Concat(node.OuterReferences()))];
        ModelProto proto = model.ToSkeleton();
        proto.Graph.Node.AddRange(nodes.Select(node => node.Proto));
        proto.Graph.Initializer.AddRange(
            model.Initializers.Values.Where(tensor => read.Contains(tensor.Name)).Select(tensor => tensor.Proto));
        proto.Graph.Output.AddRange(wanted.Select(name => new ValueInfoProto { Name = name }));
        try
        {
            using SessionOptions options = NewOptions();
            using InferenceSession session = new(proto.ToByteArray(), options);
            using RunOptions run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using IDisposableReadOnlyCollection<OrtValue> values = session.Run(run, new Dictionary<string, OrtValue>(), [.. wanted]);
            List<OnnxTensor> tensors = [];
            for (int i = 0; i < values.Count; i++)
                if (ToTensor(wanted[i], values[i]) is { } tensor)
                    tensors.Add(tensor);
            return tensors;
        }
        catch (OnnxRuntimeException)
        {
            return null;
        }
    }

    /// <summary>Types and shapes of the tensors that nodes write, as the runtime infers them; empty where it refuses the
    /// graph.</summary>
    public static IReadOnlyList<OnnxValueInfo> Describe(OnnxModel model)
    {
        ModelProto proto = model.ToSkeleton();
        proto.Graph.Input.AddRange(model.Inputs.Select(input => input.ToProto()));
        foreach (OnnxTensor tensor in model.Initializers.Values)
        {
            if (tensor.Count <= MostElementsForShapes)
                proto.Graph.Initializer.Add(tensor.Proto);
            else
            {
                OnnxDimension[] shape = [.. tensor.Shape.Select(length => (OnnxDimension)length)];
                proto.Graph.Input.Add(new OnnxValueInfo(tensor.Name, tensor.ElementType, shape).ToProto());
            }
        }

        List<string> names = [];
        foreach (OnnxNode node in model.Nodes)
        {
            proto.Graph.Node.Add(node.Proto);
            names.AddRange(node.Outputs.Where(output => output.Length > 0));
        }

        proto.Graph.Output.AddRange(names.Select(name => new ValueInfoProto { Name = name }));
        try
        {
            using SessionOptions options = NewOptions();
            using InferenceSession session = new(proto.ToByteArray(), options);
            return [.. names.Where(name => session.OutputMetadata[name].IsTensor).Select(name => Describe(session, name))];
        }
        catch (OnnxRuntimeException)
        {
            return [];
        }
    }

    private static OnnxValueInfo Describe(InferenceSession session, string name)
    {
        NodeMetadata metadata = session.OutputMetadata[name];
        // The binding gives no lengths for a number and for a tensor of unknown rank alike
        if (metadata.Dimensions.Length == 0)
            return new OnnxValueInfo(name, (OnnxElementType)(int)metadata.ElementDataType, null);
        OnnxDimension[] shape = new OnnxDimension[metadata.Dimensions.Length];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            string? symbol = metadata.SymbolicDimensions[axis];
            shape[axis] = metadata.Dimensions[axis] >= 0 ? metadata.Dimensions[axis]
                : string.IsNullOrEmpty(symbol) ? default
                : new OnnxDimension(null, symbol);
        }

        return new OnnxValueInfo(name, (OnnxElementType)(int)metadata.ElementDataType, shape);
    }

    private static OnnxTensor? ToTensor(string name, OrtValue value)
    {
        if (!value.IsTensor)
            return null;
        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        if (info.ElementDataType == TensorElementType.String)
            return null;
        return OnnxTensor.FromBytes(
            name, (OnnxElementType)(int)info.ElementDataType, value.GetTensorMutableRawData().ToArray(), info.Shape);
    }

    private static SessionOptions NewOptions()
    {
        OnnxEnvironment.Start();
        SessionOptions options = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            EnableCpuMemArena = false,
        };
        if (OnnxEnvironment.SharesPool(0))
            options.DisablePerSessionThreads();
        return options;
    }
}
