using LatchLab.Figures;
using LatchLab.Numerics;
using LatchLab.Paper.Claims;
using LatchLab.Statistics;

namespace LatchLab.Paper.Power;

/// <summary>What simulated data sets show about the test of a claim.</summary>
/// <param name="Row">The claim.</param>
/// <param name="Parts">The number of its parts.</param>
/// <param name="BankTrials">The trials of a group in the bank; the smallest group.</param>
/// <param name="Power">The trials that the claim needs.</param>
/// <param name="Decided">For each number of trials, in how many data sets the claim was decided.</param>
/// <param name="FalselyReproduced">
/// The data sets in which a part whose quantity equals its threshold holds, for the part where this is most frequent:
/// if all other parts hold, the claim is then wrongly reproduced.
/// </param>
/// <param name="WorstPart">The label of that part.</param>
/// <param name="FalselyNotReproduced">
/// The data sets in which a claim is not reproduced whose quantities all equal their thresholds.
/// </param>
public sealed record SimulatedClaim(
    string Row, int Parts, int BankTrials, string Power, IReadOnlyList<(int Trials, Proportion Decided)> Decided,
    Proportion FalselyReproduced, string WorstPart, Proportion FalselyNotReproduced);

/// <summary>
/// Simulates data sets from a bank of real trials: for the power of the test of a claim by drawing trials with
/// replacement, the same trials in every part that they belong to; and for its errors by drawing them with quantities
/// that equal their thresholds (<see cref="NullSample"/>).
/// </summary>
internal sealed class ClaimSimulation(ulong seed, int dataSets, int threads)
{
    private const uint RandomWord = 5; // of this section of the reading; belongs to no configuration
    private const double RequiredPower = 0.95;
    private const int PowerDataSets = 1000;

    /// <summary>The numbers of trials that are tried.</summary>
    public static IReadOnlyList<int> TrialCounts { get; } = [30, 60, 100, 200, 500, 1000, 2000];

    /// <summary>Simulates a claim.</summary>
    /// <param name="sample">The claim with the trials of the bank.</param>
    /// <param name="trials">The trials of a group in the data sets of the errors.</param>
    /// <param name="cancellation">Cancels the simulation.</param>
    public (ClaimPower Power, SimulatedClaim Result) Simulate(
        ClaimSample sample, int trials, CancellationToken cancellation)
    {
        List<(int Trials, Proportion Decided)> decided = [];
        foreach (int count in TrialCounts)
        {
            decided.Add((count, Count(
                PowerDataSets,
                0,
                random => ClaimVerdict.Decide(sample.Row.Formula, Resample(sample.Parts, count, random))
                    != Verdict.Undecided,
                cancellation)));
            if (decided[^1].Decided.Frequency >= RequiredPower)
                break;
        }

        bool isEnough = decided[^1].Decided.Frequency >= RequiredPower;
        var power = new ClaimPower(sample.Row.Key, decided[^1].Trials, isEnough, !isEnough && IsTooClose(sample));
        NullSample[] nulls = [.. sample.Parts.Select(part => new NullSample(part))];
        (Proportion Rate, string Label) worst = nulls.Zip(sample.Parts).Select((entry, i) => (
            Rate: Count(
                dataSets, 1 + i, random => DecidesWrongly(sample.Row.Formula, entry.First.Draw(trials, random)),
                cancellation),
            entry.Second.Label)).MaxBy(entry => entry.Rate.Frequency);
        Proportion all = Count(
            dataSets,
            -1,
            random => ClaimVerdict.Decide(sample.Row.Formula, [.. nulls.Select(part => part.Draw(trials, random))])
                == (sample.Row.Formula == Formula.All ? Verdict.NotReproduced : Verdict.Reproduced),
            cancellation);
        return (power, new(
            sample.Row.Key, sample.Parts.Count, sample.Parts.Min(part => part.Groups.Min(group => group.Length)),
            power.FormatLine(), decided, worst.Rate, worst.Label, all));
    }

    /// <summary>Whether a part at its threshold lies on the side that all parts need for the verdict.</summary>
    private static bool DecidesWrongly(Formula formula, PartSample part)
        => part.Rule.Decide(part.Estimate(1.0 - ClaimVerdict.Level))
            == (formula == Formula.All ? PartResult.Holds : PartResult.Fails);

    /// <summary>
    /// Whether no part is on the deciding side by the smallest effect of interest, and some part is within it.
    /// </summary>
    private static bool IsTooClose(ClaimSample sample)
    {
        double sign = sample.Row.Formula == Formula.All ? 1.0 : -1.0;
        double[] margins =
        [
            .. from part in sample.Parts
               let difference = part.Estimate(0.5).Value - part.Rule.Threshold
               select sign * (part.Rule.Side == Side.Above ? difference : -difference) / part.Rule.SmallestEffect,
        ];
        return margins.Min() >= -1.0 && margins.Min() <= 1.0;
    }

    /// <summary>
    /// Draws trials with replacement. All parts use the same numbers, so that a trial of one part is the same trial of
    /// another.
    /// </summary>
    private static PartSample[] Resample(IReadOnlyList<PartSample> parts, int trials, UniformStream random)
    {
        var positions = new double[trials];
        for (int i = 0; i < trials; i++)
            positions[i] = random.Next();
        return
        [
            .. parts.Select(part => part with
            {
                Groups = [.. part.Groups.Select(
                    group => positions.Select(position => group[(int)(position * group.Length)]).ToArray())],
            }),
        ];
    }

    private Proportion Count(int count, int item, Func<UniformStream, bool> isHit, CancellationToken cancellation)
    {
        int hits = 0;
        Parallel.For(0, count, new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
        {
            if (isHit(new TrialRandom(seed, RandomWord, i).CreateUniformStream(Purpose.Resampling, item + 1)))
                Interlocked.Increment(ref hits);
        });
        return new(hits, count);
    }
}
