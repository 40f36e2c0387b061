using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace AudioEmotionXai.Tests.Architecture;

/// <summary>Reads from a compiled assembly which types name which others, method bodies included.</summary>
internal sealed class AssemblyScan
{
    private static readonly Dictionary<short, OpCode> s_opCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly NamedTypes _names;

    private AssemblyScan(PEReader file)
    {
        _file = file;
        _metadata = file.GetMetadataReader();
        _names = new NamedTypes(_metadata);
    }

    public static IReadOnlyCollection<TypeUse> Of(Assembly assembly)
    {
        using PEReader file = new(File.OpenRead(assembly.Location));
        return new AssemblyScan(file).Scan();
    }

    private HashSet<TypeUse> Scan()
    {
        HashSet<TypeUse> uses = [];
        foreach (TypeDefinitionHandle handle in _metadata.TypeDefinitions)
        {
            (string space, string user) = _names.NameOf(handle);
            foreach ((string usedSpace, string used) in UsedBy(_metadata.GetTypeDefinition(handle)))
                if (usedSpace.Length > 0)
                    uses.Add(new TypeUse(user, space, usedSpace, used));
        }

        return uses;
    }

    private (string Space, string Name)[] UsedBy(TypeDefinition type)
    {
        List<EntityHandle> named = [type.BaseType];
        named.AddRange(type.GetInterfaceImplementations().Select(handle => _metadata.GetInterfaceImplementation(handle).Interface));
        named.AddRange(ConstructorsOf(type.GetCustomAttributes()));
        IEnumerable<(string, string)> uses = named.SelectMany(_names.Of);
        uses = uses.Concat(type.GetFields().SelectMany(field => _metadata.GetFieldDefinition(field).DecodeSignature(_names, null)));
        return [.. uses, .. type.GetMethods().SelectMany(UsedByMethod)];
    }

    private IEnumerable<(string Space, string Name)> UsedByMethod(MethodDefinitionHandle handle)
    {
        MethodDefinition method = _metadata.GetMethodDefinition(handle);
        MethodSignature<IEnumerable<(string, string)>> signature = method.DecodeSignature(_names, null);
        IEnumerable<(string, string)> uses = signature.ReturnType.Concat(signature.ParameterTypes.SelectMany(type => type));
        uses = uses.Concat(ConstructorsOf(method.GetCustomAttributes()).SelectMany(_names.Of));
        return method.RelativeVirtualAddress == 0 ? uses : uses.Concat(UsedByBody(_file.GetMethodBody(method.RelativeVirtualAddress)));
    }

    private IEnumerable<EntityHandle> ConstructorsOf(CustomAttributeHandleCollection attributes) =>
        attributes.Select(handle => _metadata.GetCustomAttribute(handle).Constructor);

    private IEnumerable<(string Space, string Name)> UsedByBody(MethodBodyBlock body)
    {
        IEnumerable<(string, string)> locals = body.LocalSignature.IsNil
            ? []
            : _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_names, null).SelectMany(type => type);
        return locals.Concat(Tokens(body.GetILBytes()!).SelectMany(_names.Of));
    }

    private static List<EntityHandle> Tokens(byte[] code)
    {
        List<EntityHandle> tokens = [];
        for (int at = 0; at < code.Length;)
        {
            OpCode operation = code[at] == 0xFE ? s_opCodes[unchecked((short)(0xFE00 | code[at + 1]))] : s_opCodes[code[at]];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                tokens.Add(MetadataTokens.EntityHandle(BitConverter.ToInt32(code, at)));
            at += SizeOfOperand(operation.OperandType, code, at);
        }

        return tokens;
    }

    private static int SizeOfOperand(OperandType kind, byte[] code, int at) => kind switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
