using System.Text;

namespace AudioEmotionXai.TestKit;

/// <summary>Labels as NumPy saves them: an object array around a pickle.</summary>
internal static class LabelFiles
{
    internal static byte[] NumPyFile(byte[] pickle)
    {
        string header = "{'descr': '|O', 'fortran_order': False, 'shape': (), }".PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header), .. pickle];
    }

    internal static byte[] PickledDictionary(byte protocol, string module) => PickleWriter.Write(
        writer => ObjectArray(writer, module, list =>
        {
            list.Op('}').Op('(').Text("fear").Int(1);
            list.Text("anger");
            Scalar(list, "i8", "<", new byte[8], module, protocol);
            Scalar(list, "U3", "<", Encoding.UTF32.GetBytes("joy"), module, protocol);
            list.Int(2).Op('u').Op('a');
        }),
        protocol);

    internal static void ObjectArray(PickleWriter writer, string module, Action<PickleWriter> fill)
    {
        writer.Global(module, "_reconstruct").Op('(').Global("numpy", "ndarray").Tuple(0).Op('C').Op(1).Raw("b"u8).Op('t').Op('R');
        writer.Op('(').Int(1).Op(')');
        DataType(writer, "O8", "|");
        writer.Bool(false).Op(']');
        fill(writer);
        writer.Op('t').Op('b');
    }

    internal static void DataType(PickleWriter writer, string code, string order) => writer
        .Global("numpy", "dtype").Op('(').Text(code).Bool(false).Bool(true).Op('t').Op('R')
        .Op('(').Int(3).Text(order).Op('N').Op('N').Op('N').Int(-1).Int(-1).Int(0).Op('t').Op('b');

    internal static void Scalar(PickleWriter writer, string code, string order, byte[] bytes, string module = "numpy.core.multiarray", byte protocol = 3)
    {
        writer.Global(module, "scalar").Op('(');
        DataType(writer, code, order);
        if (protocol > 2)
            writer.Op('C').Op((byte)bytes.Length).Raw(bytes);
        else
            writer.Global("_codecs", "encode").Op('(').Text(Encoding.Latin1.GetString(bytes)).Text("latin1").Op('t').Op('R');
        writer.Op('t').Op('R');
    }
}
