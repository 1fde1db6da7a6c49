using System.Globalization;

namespace LatchLab.Comparison.Rounds;

/// <summary>A performance target.</summary>
/// <param name="Description">What is measured.</param>
/// <param name="Goal">The target value as text.</param>
/// <param name="Measured">The measured number; null if it was not measured.</param>
/// <param name="IsReached">Whether the target is reached; null if it was not measured.</param>
/// <param name="Basis">The numbers on which the result is based.</param>
internal sealed record Target(string Description, string Goal, double? Measured, bool? IsReached, string Basis)
{
    private const string OfMedians = "medians, within a round", OfLeast = "least times",
        OfSeconds = "wall-clock seconds, within a round";

    /// <summary>Evaluates all targets.</summary>
    public static IReadOnlyList<Target> EvaluateAll(Measurements measured)
    {
        string widest = BenchmarkPlan.WidestLabel;
        double? Speed(string section, string other) => measured.ComputeRatio((section, other), (section, widest));
        double? BestOfTorch(string section)
            => Min(Speed(section, BenchmarkPlan.PyTorchLabel), Speed(section, BenchmarkPlan.TorchSharpLabel));
        double? Kernel(string section)
            => measured.ComputeRatio((section, BenchmarkPlan.KernelLabel), (section, widest));
        double? Threads(string run)
            => measured.ComputeRatio(
                (BenchmarkPlan.ScalingRuns, BenchmarkPlan.FormatRunLabel(run, "10240", "1")),
                (BenchmarkPlan.ScalingRuns, BenchmarkPlan.FormatRunLabel(run, "10240", "2")),
                result => result.Seconds ?? double.NaN);
        double? Trials(string run)
            => measured.ComputeRatioOfMinimums(
                (BenchmarkPlan.ScalingRuns, BenchmarkPlan.FormatRunLabel(run, "10240", "1")),
                (BenchmarkPlan.ScalingRuns, BenchmarkPlan.FormatRunLabel(run, "1024", "1")));
        double? Length(string network)
            => measured.ComputeRatioOfMinimums(
                (BenchmarkPlan.ScalingLength, $"LatchLab, {network}, T = 1000"),
                (BenchmarkPlan.ScalingLength, $"LatchLab, {network}, T = 100"));
        return
        [
            AtLeast("latch kernel, speed as a share of the limit's", 0.95,
                Speed(BenchmarkPlan.Latch, BenchmarkPlan.LimitLabel)),
            AtLeast("five units kernel, the same", 0.9, Speed(BenchmarkPlan.FiveUnits, BenchmarkPlan.LimitLabel)),
            AtLeast("Parity kernel, the same", 0.8, Speed(BenchmarkPlan.Parity, BenchmarkPlan.LimitLabel)),
            AtLeast("latch kernel, times as fast as the faster of PyTorch and TorchSharp", 12,
                BestOfTorch(BenchmarkPlan.Latch)),
            AtLeast("five units kernel, the same", 15, BestOfTorch(BenchmarkPlan.FiveUnits)),
            AtLeast("Parity kernel, the same", 10, BestOfTorch(BenchmarkPlan.Parity)),
            .. BenchmarkPlan.LstmSizes.Select(n => AtLeast(
                $"LSTM of {n} cells, speed as a share of the limit's", 0.8,
                Speed(BenchmarkPlan.FormatLstm(n), BenchmarkPlan.LimitLabel))),
            .. BenchmarkPlan.LstmSizes.Select(n => AtLeast(
                $"LSTM of {n} cells, times as fast as PyTorch", 10,
                Speed(BenchmarkPlan.FormatLstm(n), BenchmarkPlan.PyTorchLabel))),
            AtLeast("one LSTM of 512 cells, speed as a share of OpenBLAS's", 0.5,
                Speed(BenchmarkPlan.SharedLstm, BenchmarkPlan.OpenBlasLabel)),
            AtLeast("training on Latch, speed as a share of its own kernel's", 0.75,
                Kernel(BenchmarkPlan.TrainingLatch)),
            AtLeast("training on 2-Sequence, the same", 0.75, Kernel(BenchmarkPlan.TrainingTwoSequence)),
            AtLeast("training on Latch, times as fast as the faster of PyTorch and TorchSharp", 60,
                BestOfTorch(BenchmarkPlan.TrainingLatch)),
            AtLeast("training on 2-Sequence, the same", 25, BestOfTorch(BenchmarkPlan.TrainingTwoSequence)),
            AtLeast("training on Latch, two threads to one", 1.9, Threads(BenchmarkPlan.TrainingLatch), OfSeconds),
            AtLeast("training on 2-Sequence, two threads to one", 1.9, Threads(BenchmarkPlan.TrainingTwoSequence),
                OfSeconds),
            WithinTenPercent("training on Latch, time of a unit-step, trials ×10", Trials(BenchmarkPlan.TrainingLatch)),
            WithinTenPercent("training on 2-Sequence, the same", Trials(BenchmarkPlan.TrainingTwoSequence)),
            WithinTenPercent("latch kernel, time of a unit-step, T ×10", Length("latch")),
            WithinTenPercent("five units kernel, the same", Length("five units")),
            Collections(measured),
        ];
    }

    private static Target AtLeast(string what, double wanted, double? measured, string from = OfMedians)
        => new(what, string.Create(CultureInfo.InvariantCulture, $"at least {wanted}"), measured,
            measured is { } number ? number >= wanted : null, from);

    private static Target WithinTenPercent(string what, double? measured)
        => new(what, "1 within 10 %", measured, measured is { } ratio ? Math.Abs(ratio - 1.0) <= 0.1 : null,
            OfLeast);

    /// <summary>The garbage collections in all whole runs of LatchLab on one thread.</summary>
    private static Target Collections(Measurements measured)
    {
        string[] runs = [BenchmarkPlan.TrainingLatch, BenchmarkPlan.TrainingTwoSequence, BenchmarkPlan.Annealing,
            BenchmarkPlan.Figure2a];
        int?[] collections =
            [.. runs.SelectMany(run => measured.GetResults(run, BenchmarkPlan.WidestLabel).Values).Select(
                one => one.Collections)];
        int? most = collections.Max();
        return new("garbage collections in the second half of a whole run, maximum", "0", most,
            most is { } number ? number == 0 : null, "all rounds");
    }

    private static double? Min(double? first, double? second)
        => first is null || second < first ? second ?? first : first;
}
