using System.Globalization;

namespace LatchLab.Comparison.Rounds;

/// <summary>
/// The operations and bytes of a unit-step of a kernel, as in <c>limit/operations.h</c>: vector operations other than
/// loads and stores, and bytes between registers and memory. An operation counts once for each of its numbers; a fused
/// multiply-add counts as one, and so does a division. Updates are not counted: they are about 1 %.
/// </summary>
/// <param name="Forward">Operations of the forward pass, without the one division.</param>
/// <param name="Backward">Operations of the backward pass.</param>
/// <param name="Bytes">Bytes read and written in both passes.</param>
internal sealed record KernelOperationCount(double Forward, double Backward, double Bytes)
{
    /// <summary>The numbers in a vector of 512 bits.</summary>
    public const int LanesPerVector = 8;

    // Ten multiplications and fused multiply-adds, five additions and subtractions, three bit operations, a minimum and
    // a shift.
    private const int TangentOperations = 20;

    private const int FiveUnitsCount = 5, BytesPerNumber = sizeof(double);

    /// <summary>The counts by section name, for the kernels that are compared with the arithmetic limit.</summary>
    public static IReadOnlyDictionary<string, KernelOperationCount> ByName { get; } =
        new Dictionary<string, KernelOperationCount>
    {
        [BenchmarkPlan.Latch] = Latch,
        [BenchmarkPlan.FiveUnits] = FiveUnits,
        [BenchmarkPlan.Parity] = Parity,
        [BenchmarkPlan.Tangents] = Tangent,
    };

    /// <summary>All operations, including the division.</summary>
    public double Operations => Forward + 1 + Backward;

    /// <summary>The operations per byte.</summary>
    public double ArithmeticIntensity => Operations / Bytes;

    /// <summary>The counts as text.</summary>
    public string Description
        => string.Create(CultureInfo.InvariantCulture,
            $"a division and {Forward} operations of {LanesPerVector} numbers ") +
            (Backward > 0 ? string.Create(CultureInfo.InvariantCulture, $"forward, {Backward} backward, ") : "") +
            "that do not depend on each other";

    private static KernelOperationCount Tangent => new(TangentOperations, 0, 2 * BytesPerNumber);

    /// <summary>
    /// Forward pass: w·x + h, which reads h and writes x. Backward pass: the derivative, the gradient, its sum and the
    /// adjoint; it reads only the earlier state, because the later one is still in a register.
    /// </summary>
    private static KernelOperationCount Latch => new(TangentOperations + 1, 4, (2 + 1) * BytesPerNumber);

    /// <summary>
    /// A fifth of a step. Forward pass: a sum over five units, which reads five weights, the previous state and a fifth
    /// of the input, and writes the state. Backward pass: the derivative and the gradient, five adjoints and five
    /// gradient sums, which reads five weights and a state; the sums stay in registers.
    /// </summary>
    private static KernelOperationCount FiveUnits
        => new(TangentOperations + FiveUnitsCount, 2 + (2 * FiveUnitsCount),
            (FiveUnitsCount + 2 + (1.0 / FiveUnitsCount) + FiveUnitsCount + 1) * BytesPerNumber);

    /// <summary>
    /// Half of a step. Forward pass: two sums with five products, which reads seven weights, the input and the previous
    /// output, and writes two states. Backward pass: two derivatives and two gradients, the adjoints of the hidden unit
    /// and of the previous output (three products), and seven gradient sums; it reads the input and two states.
    /// </summary>
    private static KernelOperationCount Parity
        => new(TangentOperations + (5 / 2.0), (4 + 3 + 7) / 2.0, (7 + 2 + 2 + 3) / 2.0 * BytesPerNumber);
}
