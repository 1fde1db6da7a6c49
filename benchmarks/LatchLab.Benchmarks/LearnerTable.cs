using System.Diagnostics;
using System.Globalization;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Benchmarks;

/// <summary>
/// The cost of a unit-step for each learner on each network, on the widest lanes and one thread. The learners are
/// measured in turn, round after round, so that other load on the machine affects all of them equally.
/// </summary>
internal static class LearnerTable
{
    private const int Rounds = 31;
    private const double RepetitionMilliseconds = 4.0;

    // As in a trial batch (TrainingConfiguration).
    private const int SingleUnitBundles = 8, NetworkBundles = 4;

    // The rate is so small that all presentations are alike; μ is adapted after each of them, with all Newton steps,
    // but hardly changes.
    private const double Rate = 1e-12;

    private static readonly (string Label, LearnerDefinition Settings)[] Learners =
    [
        ("back-propagation", new Backpropagation { LearningRate = Rate }),
        ("pseudo-Newton", new PseudoNewton { LearningRate = Rate }),
        ("time-weighted pseudo-Newton", new TimeWeightedPseudoNewton
        {
            LearningRate = Rate,
            Damping = new() { Momentum = 0.999999 },
        }),
        ("discrete error propagation", new DiscreteErrorPropagation { LearningRate = Rate }),
        ("forward propagation", new ForwardPropagation { LearningRate = Rate }),
        ("forward only (searches)", new RandomGuessing()),
    ];

    /// <summary>Measures and prints a table in Markdown.</summary>
    /// <param name="length">T.</param>
    /// <param name="bundles">Bundles in flight; null for those of a trial batch.</param>
    public static void Print(int length, int? bundles)
    {
        string[] networks = ["latch", "fully-connected", "parity"];
        const string each = "ratio | bytes";
        Console.WriteLine($"| T = {length} | latch | {each} | five units | {each} | Parity | {each} |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        Row[][] columns = [.. networks.Select(network => Measure(network, length, bundles))];
        for (int i = 0; i < Learners.Length; i++)
            Console.WriteLine($"| {Learners[i].Label} |{string.Concat(columns.Select(column => column[i]))}");
    }

    private static Row[] Measure(string network, int length, int? bundles)
    {
        LearnerWorkloadFactory.PreparedWorkload[] work = [.. Learners.Select(learner =>
        {
            var design = new NetworkDesign { Network = network, Unit = learner.Settings.DefaultUnit };
            int bundleCount = bundles ?? (design.UnitCount == 1 ? SingleUnitBundles : NetworkBundles);
            return LaneKind.Widest.Accept(new LearnerWorkloadFactory(design, learner.Settings, length, bundleCount));
        })];
        int[] repetitions = [
            .. work.Select(prepared => (int)(RepetitionMilliseconds / MeasureMilliseconds(prepared, 100)) + 1)];
        var times = new double[work.Length][];    // [learner][round]: nanoseconds of a unit-step
        for (int i = 0; i < work.Length; i++)
            times[i] = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < work.Length; i++)
                times[i][round] = 1e6 * MeasureMilliseconds(work[i], repetitions[i]) / work[i].UnitSteps;
        }

        return [.. work.Select((prepared, i) => new Row(
            Median(times[i]), Median(times[i].Zip(times[0], (own, other) => own / other)), prepared.BytesPerTrial))];
    }

    /// <summary>The time of one presentation.</summary>
    private static double MeasureMilliseconds(LearnerWorkloadFactory.PreparedWorkload prepared, int presentations)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int k = 0; k < presentations; k++)
            prepared.Workload.Run();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds / presentations;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private sealed record Row(double Nanoseconds, double Ratio, double Bytes)
    {
        public override string ToString()
            => string.Create(CultureInfo.InvariantCulture, $" {Nanoseconds:F2} | {Ratio:F1} | {Bytes:N0} |");
    }
}
