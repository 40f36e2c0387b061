using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AudioEmotionXai.Generators;

/// <summary>
/// Finds the records that carry <c>[MethodId("…")]</c> and writes the registry <c>AttributionMethods</c> from them,
/// so that a new method is one file and nothing is discovered by reflection.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class MethodRegistryGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<MethodModel> methods = context.SyntaxProvider.ForAttributeWithMetadataName(
            "AudioEmotionXai.MethodIdAttribute",
            static (node, _) => node is TypeDeclarationSyntax,
            static (found, _) => MethodReader.Read((INamedTypeSymbol)found.TargetSymbol, found.Attributes[0]));
        context.RegisterSourceOutput(methods.Collect(), Emit);
    }

    private static void Emit(SourceProductionContext context, ImmutableArray<MethodModel> found)
    {
        List<MethodModel> registered = [];
        foreach (
            MethodModel method in found
                .OrderBy(method => method.Id, System.StringComparer.Ordinal)
                .ThenBy(method => method.Type, System.StringComparer.Ordinal))
        {
            List<Problem> problems = [.. method.Problems];
            if (registered.Any(other => other.Id == method.Id))
                problems.Add(new Problem(Problem.TakenId, method.Place, method.Type.Split('.', ':').Last(), method.Id));
            foreach (Problem problem in problems)
                context.ReportDiagnostic(problem.ToDiagnostic());
            if (problems.Count == 0)
                registered.Add(method);
        }

        context.AddSource("AttributionMethods.g.cs", SourceText.From(RegistryWriter.Write(registered), Encoding.UTF8));
    }
}
