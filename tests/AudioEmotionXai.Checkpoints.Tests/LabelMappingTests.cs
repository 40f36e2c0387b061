using System.Text;

namespace AudioEmotionXai.Checkpoints.Tests;

public sealed class LabelMappingTests
{
    private static readonly string[] Expected = ["anger", "fear", "joy"];
    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void RemoveFiles() => _folder.Dispose();

    [TestCase("""{"fear": 1, "joy": 2, "anger": 0}""")]
    [TestCase("""{"0": "anger", "2": "joy", "1": "fear"}""")]
    [TestCase("""["anger", "fear", "joy"]""")]
    public void JsonIsReadInEitherDirection(string json) => Assert.That(Json(json), Is.EqualTo(Expected));

    [TestCase("""{"anger": 0, "fear": 2}""", "gives 'fear' the index 2")]
    [TestCase("""{"anger": 0, "fear": 0}""", "gives 'fear' the index 0")]
    [TestCase("""{"anger": -1}""", "gives 'anger' the index -1")]
    [TestCase("""["anger", "anger"]""", "names 'anger' twice")]
    [TestCase("""{"anger": 0.5}""", "holds a JSON Number")]
    [TestCase("""{"anger": "fear"}""", "maps anger to fear")]
    [TestCase("""{"anger": null}""", "holds a JSON Null")]
    [TestCase("""[" "]""", "index 0 is empty")]
    [TestCase("""{}""", "names no label")]
    [TestCase("""7""", "holds a JSON Number")]
    [TestCase("""{"anger": 0""", "is not JSON, or cut off")]
    [TestCase("", "is empty")]
    public void MappingsThatDoNotNumberTheLabelsAreRefused(string json, string problem) =>
        Assert.That(() => Json(json), Throws.TypeOf<ModelFormatException>().With.Message.Contains(problem).And.Message.Contains("labels.json"));

    [TestCase(2, "numpy.core.multiarray")]
    [TestCase(3, "numpy.core.multiarray")]
    [TestCase(4, "numpy._core.multiarray")]
    public void APickledDictionaryIsRead(byte protocol, string module) =>
        Assert.That(NumPy(LabelFiles.NumPyFile(LabelFiles.PickledDictionary(protocol, module))), Is.EqualTo(Expected));

    [Test]
    public void APickledArrayOfLabelsIsReadInOrder() =>
        Assert.That(NumPy(LabelFiles.NumPyFile(PickleWriter.Write(writer => LabelFiles.ObjectArray(writer, "numpy.core.multiarray", list => list.Op('(').Text("anger").Text("fear").Text("joy").Op('e'))))), Is.EqualTo(Expected));

    [Test]
    public void BigEndianNumbersAndTextsAreRead()
    {
        byte[] pickle = PickleWriter.Write(writer => LabelFiles.ObjectArray(writer, "numpy.core.multiarray", list =>
        {
            list.Op('}').Op('(');
            LabelFiles.Scalar(list, "U3", ">", Encoding.GetEncoding("utf-32BE").GetBytes("a\u017c"));
            LabelFiles.Scalar(list, "i4", ">", [0, 0, 0, 0]);
            list.Op('u').Op('a');
        }));
        Assert.That(NumPy(LabelFiles.NumPyFile(pickle)), Is.EqualTo(new[] { "a\u017c" }));
    }

    [Test]
    public void AMaliciousMappingIsRefusedByName()
    {
        byte[] pickle = PickleWriter.Write(writer => writer.Global("posix", "system").Op('(').Text("echo harm").Op('t').Op('R'));
        Assert.That(() => NumPy(LabelFiles.NumPyFile(pickle)), Throws.TypeOf<ModelFormatException>().With.Message.Contains("'posix.system'").And.Message.Contains("labels.npy"));
    }

    [Test]
    public void EveryTruncationIsAnErrorThatNamesTheFile()
    {
        byte[] whole = LabelFiles.NumPyFile(LabelFiles.PickledDictionary(3, "numpy.core.multiarray"));
        for (int length = 0; length < whole.Length; length++)
            Assert.That(() => NumPy(whole[..length]), Throws.TypeOf<ModelFormatException>().With.Message.Contains("labels.npy"), $"cut at {length}");
    }

    [Test]
    public void ArraysOfNumbersAreNotMappings()
    {
        byte[] numbers = [0x93, .. "NUMPY"u8, 1, 0, 59, 0, .. Encoding.ASCII.GetBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }".PadRight(58)), (byte)'\n', 0, 0, 0, 0];
        Assert.That(() => NumPy(numbers), Throws.TypeOf<ModelFormatException>().With.Message.Contains("'descr': '|O'"));
    }

    [Test]
    public void ScalarsThatAreNeitherTextNorWholeAreRefused()
    {
        byte[] pickle = PickleWriter.Write(writer => LabelFiles.ObjectArray(writer, "numpy.core.multiarray", list =>
        {
            list.Op('}').Op('(').Text("anger");
            LabelFiles.Scalar(list, "f8", "<", new byte[8]);
            list.Op('u').Op('a');
        }));
        Assert.That(() => NumPy(LabelFiles.NumPyFile(pickle)), Throws.TypeOf<ModelFormatException>().With.Message.Contains("NumPy scalar of type 'f8'"));
    }

    [Test]
    public void TheTrainedModelsMappingsAgree()
    {
        string[] labels = ["anger", "fear", "happiness", "neutral", "sadness", "surprised"];
        Assert.That(LabelMapping.Read(SharedData.Fixture("label_mapping.npy")), Is.EqualTo(labels));
        Assert.That(LabelMapping.Read(SharedData.Fixture("label_mapping.json")), Is.EqualTo(labels));
    }

    private IReadOnlyList<string> Json(string json) => LabelMapping.Read(_folder.Write("labels.json", json));

    private IReadOnlyList<string> NumPy(byte[] file) => LabelMapping.Read(_folder.Write("labels.npy", file));
}
