using System.Runtime.InteropServices;
using LatchLab.Numerics;

namespace LatchLab.Tests.Numerics;

/// <summary>Lanes as arrays of numbers, and every lane operation by its name.</summary>
internal static class Lanes
{
    /// <summary>Operations whose result may be a NaN of any payload.</summary>
    public static IReadOnlyList<string> Arithmetic { get; } =
        ["+", "-", "*", "/", "fma", "negated fma", "square", "c - square", "complement", "sqrt", "tanh", "exp", "log"];

    /// <summary>Operations that copy or combine bit patterns without rounding.</summary>
    public static IReadOnlyList<string> Bitwise { get; } =
    [
        "negate", "&", "|", "^", "xor3", "<< 0", "<< 1", "<< 21", "<< 32", "<< 51", "<< 52", "<< 63",
        ">>> 0", ">>> 1", ">>> 32", ">>> 52", ">>> 63", "add bits", "multiply low", "min", "max", "copy sign",
        "where less", "rectify", "from", "from bits",
    ];

    public static TLane Apply<TLane>(string operation, TLane a, TLane b, TLane c)
        where TLane : unmanaged, IBitLane<TLane>
        => operation switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            "fma" => TLane.FusedMultiplyAdd(a, b, c),
            "negated fma" => TLane.FusedNegatedMultiplyAdd(a, b, c),
            "square" => TLane.Square(a),
            "c - square" => TLane.FusedNegatedSquareAdd(a, c),
            "complement" => TLane.MultiplyByComplement(a),
            "rectify" => TLane.Rectify(a),
            "sqrt" => TLane.Sqrt(a),
            "tanh" => TLane.Tanh(a),
            "exp" => TLane.Exp(a),
            "log" => TLane.Log(a),
            "negate" => -a,
            "&" => a & b,
            "|" => a | b,
            "^" => a ^ b,
            "xor3" => TLane.ExclusiveOr(a, b, c),
            "add bits" => TLane.AddUInt64(a, b),
            "multiply low" => TLane.MultiplyUInt32(a, b),
            "min" => TLane.Min(a, b),
            "max" => TLane.Max(a, b),
            "copy sign" => TLane.CopySign(a, b),
            "where less" => TLane.WhereLess(a, b, c, a),
            "from" => TLane.From(-1.5),
            "from bits" => TLane.FromBits(0x0123_4567_89AB_CDEF),
            _ when operation.StartsWith("<<", StringComparison.Ordinal) => a << int.Parse(operation[2..], null),
            _ => a >>> int.Parse(operation[3..], null),
        };

    public static TLane Load<TLane>(ReadOnlySpan<double> values)
        where TLane : unmanaged, ILane<TLane>
        => MemoryMarshal.Cast<double, TLane>(values)[0];

    public static double[] Numbers<TLane>(params ReadOnlySpan<TLane> lanes)
        where TLane : unmanaged, ILane<TLane>
        => MemoryMarshal.Cast<TLane, double>(lanes).ToArray();

    /// <summary>A hash of the results of every arithmetic path, the same for every lane type and machine.</summary>
    public static ulong Checksum<TLane>()
        where TLane : unmanaged, IBitLane<TLane>
    {
        const int count = 48 * 40; // a multiple of every lane count
        var results = new double[8][];
        for (int kind = 0; kind < results.Length; kind++)
            results[kind] = new double[count];
        Span<TLane> four = stackalloc TLane[4];
        for (int first = 0; first < count; first += TLane.Count)
        {
            var steps = new double[TLane.Count];
            var trials = new double[TLane.Count];
            for (int lane = 0; lane < TLane.Count; lane++)
            {
                steps[lane] = (first + lane - count / 2) * 0.731;
                trials[lane] = BitConverter.UInt64BitsToDouble((ulong)(first + lane));
            }

            TLane x = Load<TLane>(steps);
            RandomNumbers.FillGaussians(
                7, TLane.FromBits(1), TLane.FromBits(2), TLane.FromBits(3), Load<TLane>(trials), four);
            TLane third = x / TLane.From(3.0);
            Numbers(TLane.Tanh(x * TLane.From(0.01))).CopyTo(results[0], first);
            Numbers(TLane.Exp(x)).CopyTo(results[1], first);
            Numbers(TLane.Log(x * x)).CopyTo(results[2], first);
            Numbers(TLane.FusedMultiplyAdd(third, third, -third)).CopyTo(results[3], first);
            for (int i = 0; i < 4; i++)
                Numbers(four[i]).CopyTo(results[4 + i], first);
        }

        return results.SelectMany(kind => kind).Aggregate(
            14695981039346656037UL, (hash, x) => (hash ^ BitConverter.DoubleToUInt64Bits(x)) * 1099511628211UL);
    }
}
