using System.Text.Json;

namespace LatchLab.Comparison.Rounds;

/// <summary>The line of JSON that an implementation prints; missing values are null.</summary>
internal sealed record BenchmarkResult
{
    private static readonly JsonSerializerOptions SerializerOptions = new(JsonSerializerDefaults.Web);

    /// <summary>Nanoseconds of a unit-step in the fastest repetition.</summary>
    public required double Minimum { get; init; }

    /// <summary>Nanoseconds of a unit-step in the median repetition.</summary>
    public required double Median { get; init; }

    /// <summary>The trials in a batch.</summary>
    public int? Batch { get; init; }

    /// <summary>The variant of the network, if there are several.</summary>
    public string? Variant { get; init; }

    /// <summary>The wall-clock seconds of a whole run.</summary>
    public double? Seconds { get; init; }

    /// <summary>The trials of a whole run.</summary>
    public int? Trials { get; init; }

    /// <summary>The unit-steps of a whole run, including those of evaluation presentations.</summary>
    public long? UnitSteps { get; init; }

    /// <summary>The training presentations, or those that count against the budget of a search.</summary>
    public long? Presentations { get; init; }

    /// <summary>1 for each trial that converged, otherwise 0.</summary>
    public string? Converged { get; init; }

    /// <summary>Garbage collections while the second half of the trials ended.</summary>
    public int? Collections { get; init; }

    /// <summary>The bytes allocated per trial.</summary>
    public long? BytesPerTrial { get; init; }

    /// <summary>
    /// The wall-clock seconds from the start of the process until one trial, or the batch, has been presented every
    /// training sequence once; LatchLab reports its progress every 50 ms.
    /// </summary>
    public double? FirstPassSeconds { get; init; }

    /// <summary>The peak resident memory of the process of a whole run.</summary>
    public double? PeakMegabytes { get; init; }

    /// <summary>The speed of the machine, if the result was computed from it.</summary>
    public MachineSpeed? Speed { get; init; }

    /// <summary>Parses a line; returns null if it is invalid.</summary>
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
