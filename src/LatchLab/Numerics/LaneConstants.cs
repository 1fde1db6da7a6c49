using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>
/// A constant that inner loops load (<see cref="ILane{TLane}.Load"/>); see <see cref="LaneConstants"/>.
/// </summary>
public enum LaneConstant
{
    /// <summary>1.</summary>
    One,

    /// <summary>½.</summary>
    Half,

    /// <summary>Above it, <see cref="Elementary.Tanh{TLane}"/> is 1.</summary>
    TanhLimit,

    /// <summary>1.5·2⁵² + 2·1022: adding it rounds to an integer whose low bits are then an exponent.</summary>
    TanhShift,

    /// <summary>4/ln 2.</summary>
    FourOverLn2,

    /// <summary>−¼·ln 2.</summary>
    MinusQuarterLn2,

    /// <summary>Coefficient of z⁵ in <c>(r·coth r − 1)/z</c>, z = r².</summary>
    Coth5,

    /// <summary>Of z⁴.</summary>
    Coth4,

    /// <summary>Of z³.</summary>
    Coth3,

    /// <summary>Of z².</summary>
    Coth2,

    /// <summary>Of z.</summary>
    Coth1,

    /// <summary>Of 1.</summary>
    Coth0,
}

/// <summary>
/// The numbers of the constants, by name. The polynomial is minimax by the Remez exchange in 60-digit arithmetic.
/// </summary>
internal static class LaneConstants
{
    public const double One = 1.0,
        Half = 0.5,
        TanhLimit = 300.0,
        TanhShift = 6755399441055744.0 + (2 * 1022),
        FourOverLn2 = 5.7707801635558535,
        MinusQuarterLn2 = -0.17328679513998632,
        Coth5 = -2.113855169015592e-06,
        Coth4 = 2.1373198495844683e-05,
        Coth3 = -0.00021164000517389462,
        Coth2 = 0.0021164021117133602,
        Coth1 = -0.02222222222217325,
        Coth0 = 0.33333333333333315;

    /// <summary>The same: [<see cref="LaneConstant"/>].</summary>
    public static IReadOnlyList<double> Values { get; } =
    [
        One, Half, TanhLimit, TanhShift, FourOverLn2, MinusQuarterLn2, Coth5, Coth4,
        Coth3, Coth2, Coth1, Coth0,
    ];
}

/// <summary>
/// The constants in every lane of a vector. The compiler would broadcast a constant from memory wherever it is used,
/// which on some processors (AMD Zen 4) takes the place of an arithmetic operation; a load does not.
/// </summary>
internal static class LaneConstants<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    private static readonly LaneMemory<TLane> Memory = CreateMemory();

    // An address that the compiler does not know to be constant: it loads it into a register once.
    private static nint Address = Memory.Address;

    /// <summary>
    /// Fills the memory. Code that is compiled afterwards need not ask whether it is filled.
    /// </summary>
    public static void Initialize() => RuntimeHelpers.RunClassConstructor(typeof(LaneConstants<TLane>).TypeHandle);

    /// <summary>The constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Load(LaneConstant constant)
        => Unsafe.AddByteOffset(ref Unsafe.NullRef<TLane>(), Address + ((nint)constant * Unsafe.SizeOf<TLane>()));

    private static LaneMemory<TLane> CreateMemory()
    {
        var memory = new LaneMemory<TLane>(LaneConstants.Values.Count);
        for (int i = 0; i < memory.Length; i++)
            memory.Values[i] = TLane.From(LaneConstants.Values[i]);
        return memory;
    }
}
