using AudioEmotionXai.Primitives;

namespace AudioEmotionXai.Tests.Architecture;

/// <summary>Whoever changes what users of the package see, sees it too: the surface is an approved file.</summary>
public sealed class PublicApiTests
{
    private const string UpdateVariable = "UPDATE_PUBLIC_API";

    private static readonly string s_approved = Path.Combine(SharedData.Repository, "tests", "AudioEmotionXai.Tests", "Architecture", "PublicApi.approved.txt");

    [Test]
    public void ThePublicSurfaceIsTheApprovedOne()
    {
        string current = PublicApiText.Of(typeof(FloatTensor).Assembly);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
            File.WriteAllText(s_approved, current);
        string[] approved = File.ReadAllText(s_approved).ReplaceLineEndings("\n").Split('\n');
        string[] now = current.Split('\n');
        Assert.That(
            now.Except(approved).Select(line => $"+ {line.Trim()}").Concat(approved.Except(now).Select(line => $"- {line.Trim()}")),
            Is.Empty,
            $"The public surface has changed. If that is meant, run this test with {UpdateVariable}=1 in the environment and commit PublicApi.approved.txt.");
        Assert.That(now, Is.EqualTo(approved), "the same lines in another order or place");
    }

    [Test]
    public void NoTypeOfADependencyIsPartOfThePublicSurface()
    {
        string[] dependencies = ["Microsoft.ML.OnnxRuntime", "Google.Protobuf", "MathNet"];
        IEnumerable<string> leaks =
            from type in typeof(FloatTensor).Assembly.GetExportedTypes()
            from member in type.GetMembers()
            from used in TypesOf(member)
            where dependencies.Any(dependency => used.FullName?.StartsWith(dependency, StringComparison.Ordinal) == true)
            select $"{type.FullName}.{member.Name} shows {used.FullName}";
        Assert.That(leaks, Is.Empty);
    }

    private static IEnumerable<Type> TypesOf(System.Reflection.MemberInfo member) => member switch
    {
        System.Reflection.MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType)],
        System.Reflection.ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        System.Reflection.PropertyInfo property => [property.PropertyType],
        System.Reflection.FieldInfo field => [field.FieldType],
        _ => [],
    };
}
