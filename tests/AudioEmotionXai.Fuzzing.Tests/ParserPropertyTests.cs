using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>Laws of the parsers, for inputs that FsCheck draws and shrinks.</summary>
public sealed class ParserPropertyTests
{
    [Test]
    public void AnyBytesAreAnArrayOrADocumentedError() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<byte[]>(bytes => IsReadOrRefused(() =>
    {
        using MemoryStream stream = new([0x93, .. "NUMPY"u8, 1, 0, .. bytes]);
        NpyFile.ReadArray(stream, "drawn.npy");
    })));

    [Test]
    public void AnyBytesAreASoundOrADocumentedError() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<byte[]>(bytes => IsReadOrRefused(() =>
    {
        using MemoryStream stream = new([.. "RIFF"u8, 0, 0, 0, 0, .. "WAVE"u8, .. bytes]);
        WavReader.Read(stream, "drawn.wav");
    })));

    [Test]
    public void AnyTextIsAMethodOrADocumentedError() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<NonNull<string>>(text => IsReadOrRefused(() => AttributionMethods.Parse($"lime {text.Get}"))));

    [Test]
    public void WhatIsWrittenAsAnArrayIsReadBack() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<float[], PositiveInt>((values, rows) =>
    {
        int columns = values.Length / rows.Get;
        FloatTensor tensor = new(values.AsMemory(0, rows.Get * columns), rows.Get, columns);
        using MemoryStream stream = new();
        NpyFile.Write(stream, NpyArray.From(tensor));
        stream.Position = 0;
        FloatTensor read = NpyFile.ReadArray(stream, "written.npy").ToTensor();
        return read.Shape.SequenceEqual(tensor.Shape) && read.Span.SequenceEqual(tensor.Span);
    }));

    [Test]
    public void WhatIsWrittenAsTextIsReadBack() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<NonNull<string>[]>(texts =>
    {
        // What cannot be encoded is not text, and zeros at the end fill elements up
        string[] values = [.. texts.Select(text => Encoding.UTF32.GetString(Encoding.UTF32.GetBytes(text.Get)).TrimEnd('\0'))];
        using MemoryStream stream = new();
        NpyFile.Write(stream, NpyArray.From(values));
        stream.Position = 0;
        return NpyFile.ReadArray(stream, "written.npy").ToStrings().SequenceEqual(values);
    }));

    private static bool IsReadOrRefused(Action read)
    {
        try
        {
            read();
        }
        catch (Exception refusal) when (refusal is FormatException or ArgumentException)
        {
            return refusal.Message.Length > 0;
        }

        return true;
    }
}
