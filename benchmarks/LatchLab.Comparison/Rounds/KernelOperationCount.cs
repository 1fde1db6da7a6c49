using System.Globalization;

namespace LatchLab.Comparison.Rounds;

/// <summary>
/// What a unit-step of a kernel costs at least, counted in the hand-written programs (<c>limit/*.h</c>): operations of
/// a vector other than loads and stores, and bytes between registers and memory. An operation counts once for each of
/// its numbers, a multiplication with addition is one, and so is a division. Updates are left out: a hundredth.
/// </summary>
/// <param name="Forward">Operations on the way forward, the one division apart.</param>
/// <param name="Backward">Operations on the way back.</param>
/// <param name="Bytes">Read and written, forward and back.</param>
internal sealed record KernelOperationCount(int Forward, int Backward, double Bytes)
{
    /// <summary>Numbers in a vector of 512 bits.</summary>
    public const int LanesPerVector = 8;

    // Five of bits and size (min, and, and, shift, ternary logic), nine multiplications with addition, two without, and
    // five additions and subtractions.
    private const int TangentOperations = 21;

    private const int Units = 5, BytesPerNumber = sizeof(double);

    /// <summary>The costs by the names of works; only kernels that are held against the arithmetic limit.</summary>
    public static IReadOnlyDictionary<string, KernelOperationCount> ByName { get; } =
        new Dictionary<string, KernelOperationCount>
    {
        [BenchmarkPlan.Latch] = Latch,
        [BenchmarkPlan.FiveUnits] = FiveUnits,
        [BenchmarkPlan.Tangents] = Tangent,
    };

    /// <summary>All operations, the division among them.</summary>
    public int Operations => Forward + 1 + Backward;

    /// <summary>Operations for each byte.</summary>
    public double ArithmeticIntensity => Operations / Bytes;

    /// <summary>The counts, in words.</summary>
    public string Description
        => string.Create(CultureInfo.InvariantCulture,
            $"one division and {Forward} operations of {LanesPerVector} numbers ") +
            $"{(Backward > 0 ? $"forward, {Backward} back, " : "")}at the issue width";

    private static KernelOperationCount Tangent => new(TangentOperations, 0, 2 * BytesPerNumber);

    /// <summary>
    /// Forward w·x + h, which reads h and writes x. Back the slope, the gradient, its sum and the signal; of the states
    /// only the earlier one is read, the later one is still there.
    /// </summary>
    private static KernelOperationCount Latch => new(TangentOperations + 1, 4, (2 + 1) * BytesPerNumber);

    /// <summary>
    /// A fifth of a step. Forward a sum over five units, which reads five weights, the state before and a fifth of the
    /// input, and writes the state; back the slope and the gradient, five signals and five sums of gradients, which
    /// reads five weights and a state, and reads and writes the sums.
    /// </summary>
    private static KernelOperationCount FiveUnits
        => new(TangentOperations + Units, 2 + (2 * Units),
            (Units + 2 + (1.0 / Units) + Units + 1 + (2 * Units)) * BytesPerNumber);

    /// <summary>
    /// The arithmetic limit: nanoseconds of a unit-step if all units of the processor were busy all the time. Divisions
    /// run beside other operations; the way back runs after the way forward, whose last state it begins with.
    /// </summary>
    public double ComputeLowerBound(MachineSpeed speed)
        => (Math.Max(speed.Divide, Forward * speed.FusedMultiplyAdd) + Backward * speed.FusedMultiplyAdd)
            / LanesPerVector;
}
