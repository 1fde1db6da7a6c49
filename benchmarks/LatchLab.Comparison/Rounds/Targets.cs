using System.Globalization;

namespace LatchLab.Comparison.Rounds;

/// <summary>Something that was to be reached.</summary>
/// <param name="What">In words.</param>
/// <param name="Wanted">In words.</param>
/// <param name="Measured">A number; null where it was not measured.</param>
/// <param name="IsReached">Whether it is; null where it was not measured.</param>
/// <param name="From">Which numbers it is judged by, in words.</param>
internal sealed record Target(string What, string Wanted, double? Measured, bool? IsReached, string From)
{
    private const string OfMedians = "medians, within a round", OfLeast = "least times",
        OfSeconds = "seconds by the clock, within a round";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Target> Of(Measurements measured)
    {
        string widest = Plan.WidestLabel;
        double? Speed(string section, string other) => measured.Ratio((section, other), (section, widest));
        double? BestOfTorch(string section)
            => Smaller(Speed(section, Plan.PyTorchLabel), Speed(section, Plan.TorchSharpLabel));
        double? Kernel(string section) => measured.Ratio((section, Plan.KernelLabel), (section, widest));
        double? Threads(string run)
            => measured.Ratio(
                (Plan.ScalingRuns, Plan.RunLabel(run, "10240", "1")),
                (Plan.ScalingRuns, Plan.RunLabel(run, "10240", "2")),
                result => result.Seconds ?? double.NaN);
        double? Trials(string run)
            => measured.RatioOfLeast(
                (Plan.ScalingRuns, Plan.RunLabel(run, "10240", "1")),
                (Plan.ScalingRuns, Plan.RunLabel(run, "1024", "1")));
        double? Length(string network)
            => measured.RatioOfLeast(
                (Plan.ScalingLength, $"LatchLab, {network}, T = 1000"),
                (Plan.ScalingLength, $"LatchLab, {network}, T = 100"));
        return
        [
            AtLeast("latch kernel, speed as a share of the limit's", 0.8, Speed(Plan.Latch, Plan.LimitLabel)),
            AtLeast("five units kernel, the same", 0.8, Speed(Plan.FiveUnits, Plan.LimitLabel)),
            AtLeast("latch kernel, times as fast as the faster of PyTorch and TorchSharp", 10, BestOfTorch(Plan.Latch)),
            AtLeast("five units kernel, the same", 10, BestOfTorch(Plan.FiveUnits)),
            AtLeast("training on Latch, speed as a share of its own kernel's", 0.6, Kernel(Plan.TrainingLatch)),
            AtLeast("training on 2-Sequence, the same", 0.6, Kernel(Plan.TrainingTwoSequence)),
            AtLeast("training on Latch, times as fast as the faster of PyTorch and TorchSharp", 20,
                BestOfTorch(Plan.TrainingLatch)),
            AtLeast("training on 2-Sequence, the same", 20, BestOfTorch(Plan.TrainingTwoSequence)),
            AtLeast("training on Latch, two threads to one", 1.9, Threads(Plan.TrainingLatch), OfSeconds),
            AtLeast("training on 2-Sequence, two threads to one", 1.9, Threads(Plan.TrainingTwoSequence),
                OfSeconds),
            Flat("training on Latch, time of a unit-step, trials ×10", Trials(Plan.TrainingLatch)),
            Flat("training on 2-Sequence, the same", Trials(Plan.TrainingTwoSequence)),
            Flat("latch kernel, time of a unit-step, T ×10", Length("latch")),
            Flat("five units kernel, the same", Length("five units")),
            Collections(measured),
        ];
    }

    private static Target AtLeast(string what, double wanted, double? measured, string from = OfMedians)
        => new(what, string.Create(CultureInfo.InvariantCulture, $"at least {wanted}"), measured,
            measured is { } number ? number >= wanted : null, from);

    private static Target Flat(string what, double? measured)
        => new(what, "1 within 10 %", measured, measured is { } ratio ? Math.Abs(ratio - 1.0) <= 0.1 : null,
            OfLeast);

    /// <summary>Of every whole run of LatchLab on one thread.</summary>
    private static Target Collections(Measurements measured)
    {
        string[] runs = [Plan.TrainingLatch, Plan.TrainingTwoSequence, Plan.Annealing, Plan.Figure];
        int?[] collections =
            [.. runs.SelectMany(run => measured.Of(run, Plan.WidestLabel).Values).Select(one => one.Collections)];
        int? most = collections.Max();
        return new("garbage collections in the second half of a whole run, the most", "0", most,
            most is { } number ? number == 0 : null, "all rounds");
    }

    private static double? Smaller(double? first, double? second)
        => first is null || second < first ? second ?? first : first;
}
