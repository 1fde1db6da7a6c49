using System.Globalization;

namespace LatchLab.Comparison.Rounds;

/// <summary>
/// The minimal cost of a unit-step of a kernel, counted in the hand-written programs (<c>limit/*.h</c>): vector
/// operations other than loads and stores, and bytes between registers and memory. An operation counts once for each of
/// its numbers; a fused multiply-add counts as one, and so does a division. Updates are not counted: they are about 1
/// %.
/// </summary>
/// <param name="Forward">Operations of the forward pass, without the one division.</param>
/// <param name="Backward">Operations of the backward pass.</param>
/// <param name="Bytes">Bytes read and written in both passes.</param>
internal sealed record KernelOperationCount(int Forward, int Backward, double Bytes)
{
    /// <summary>The numbers in a vector of 512 bits.</summary>
    public const int LanesPerVector = 8;

    // Five bit and comparison operations (min, and, and, shift, ternary logic), nine fused multiply-adds, two
    // multiplications, and five additions and subtractions.
    private const int TangentOperations = 21;

    private const int Units = 5, BytesPerNumber = sizeof(double);

    /// <summary>The counts by section name, for the kernels that are compared with the arithmetic limit.</summary>
    public static IReadOnlyDictionary<string, KernelOperationCount> ByName { get; } =
        new Dictionary<string, KernelOperationCount>
    {
        [BenchmarkPlan.Latch] = Latch,
        [BenchmarkPlan.FiveUnits] = FiveUnits,
        [BenchmarkPlan.Tangents] = Tangent,
    };

    /// <summary>All operations, including the division.</summary>
    public int Operations => Forward + 1 + Backward;

    /// <summary>The operations per byte.</summary>
    public double ArithmeticIntensity => Operations / Bytes;

    /// <summary>The counts as text.</summary>
    public string Description
        => string.Create(CultureInfo.InvariantCulture,
            $"one division and {Forward} operations of {LanesPerVector} numbers ") +
            $"{(Backward > 0 ? $"forward, {Backward} backward, " : "")}at the issue width";

    private static KernelOperationCount Tangent => new(TangentOperations, 0, 2 * BytesPerNumber);

    /// <summary>
    /// Forward pass: w·x + h, which reads h and writes x. Backward pass: the derivative, the gradient, its sum and the
    /// adjoint; it reads only the earlier state, because the later one is still in a register.
    /// </summary>
    private static KernelOperationCount Latch => new(TangentOperations + 1, 4, (2 + 1) * BytesPerNumber);

    /// <summary>
    /// A fifth of a step. Forward pass: a sum over five units, which reads five weights, the previous state and a fifth
    /// of the input, and writes the state. Backward pass: the derivative and the gradient, five adjoints and five
    /// gradient sums, which reads five weights and a state, and reads and writes the sums.
    /// </summary>
    private static KernelOperationCount FiveUnits
        => new(TangentOperations + Units, 2 + (2 * Units),
            (Units + 2 + (1.0 / Units) + Units + 1 + (2 * Units)) * BytesPerNumber);

    /// <summary>
    /// The arithmetic limit: nanoseconds of a unit-step if all execution units of the processor were always busy.
    /// Divisions overlap with other operations; the backward pass starts after the forward pass, because it needs the
    /// last state.
    /// </summary>
    public double ComputeLowerBound(MachineSpeed speed)
        => (Math.Max(speed.Divide, Forward * speed.FusedMultiplyAdd) + Backward * speed.FusedMultiplyAdd)
            / LanesPerVector;
}
