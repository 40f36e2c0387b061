using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace AudioEmotionXai.Tests.Architecture;

/// <summary>Writes the public surface of an assembly as text: a line for every type and member, sorted, with what may be null, so that a change shows as a diff.</summary>
internal static class PublicApiText
{
    private static readonly NullabilityInfoContext s_nullability = new();

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Headline(type)).Append('\n');
            foreach (string member in type.GetMembers(Declared).Select(Describe).OfType<string>().Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string Headline(Type type)
    {
        string name = $"{type.Namespace}.{Name(type)}";
        if (type.IsEnum)
            return $"enum {name}";
        string kind = (IsRecord(type), type.IsValueType, type.IsInterface) switch
        {
            (_, _, true) => "interface",
            (true, true, _) => "record struct",
            (true, false, _) => "record",
            (_, true, _) => "struct",
            _ => "class",
        };
        string modifier = type.IsInterface || type.IsValueType ? "" : type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";
        IEnumerable<string> bases = new[] { type.BaseType }.Where(parent => parent is not null && parent != typeof(object) && parent != typeof(ValueType))
            .Concat(type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(face => face.IsVisible && !IsSelfEquality(face, type)).OrderBy(face => face.Name, StringComparer.Ordinal)).Select(parent => Name(parent!));
        return $"{modifier}{kind} {name}{(bases.Any() ? " : " + string.Join(", ", bases) : "")}";
    }

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null || (type.IsValueType && type.GetMethod("PrintMembers", Declared) is not null);

    private static bool IsSelfEquality(Type face, Type type) => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEquatable<>) && face.GenericTypeArguments[0] == type;

    private static string? Describe(MemberInfo member) => member switch
    {
        FieldInfo field when IsSeen(field.Attributes) && !field.IsSpecialName =>
            field.IsLiteral ? $"const {Name(field.FieldType)} {field.Name} = {Value(field.GetRawConstantValue())}" : $"field {Name(s_nullability.Create(field))} {field.Name}",
        PropertyInfo { Name: "EqualityContract" } => null,
        PropertyInfo property when IsSeen(property.GetMethod) || IsSeen(property.SetMethod) => Describe(property),
        ConstructorInfo constructor when IsSeen(constructor) && !IsCopy(constructor) => $"new({Parameters(constructor)})",
        MethodInfo method when IsSeen(method) && IsWritten(method) => $"{Modifier(method)}{Name(s_nullability.Create(method.ReturnParameter))} {method.Name}{Generics(method)}({Parameters(method)})",
        _ => null,
    };

    private static string Describe(PropertyInfo property)
    {
        MethodInfo accessor = property.GetMethod ?? property.SetMethod!;
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        string set = !IsSeen(property.SetMethod) ? "" : property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit") ? " init;" : " set;";
        string index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(Parameter))}]" : "";
        return $"{Modifier(accessor)}{required}{Name(s_nullability.Create(property))} {property.Name}{index} {{ get;{set} }}";
    }

    private static bool IsSeen(FieldAttributes attributes) => (attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    private static bool IsSeen(MethodBase? method) => method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static bool IsCopy(ConstructorInfo constructor) => constructor.GetParameters() is [{ } only] && only.ParameterType == constructor.DeclaringType && IsRecord(constructor.DeclaringType!);

    /// <summary>Whether a person wrote the method: accessors are told with their property, and a record's own members go without saying.</summary>
    private static bool IsWritten(MethodInfo method) =>
        !method.IsDefined(typeof(CompilerGeneratedAttribute)) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !method.Name.StartsWith('<');

    private static string Modifier(MethodInfo method)
    {
        string access = method.IsPublic ? "" : "protected ";
        if (method.IsStatic)
            return access + "static ";
        if (method.DeclaringType!.IsInterface || !method.IsVirtual)
            return access;
        bool overrides = method.GetBaseDefinition() != method;
        return access + (method.IsAbstract ? "abstract " : overrides ? "override " : method.IsFinal ? "" : "virtual ");
    }

    private static string Generics(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string way = parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "";
        return $"{way}{Name(s_nullability.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? $" = {(parameter.RawDefaultValue is null && parameter.ParameterType.IsValueType ? "default" : Value(parameter.RawDefaultValue))}" : "")}";
    }

    private static string Value(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    /// <summary>A type as it is used in one place, with a question mark behind every reference that may be null there.</summary>
    private static string Name(NullabilityInfo use)
    {
        Type type = use.Type;
        if (type.IsByRef || type.IsPointer || type.IsGenericParameter || Nullable.GetUnderlyingType(type) is not null)
            return Name(type);
        string mark = !type.IsValueType && use.ReadState == NullabilityState.Nullable ? "?" : "";
        if (use.ElementType is { } element)
            return $"{Name(element)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        return use.GenericTypeArguments is { Length: > 0 } arguments ? $"{PlainName(type)}<{string.Join(", ", arguments.Select(Name))}>{mark}" : Name(type) + mark;
    }

    private static string Name(Type type)
    {
        if (type.IsByRef || type.IsPointer)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return $"{Name(underlying)}?";
        return type.IsGenericType ? $"{PlainName(type)}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : PlainName(type);
    }

    private static string PlainName(Type type) => (type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name).Split('`')[0];
}
