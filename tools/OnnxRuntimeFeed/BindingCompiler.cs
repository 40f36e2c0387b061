namespace OnnxRuntimeFeed;

/// <summary>Compiles Microsoft's C# binding, which the npm package carries as source, under the identity of the official assembly.</summary>
internal sealed class BindingCompiler(WorkFolder work)
{
    public const string AssemblyName = "Microsoft.ML.OnnxRuntime";

    public const string TargetFramework = "net10.0";

    /// <summary>The newest version that has the Tensor.Create overload which one experimental method of the binding calls.</summary>
    public const string TensorsVersion = "9.0.20";

    /// <summary>
    /// The public half of the key that official assemblies are signed with. With the same public key and the same assembly
    /// version (0.0.0.0) a library compiled against this assembly also runs on the official one.
    /// </summary>
    private const string PublicKey =
        "002400000480000094000000060200000024000052534131000400000100010059013e94e4bc70136ca4c35f33acd6b62974536b698f9c7a21cee18d805c7ad8" +
        "60ad9eebfdc47a96ba2f8d03f4cf1c36b9d30787e276c7b9833b5bf2a6eba7e919e6b90083078a352262aed1d842e5f70a3085cbcf4c56ae851b161137920961" +
        "c23fcc246598d61d258ccc615c927b2441359eea666a99ce1c3c07dca18fb0e1";

    /// <summary>Returns the folder that holds the assembly and its documentation.</summary>
    public string Compile(string content)
    {
        string folder = work.Child("binding");
        string output = Path.Combine(folder, "out");
        string project = Path.Combine(folder, AssemblyName + ".csproj");
        File.WriteAllBytes(Path.Combine(folder, "key.snk"), Convert.FromHexString(PublicKey));
        File.WriteAllText(project, Project(Path.Combine(content, "Runtime")));
        CommandResult result = Command.Dotnet(folder, "build", project, "-c", "Release", "-o", output, "-v", "q", "-nologo");
        return result.ExitCode == 0 ? output : throw new FeedException(Failure.BindingFailed(result));
    }

    private static string Project(string sources) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>{TargetFramework}</TargetFramework>
            <AssemblyVersion>0.0.0.0</AssemblyVersion>
            <FileVersion>{PackageSet.Version}</FileVersion>
            <InformationalVersion>{PackageSet.Version}</InformationalVersion>
            <SignAssembly>true</SignAssembly>
            <PublicSign>true</PublicSign>
            <AssemblyOriginatorKeyFile>key.snk</AssemblyOriginatorKeyFile>
            <ImplicitUsings>enable</ImplicitUsings>
            <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            <TreatWarningsAsErrors>false</TreatWarningsAsErrors>
            <WarningLevel>0</WarningLevel>
            <NoWarn>CS1570;CS1573;CS1574;CS1587;CS1591;CS8002</NoWarn>
            <RunAnalyzers>false</RunAnalyzers>
            <DebugType>none</DebugType>
            <PathMap>{sources}=/onnxruntime,$(MSBuildProjectDirectory)=/binding</PathMap>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            <Compile Include="{sources}/**/*.cs" />
            <Using Include="System.Reflection" />
            <PackageReference Include="System.Numerics.Tensors" Version="{TensorsVersion}" />
          </ItemGroup>
        </Project>
        """;
}
