using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AudioEmotionXai.Generators.Tests;

/// <summary>Compiles source text with the generator, and loads what it registered.</summary>
internal static class GeneratorRun
{
    private const string Frame = """
        global using AudioEmotionXai;
        namespace AudioEmotionXai
        {
            public static partial class AttributionMethods
            {
                public static MethodDescription[] All => Registered();
                private static partial MethodDescription[] Registered();
            }
        }
        """;

    private static readonly CSharpParseOptions s_language = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    /// <summary>A record's body that makes it a method, whatever else the test puts into it.</summary>
    public const string Core = "protected internal override AttributionOutcome AttributeCore(AttributionRequest request) => new() { Map = request.Input };";

    /// <summary>The problems that the generator reports, as <c>id: message</c>.</summary>
    public static IReadOnlyList<string> Problems(string source)
    {
        Driver().RunGeneratorsAndUpdateCompilation(Compile(source), out _, out var diagnostics);
        return [.. diagnostics.Select(diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}")];
    }

    /// <summary>The descriptions in the registry that the generator wrote for the source.</summary>
    public static MethodDescription[] Registered(string source)
    {
        Driver().RunGeneratorsAndUpdateCompilation(Compile(source), out Compilation compilation, out _);
        using MemoryStream image = new();
        var result = compilation.Emit(image);
        Assert.That(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), Is.Empty);
        image.Position = 0;
        var assembly = new AssemblyLoadContext(name: null).LoadFromStream(image);
        Type registry = assembly.GetType("AudioEmotionXai.AttributionMethods", throwOnError: true)!;
        return (MethodDescription[])registry.GetProperty("All")!.GetValue(null)!;
    }

    private static CSharpGeneratorDriver Driver() =>
        CSharpGeneratorDriver.Create([new MethodRegistryGenerator().AsSourceGenerator()], parseOptions: s_language);

    // Named as the test assembly, to see what the library shows to its tests only.
    private static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "AudioEmotionXai.Tests",
        [Parse(Frame), Parse(source)],
        References(),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, s_language);

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !path.EndsWith("AudioEmotionXai.Tests.dll", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
}
