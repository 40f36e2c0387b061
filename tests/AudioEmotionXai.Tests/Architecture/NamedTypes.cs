using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace AudioEmotionXai.Tests.Architecture;

/// <summary>Turns every kind of metadata handle and signature into the types that it names.</summary>
internal sealed class NamedTypes(MetadataReader metadata) : ISignatureTypeProvider<IEnumerable<(string Space, string Name)>, object?>
{
    /// <summary>The types that a token names: a type itself, the owner and signature of a member, the arguments of a generic.</summary>
    public IEnumerable<(string Space, string Name)> Of(EntityHandle handle)
    {
        if (handle.IsNil)
            return [];
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                return [NameOf((TypeDefinitionHandle)handle)];
            case HandleKind.TypeReference:
                return [NameOf((TypeReferenceHandle)handle)];
            case HandleKind.TypeSpecification:
                return metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null);
            case HandleKind.MethodDefinition:
                return [NameOf(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType())];
            case HandleKind.FieldDefinition:
                return [NameOf(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType())];
            case HandleKind.MemberReference:
                return Of(metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
            case HandleKind.MethodSpecification:
                MethodSpecification method = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                return Of(method.Method).Concat(method.DecodeSignature(this, null).SelectMany(type => type));
            default:
                return [];
        }
    }

    public (string Space, string Name) NameOf(TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        TypeDefinitionHandle outer = type.GetDeclaringType();
        if (!outer.IsNil)
            return NameOf(outer);
        string space = metadata.GetString(type.Namespace);
        return (space, $"{space}.{metadata.GetString(type.Name)}");
    }

    private (string Space, string Name) NameOf(TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
            return NameOf((TypeReferenceHandle)type.ResolutionScope);
        string space = metadata.GetString(type.Namespace);
        return (space, $"{space}.{metadata.GetString(type.Name)}");
    }

    public IEnumerable<(string Space, string Name)> GetArrayType(IEnumerable<(string Space, string Name)> elementType, ArrayShape shape) => elementType;

    public IEnumerable<(string Space, string Name)> GetByReferenceType(IEnumerable<(string Space, string Name)> elementType) => elementType;

    public IEnumerable<(string Space, string Name)> GetFunctionPointerType(MethodSignature<IEnumerable<(string Space, string Name)>> signature) =>
        signature.ReturnType.Concat(signature.ParameterTypes.SelectMany(type => type));

    public IEnumerable<(string Space, string Name)> GetGenericInstantiation(IEnumerable<(string Space, string Name)> genericType, ImmutableArray<IEnumerable<(string Space, string Name)>> typeArguments) =>
        genericType.Concat(typeArguments.SelectMany(type => type));

    public IEnumerable<(string Space, string Name)> GetGenericMethodParameter(object? genericContext, int index) => [];

    public IEnumerable<(string Space, string Name)> GetGenericTypeParameter(object? genericContext, int index) => [];

    public IEnumerable<(string Space, string Name)> GetModifiedType(IEnumerable<(string Space, string Name)> modifier, IEnumerable<(string Space, string Name)> unmodifiedType, bool isRequired) =>
        modifier.Concat(unmodifiedType);

    public IEnumerable<(string Space, string Name)> GetPinnedType(IEnumerable<(string Space, string Name)> elementType) => elementType;

    public IEnumerable<(string Space, string Name)> GetPointerType(IEnumerable<(string Space, string Name)> elementType) => elementType;

    public IEnumerable<(string Space, string Name)> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    public IEnumerable<(string Space, string Name)> GetSZArrayType(IEnumerable<(string Space, string Name)> elementType) => elementType;

    public IEnumerable<(string Space, string Name)> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [NameOf(handle)];

    public IEnumerable<(string Space, string Name)> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [NameOf(handle)];

    public IEnumerable<(string Space, string Name)> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => Of(handle);
}
