using System.Text.Json;

namespace LatchLab.Comparison.Rounds;

/// <summary>The line of JSON that a contestant prints; what it does not say is null.</summary>
internal sealed record BenchmarkResult
{
    private static readonly JsonSerializerOptions SerializerOptions = new(JsonSerializerDefaults.Web);

    /// <summary>Nanoseconds of a unit-step in the fastest repetition.</summary>
    public required double Minimum { get; init; }

    /// <summary>Nanoseconds of a unit-step in the median repetition.</summary>
    public required double Median { get; init; }

    /// <summary>Trials of a batch.</summary>
    public int? Batch { get; init; }

    /// <summary>How the network is written, where there are several ways.</summary>
    public string? Variant { get; init; }

    /// <summary>Of a whole run.</summary>
    public double? Seconds { get; init; }

    /// <summary>Trials of a whole run.</summary>
    public int? Trials { get; init; }

    /// <summary>Unit-steps of a whole run: of all presentations, those that only judge included.</summary>
    public long? UnitSteps { get; init; }

    /// <summary>Presentations that taught, or that a search was charged with.</summary>
    public long? Presentations { get; init; }

    /// <summary>1 for each trial that converged, otherwise 0.</summary>
    public string? Converged { get; init; }

    /// <summary>Garbage collections while the second half of the trials ended.</summary>
    public int? Collections { get; init; }

    /// <summary>Allocated for a trial.</summary>
    public long? BytesPerTrial { get; init; }

    /// <summary>What the machine can do, where the result was computed from that.</summary>
    public MachineSpeed? Speed { get; init; }

    /// <summary>Reads the line; null if it is none.</summary>
    public static BenchmarkResult? TryRead(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<BenchmarkResult>(line, SerializerOptions);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
