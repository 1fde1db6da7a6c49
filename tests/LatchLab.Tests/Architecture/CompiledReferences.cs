using System.Reflection;

namespace LatchLab.Tests.Architecture;

/// <summary>
/// Reads from compiled assemblies which namespaces refer to which: base types, signatures, attributes, local variables
/// and every token of the IL. Unlike <c>using</c> lines, this misses nothing but constants, which the compiler copies.
/// </summary>
internal static class CompiledReferences
{
    /// <summary>Each reference from one namespace of the assemblies to another, with an example.</summary>
    public static IReadOnlyDictionary<(string From, string To), string> Between(
        IReadOnlyCollection<Assembly> assemblies)
    {
        var references = new Dictionary<(string From, string To), string>();
        foreach (Type type in assemblies.SelectMany(assembly => assembly.GetTypes()))
        {
            foreach (Type used in UsedBy(type).SelectMany(Parts).Where(used => assemblies.Contains(used.Assembly)))
            {
                if (IsOurs(type) && IsOurs(used) && used.Namespace != type.Namespace)
                    references.TryAdd((type.Namespace!, used.Namespace!), $"{type.Name} uses {used.Name}");
            }
        }

        return references;
    }

    /// <summary>Whether a type was written by us: the compiler and its generators add types of their own.</summary>
    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("LatchLab", StringComparison.Ordinal) == true;

    /// <summary>The type without arrays, references and pointers, and its type arguments.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
            return Parts(type.GetElementType()!);
        if (type.IsGenericParameter)
            return [];
        return type.IsConstructedGenericType
            ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)]
            : [type];
    }

    private static IEnumerable<Type> UsedBy(Type type)
        =>
        [
            .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
            .. type.GetInterfaces(),
            .. Constraints(type.GetGenericArguments()),
            .. type.GetCustomAttributesData().Select(attribute => attribute.AttributeType),
            .. type.GetFields(CompiledCode.Declared).Select(field => field.FieldType),
            .. type.GetMembers(CompiledCode.Declared).SelectMany(member => member.GetCustomAttributesData())
                .Select(attribute => attribute.AttributeType),
            .. CompiledCode.MethodsOf(type).SelectMany(UsedBy),
        ];

    private static IEnumerable<Type> UsedBy(MethodBase method)
        =>
        [
            .. method.GetParameters().Select(parameter => parameter.ParameterType),
            .. method is MethodInfo { ReturnType: var result } ? [result] : Type.EmptyTypes,
            .. method.IsGenericMethodDefinition ? Constraints(method.GetGenericArguments()) : [],
            .. method.GetMethodBody() is { } body
                ? body.LocalVariables.Select(local => local.LocalType)
                : [],
            .. CompiledCode.Read(method).Select(instruction => instruction.Operand).OfType<MemberInfo>()
                .SelectMany(UsedBy),
        ];

    private static IEnumerable<Type> Constraints(Type[] arguments)
        => arguments.Where(argument => argument.IsGenericParameter)
            .SelectMany(argument => argument.GetGenericParameterConstraints());

    private static IEnumerable<Type> UsedBy(MemberInfo member) => member switch
    {
        Type type => [type],
        MethodInfo { IsGenericMethod: true } method => [method.DeclaringType!, .. method.GetGenericArguments()],
        _ => [member.DeclaringType!],
    };
}
