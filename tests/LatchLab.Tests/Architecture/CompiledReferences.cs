using System.Reflection;
using System.Reflection.Emit;

namespace LatchLab.Tests.Architecture;

/// <summary>
/// Reads from compiled assemblies which namespaces refer to which: base types, signatures, attributes, local variables
/// and every token of the IL. Unlike <c>using</c> lines, this misses nothing but constants, which the compiler copies.
/// </summary>
internal static class CompiledReferences
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
        | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

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
    {
        MethodBase[] methods = [.. type.GetMethods(All), .. type.GetConstructors(All)];
        return
        [
            .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
            .. type.GetInterfaces(),
            .. Constraints(type.GetGenericArguments()),
            .. type.GetCustomAttributesData().Select(attribute => attribute.AttributeType),
            .. type.GetFields(All).Select(field => field.FieldType),
            .. type.GetMembers(All).SelectMany(member => member.GetCustomAttributesData())
                .Select(attribute => attribute.AttributeType),
            .. methods.SelectMany(UsedBy),
        ];
    }

    private static IEnumerable<Type> UsedBy(MethodBase method)
        =>
        [
            .. method.GetParameters().Select(parameter => parameter.ParameterType),
            .. method is MethodInfo { ReturnType: var result } ? [result] : Type.EmptyTypes,
            .. method.IsGenericMethodDefinition ? Constraints(method.GetGenericArguments()) : [],
            .. method.GetMethodBody() is { } body
                ? body.LocalVariables.Select(local => local.LocalType).Concat(UsedByCode(method, body))
                : [],
        ];

    private static IEnumerable<Type> Constraints(Type[] arguments)
        => arguments.Where(argument => argument.IsGenericParameter)
            .SelectMany(argument => argument.GetGenericParameterConstraints());

    private static IEnumerable<Type> UsedByCode(MethodBase method, MethodBody body)
    {
        byte[] code = body.GetILAsByteArray()!;
        Type[]? ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE)
                value = (short)((value << 8) | code[at++]);
            OperandType operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType
                or OperandType.InlineTok)
            {
                MemberInfo member = method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod)!;
                foreach (Type used in UsedBy(member))
                    yield return used;
            }

            at += SizeOf(operand, code, at);
        }
    }

    private static IEnumerable<Type> UsedBy(MemberInfo member) => member switch
    {
        Type type => [type],
        MethodInfo { IsGenericMethod: true } method => [method.DeclaringType!, .. method.GetGenericArguments()],
        _ => [member.DeclaringType!],
    };

    private static int SizeOf(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
