using LatchLab.Dynamics;

namespace LatchLab.Diagnosis.Questions;

/// <summary>
/// The answers about a trained network. What was not asked, needs data that were not given, or was left out by the
/// budget is null; <see cref="Skipped"/> says which and why.
/// </summary>
public sealed record TrainedNetworkDiagnosis
{
    /// <summary>The network.</summary>
    public required TrainedNetwork Model { get; init; }

    /// <summary>What was asked.</summary>
    public required DiagnosisOptions Options { get; init; }

    /// <summary>The sequences; null without data.</summary>
    public SequenceData? Data { get; init; }

    /// <summary>Gates of all layers.</summary>
    public IReadOnlyList<GateStatistics>? Gates { get; init; }

    /// <summary>Hidden values of all layers.</summary>
    public IReadOnlyList<UnitStatistics>? Units { get; init; }

    /// <summary>How far back training can see.</summary>
    public GradientByLag? Gradient { get; init; }

    /// <summary>By how much any gradient may grow.</summary>
    public OperatorNorms? Norms { get; init; }

    /// <summary>How far back the network remembers.</summary>
    public InfluenceByLag? Influence { get; init; }

    /// <summary>What it stores, for each held input.</summary>
    public IReadOnlyList<RetentionAtRest> Retention { get; init; } = [];

    /// <summary>Exponents along the data, of the sequences one after the other.</summary>
    public LyapunovSpectrum? Driven { get; init; }

    /// <summary>Exponents at rest, for each held input.</summary>
    public IReadOnlyList<LyapunovSpectrum> Rest { get; init; } = [];

    /// <summary>The fixed points at rest, for each held input.</summary>
    public IReadOnlyList<RestPoints> FixedPoints { get; init; } = [];

    /// <summary>How much noise the stored states survive, for each held input.</summary>
    public IReadOnlyList<NoiseAtRest> Noise { get; init; } = [];

    /// <summary>Where visited states move at rest with the first held input.</summary>
    public Relaxation? Relaxation { get; init; }

    /// <summary>Slow points at rest with the first held input, if no fixed point there is stable.</summary>
    public SlowPoints? SlowPoints { get; init; }

    /// <summary>Some of the states that the data visit; null without data.</summary>
    public VisitedSample? Visited { get; init; }

    /// <summary>What was not computed, and why, one sentence each.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    /// <summary>The numbers of the verdict, at rest with the first held input.</summary>
    public VerdictNumbers Numbers => new()
    {
        TaskLength = Options.TaskLength,
        Driven = FirstOf(Driven),
        Rest = Rest is [var rest, ..] ? FirstOf(rest) : null,
        StatesAtStart = FirstRetention?.Points[0].StatesApart,
        StatesBefore = FirstRetention is { Points.Count: > 2 } lasting ? lasting.Points[^3].StatesApart : null,
        StatesAtEnd = FirstRetention?.Points[^1].StatesApart,
        QuietSteps = FirstRetention?.Points[^1].Steps ?? 0,
        OutputSpreadShare = FirstRetention is { } first
            ? first.Points[^1].OutputSpread / first.Points[0].OutputSpread : double.NaN,
        Period = FirstRetention?.Period ?? 0,
        DeadShare = Units is null ? 0.0
            : (double)Units.Sum(layer => layer.Dead.Count) / Units.Sum(layer => layer.Deviations.Count),
        LargestNorm = Norms?.Largest,
    };

    /// <summary>The verdict.</summary>
    public VerdictCode Verdict => Questions.Verdict.Decide(Numbers);

    private RetentionAtRest? FirstRetention => Retention is [var first, ..] ? first : null;

    private static LyapunovExponent? FirstOf(LyapunovSpectrum? spectrum)
        => spectrum?.Exponents is [var first, ..] ? first : null;
}
