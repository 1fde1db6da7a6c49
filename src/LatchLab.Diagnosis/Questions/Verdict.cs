using LatchLab.Dynamics;

namespace LatchLab.Diagnosis.Questions;

/// <summary>The numbers that a verdict rests on; null for what was not computed.</summary>
public sealed record VerdictNumbers
{
    /// <summary>T, the steps that the task needs; null if not given.</summary>
    public int? TaskLength { get; init; }

    /// <summary>λ_1 along the data.</summary>
    public LyapunovExponent? Driven { get; init; }

    /// <summary>λ_1 at rest.</summary>
    public LyapunovExponent? Rest { get; init; }

    /// <summary>The states that are told apart at the beginning of the quiet steps.</summary>
    public int? StatesAtStart { get; init; }

    /// <summary>The states that are told apart in the middle of the quiet steps, on a logarithmic scale.</summary>
    public int? StatesBefore { get; init; }

    /// <summary>The states that are told apart after the last quiet step.</summary>
    public int? StatesAtEnd { get; init; }

    /// <summary>The number of quiet steps.</summary>
    public int QuietSteps { get; init; }

    /// <summary>The spread of the outputs at the end as a share of that at the beginning.</summary>
    public double OutputSpreadShare { get; init; }

    /// <summary>The period of the end states: 1 at rest, 0 for none.</summary>
    public int Period { get; init; }

    /// <summary>The share of hidden values that never vary.</summary>
    public double DeadShare { get; init; }

    /// <summary>The largest operator norm of the products of Jacobians.</summary>
    public double? LargestNorm { get; init; }
}

/// <summary>
/// The verdict: a pure function of <see cref="VerdictNumbers"/> and the thresholds of this file. The first rule that
/// applies decides, the gravest fault first.
/// </summary>
public static class Verdict
{
    /// <summary>From this share of dead hidden values on, the network is dead; a decision.</summary>
    public const double DeadShare = 0.9;

    /// <summary>Outputs whose spread fell to this share have forgotten; a decision.</summary>
    public const double ForgottenShare = 1e-3;

    /// <summary>A norm above this value counts as an explosion; a decision.</summary>
    public const double ExplosiveNorm = 10.0;

    /// <summary>A change of ln over all quiet steps below this is rounding: nothing contracts; a decision.</summary>
    public const double NeutralChange = 1e-6;

    /// <summary>Decides.</summary>
    public static VerdictCode Decide(VerdictNumbers numbers)
    {
        if (numbers.DeadShare >= DeadShare)
            return VerdictCode.Dead;
        if (IsChaotic(numbers))
            return VerdictCode.Chaotic;
        if (IsMarginal(numbers))
            return VerdictCode.Marginal;
        if (numbers.StatesAtEnd is not { } states)
            return VerdictCode.Undecided;
        if (states == 1 || numbers.OutputSpreadShare < ForgottenShare)
        {
            return numbers.Period > 1 ? VerdictCode.Oscillates
                : numbers.LargestNorm > ExplosiveNorm ? VerdictCode.ExplodesTransiently : VerdictCode.Forgets;
        }

        if (numbers.Period > 1)
            return VerdictCode.Oscillates;
        if (numbers.Rest is not { } rest)
            return VerdictCode.Undecided;
        bool contracts = rest.Upper * numbers.QuietSteps < -1.0;
        if (contracts && numbers.Period == 1 && states == numbers.StatesBefore)
            return VerdictCode.Latches;
        bool isNeutral = Math.Abs(rest.Value) * numbers.QuietSteps < NeutralChange;
        return isNeutral && states == numbers.StatesAtStart ? VerdictCode.Marginal : VerdictCode.SlowManifold;
    }

    /// <summary>λ_1·T, by which power of e errors and gradients change over the task; NaN if unknown.</summary>
    public static (double Lower, double Upper) GrowthOverTask(VerdictNumbers numbers)
        => numbers is { TaskLength: { } length, Driven: { } exponent }
            ? (exponent.Lower * length, exponent.Upper * length) : (double.NaN, double.NaN);

    /// <summary>Whether errors neither grow nor shrink by more than e over the task.</summary>
    public static bool CarriesTask(VerdictNumbers numbers)
        => GrowthOverTask(numbers) is { Lower: > -1.0, Upper: < 1.0 };

    /// <summary>
    /// Small differences grow: along the data, or at rest if there are none; by more than e over the task, if its
    /// length is given.
    /// </summary>
    private static bool IsChaotic(VerdictNumbers numbers)
        => (numbers.Driven ?? numbers.Rest) is { } exponent
            && exponent.Lower > (numbers.TaskLength is { } length ? 1.0 / length : 0.0);

    private static bool IsMarginal(VerdictNumbers numbers)
        => GrowthOverTask(numbers) is { Lower: < -1.0, Upper: > 1.0 };
}
