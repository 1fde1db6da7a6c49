using System.Text.Json;
using System.Text.Json.Serialization;

namespace LatchLab.Comparison.Rounds;

/// <summary>
/// The arithmetic limit of a kernel: nanoseconds of the operations of a unit-step if none depends on another.
/// </summary>
/// <param name="Forward">Those of the forward pass.</param>
/// <param name="Backward">Those of the backward pass, which needs the last state of the forward pass.</param>
internal sealed record ArithmeticLimit(double Forward, double Backward)
{
    /// <summary>Nanoseconds of a unit-step.</summary>
    public double Total => Forward + Backward;
}

/// <summary>The maximum speed of one core, measured by <c>limit machine</c>; each number is a throughput.</summary>
internal sealed record MachineSpeed
{
    private static readonly JsonSerializerOptions SerializerOptions = new(JsonSerializerDefaults.Web);

    /// <summary>The arithmetic limits of the kernels by section name.</summary>
    public required SortedDictionary<string, ArithmeticLimit> Kernels { get; init; }

    /// <summary>
    /// Nanoseconds of an operation of eight numbers in a mixture of fused multiply-adds (half), additions and bit
    /// operations, the highest rate of operations.
    /// </summary>
    public required double MixedOperation { get; init; }

    /// <summary>Nanoseconds of a fused multiply-add of eight numbers.</summary>
    public required double FusedMultiplyAdd { get; init; }

    /// <summary>Nanoseconds of a division of eight numbers.</summary>
    public required double Divide { get; init; }

    /// <summary>
    /// The read bandwidth by the size of the data that are read repeatedly, one size per cache level.
    /// </summary>
    public required SortedDictionary<string, double> GigabytesPerSecond { get; init; }

    /// <summary>Scalar operations per nanosecond in the mixture.</summary>
    public double OperationsPerNanosecond => KernelOperationCount.LanesPerVector / MixedOperation;

    /// <summary>The bandwidths, the fastest first.</summary>
    [JsonIgnore]
    public IEnumerable<KeyValuePair<string, double>> Bandwidths
        => GigabytesPerSecond.OrderByDescending(one => one.Value);

    /// <summary>Parses a line; returns null if it is invalid.</summary>
    public static MachineSpeed? TryRead(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<MachineSpeed>(line, SerializerOptions);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// The best value of every number, which is least disturbed by other load; null if there is none.
    /// </summary>
    public static MachineSpeed? SelectBest(IReadOnlyList<MachineSpeed> all)
        => all.Count == 0 ? null : new()
        {
            Kernels = new(all.SelectMany(one => one.Kernels).GroupBy(one => one.Key, one => one.Value)
                .ToDictionary(kernel => kernel.Key, kernel => kernel.MinBy(limit => limit.Total)!)),
            MixedOperation = all.Min(one => one.MixedOperation),
            FusedMultiplyAdd = all.Min(one => one.FusedMultiplyAdd),
            Divide = all.Min(one => one.Divide),
            GigabytesPerSecond = new(all.SelectMany(one => one.GigabytesPerSecond)
                .GroupBy(one => one.Key, one => one.Value)
                .ToDictionary(level => level.Key, level => level.Max())),
        };
}
