using System.Reflection;
using System.Reflection.Emit;

namespace LatchLab.Tests.Architecture;

/// <summary>The instructions of compiled methods: what a source file says, without its spelling.</summary>
internal static class CompiledCode
{
    /// <summary>The members that a type declares, of every visibility.</summary>
    public const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
        | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>An instruction with the member or the string to which it refers; null for any other operand.</summary>
    public readonly record struct Instruction(OpCode Code, object? Operand);

    /// <summary>The methods and constructors that a type declares.</summary>
    public static IEnumerable<MethodBase> MethodsOf(Type type)
        => [.. type.GetMethods(Declared), .. type.GetConstructors(Declared)];

    /// <summary>The instructions of a method; none if it has no body.</summary>
    public static IEnumerable<Instruction> Read(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
            yield break;
        Type[]? ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE)
                value = (short)((value << 8) | code[at++]);
            OpCode opCode = OpCodesByValue[value];
            yield return new(opCode, opCode.OperandType switch
            {
                OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok
                    => method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod),
                OperandType.InlineString => method.Module.ResolveString(BitConverter.ToInt32(code, at)),
                _ => null,
            });
            at += SizeOf(opCode.OperandType, code, at);
        }
    }

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
