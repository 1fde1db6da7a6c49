using System.Text.Json;
using System.Text.Json.Serialization;

namespace LatchLab.Comparison.Rounds;

/// <summary>The maximum speed of one core, measured by <c>limit machine</c>; each number is a throughput.</summary>
internal sealed record MachineSpeed
{
    private static readonly JsonSerializerOptions SerializerOptions = new(JsonSerializerDefaults.Web);

    /// <summary>
    /// Nanoseconds of a fused multiply-add of eight numbers: the time of one operation at issue width.
    /// </summary>
    public required double FusedMultiplyAdd { get; init; }

    /// <summary>Nanoseconds of a division of eight numbers.</summary>
    public required double Divide { get; init; }

    /// <summary>
    /// The read bandwidth by the size of the data that are read repeatedly, one size per cache level.
    /// </summary>
    public required SortedDictionary<string, double> GigabytesPerSecond { get; init; }

    /// <summary>Scalar operations per nanosecond at issue width.</summary>
    public double OperationsPerNanosecond => KernelOperationCount.LanesPerVector / FusedMultiplyAdd;

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
            FusedMultiplyAdd = all.Min(one => one.FusedMultiplyAdd),
            Divide = all.Min(one => one.Divide),
            GigabytesPerSecond = new(all.SelectMany(one => one.GigabytesPerSecond)
                .GroupBy(one => one.Key, one => one.Value)
                .ToDictionary(level => level.Key, level => level.Max())),
        };
}
