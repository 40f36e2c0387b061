using AudioEmotionXai.Protobuf;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>Damages a model where its bytes still parse: some field of some message in it, whichever the format has.</summary>
internal sealed class ModelMutator(Random random)
{
    public byte[] Damage(byte[] source)
    {
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(source);
        }
        catch (InvalidProtocolBufferException)
        {
            return source;
        }

        for (int left = random.Next(3); left >= 0; left--)
        {
            List<IMessage> messages = [];
            Collect(model, messages);
            IMessage message = messages[random.Next(messages.Count)];
            DamageField(message, messages);
        }

        return model.ToByteArray();
    }

    private static void Collect(IMessage message, List<IMessage> into)
    {
        into.Add(message);
        foreach (FieldDescriptor field in message.Descriptor.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.Message))
        {
            if (field.IsRepeated)
                foreach (IMessage each in ((System.Collections.IList)field.Accessor.GetValue(message)).Cast<IMessage>())
                    Collect(each, into);
            else if (field.Accessor.GetValue(message) is IMessage single)
                Collect(single, into);
        }
    }

    private void DamageField(IMessage message, List<IMessage> all)
    {
        IList<FieldDescriptor> fields = message.Descriptor.Fields.InDeclarationOrder();
        FieldDescriptor field = fields[random.Next(fields.Count)];
        if (!field.IsRepeated)
        {
            if (random.Next(4) == 0)
                field.Accessor.Clear(message);
            else if (Value(field, field.Accessor.GetValue(message), all) is { } value)
                field.Accessor.SetValue(message, value);
            return;
        }

        System.Collections.IList list = (System.Collections.IList)field.Accessor.GetValue(message);
        int at = random.Next(list.Count + 1);
        if (at < list.Count && random.Next(3) == 0)
            list.RemoveAt(at);
        else if (Value(field, at < list.Count ? list[at] : null, all) is { } value && at < list.Count && random.Next(2) == 0)
            list[at] = value;
        else if (Value(field, null, all) is { } added)
            list.Insert(at, added);
    }

    /// <summary>Another value for a field: a number at an edge, or a text, bytes or message that stands elsewhere in the model.</summary>
    private object? Value(FieldDescriptor field, object? old, List<IMessage> all)
    {
        switch (field.FieldType)
        {
            case FieldType.Int64: return ByteMutator.Edge(random);
            case FieldType.Int32: return random.Next(2) == 0 ? random.Next(-1, 24) : (int)ByteMutator.Edge(random);
            case FieldType.UInt64: return (ulong)ByteMutator.Edge(random);
            case FieldType.Float: return random.Next(2) == 0 ? float.NaN : 0f;
            case FieldType.Double: return random.Next(2) == 0 ? double.NaN : 0d;
            case FieldType.Enum: return random.Next(-1, 24);
            case FieldType.String: return Elsewhere(field, all) as string ?? "";
            case FieldType.Bytes:
                byte[] bytes = (old as ByteString ?? ByteString.Empty).ToByteArray();
                return ByteString.CopyFrom(new ByteMutator(random, ["SAME_UPPER"]).Damage(bytes, bytes));
            default:
                IMessage[] others = [.. all.Where(each => each.Descriptor == field.MessageType)];
                return others.Length == 0 ? null : field.MessageType.Parser.ParseFrom(others[random.Next(others.Length)].ToByteArray());
        }
    }

    /// <summary>The value of a field of the same kind, of some other message.</summary>
    private object? Elsewhere(FieldDescriptor field, List<IMessage> all)
    {
        IMessage message = all[random.Next(all.Count)];
        FieldDescriptor? other = message.Descriptor.Fields.InDeclarationOrder().FirstOrDefault(each => each.FieldType == field.FieldType);
        object? value = other?.Accessor.GetValue(message);
        return value is System.Collections.IList { Count: > 0 } list ? list[random.Next(list.Count)] : value;
    }
}
