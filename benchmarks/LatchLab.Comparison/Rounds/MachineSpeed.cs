using System.Text.Json;
using System.Text.Json.Serialization;

namespace LatchLab.Comparison.Rounds;

/// <summary>What one core does at most, as <c>limit machine</c> measures it: each number by throughput.</summary>
internal sealed record MachineSpeed
{
    private static readonly JsonSerializerOptions SerializerOptions = new(JsonSerializerDefaults.Web);

    /// <summary>
    /// Nanoseconds of a multiplication with addition of eight numbers: of one operation at issue width.
    /// </summary>
    public required double FusedMultiplyAdd { get; init; }

    /// <summary>Nanoseconds of a division of eight numbers.</summary>
    public required double Divide { get; init; }

    /// <summary>How much is read in a second, by the size of what is read again and again: from each cache.</summary>
    public required SortedDictionary<string, double> GigabytesPerSecond { get; init; }

    /// <summary>Operations of single numbers in a nanosecond, at issue width.</summary>
    public double OperationsPerNanosecond => KernelOperationCount.LanesPerVector / FusedMultiplyAdd;

    /// <summary>The bandwidths, the fastest first.</summary>
    [JsonIgnore]
    public IEnumerable<KeyValuePair<string, double>> Bandwidths
        => GigabytesPerSecond.OrderByDescending(one => one.Value);

    /// <summary>Reads the line; null if it is none.</summary>
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

    /// <summary>The machine undisturbed: of every number the best; null where there is none.</summary>
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
