using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Statistics;
using static LatchLab.Diagnosis.Questions.InvariantText;

namespace LatchLab.Diagnosis.Questions;

/// <summary>The verdict in sentences, each with the numbers it rests on.</summary>
public static class VerdictText
{
    /// <summary>The name of a verdict, such as <c>slow-manifold</c>.</summary>
    public static string GetName(VerdictCode code) => Settings.FormatValue(code);

    /// <summary>The name of a stability, such as <c>stable</c>.</summary>
    internal static string GetName(RestPointStability stability) => Settings.FormatValue(stability);

    /// <summary>Describes the verdict.</summary>
    public static IReadOnlyList<string> Describe(TrainedNetworkDiagnosis diagnosis)
        => [DescribeCode(diagnosis), .. DescribeTask(diagnosis)];

    private static string DescribeCode(TrainedNetworkDiagnosis diagnosis)
    {
        VerdictNumbers numbers = diagnosis.Numbers;
        string gradient = DescribeGradient(diagnosis);
        return diagnosis.Verdict switch
        {
            VerdictCode.Forgets => $"It forgets. {DescribeLoss(diagnosis)}{gradient}.",
            VerdictCode.Latches => Format(
                $"It latches: {numbers.StatesAtEnd} states ({diagnosis.Retention[0].Bits:0.##} bits) stay apart at " +
                $"rest, and it returns to each.{DescribePrice(diagnosis)}"),
            VerdictCode.SlowManifold => Format(
                $"It stores on a slow manifold: of {numbers.StatesAtStart} pasts {numbers.StatesAtEnd} are still " +
                $"told apart after {numbers.QuietSteps} quiet steps, but they drift and are not restored{gradient}."),
            VerdictCode.Oscillates => Format(
                $"It oscillates: at rest it comes to a cycle of {numbers.Period} steps{gradient}."),
            VerdictCode.Chaotic => DescribeChaos(diagnosis),
            VerdictCode.ExplodesTransiently => Format(
                $"It forgets, but gradients first grow up to ×{numbers.LargestNorm:G3}: steps of training may be " +
                $"large where nothing is stored{gradient}."),
            VerdictCode.Dead => Format(
                $"It is dead: {numbers.DeadShare:0 %} of its hidden values never vary with these data."),
            VerdictCode.Marginal => "It is marginal: the numbers allow growth as well as decay" + gradient + ".",
            _ => "Undecided: what would decide was not computed" + gradient + ".",
        };
    }

    private static string DescribeLoss(TrainedNetworkDiagnosis diagnosis)
    {
        RetentionAtRest rest = diagnosis.Retention[0];
        int start = rest.Points[0].StatesApart;
        RetentionPoint single = rest.Points.FirstOrDefault(point => point.StatesApart == 1);
        return single.Steps > 0
            ? Format($"After {single.Steps} quiet steps nothing of {start} different pasts is left")
            : Format($"After {rest.Points[^1].Steps} quiet steps the outputs of {start} different pasts no longer " +
                $"differ");
    }

    private static string DescribeGradient(TrainedNetworkDiagnosis diagnosis)
        => diagnosis.Gradient?.FactorPerStep is not { Value: > 0.0 } factor ? ""
            : factor.Upper < 1.0 ? Format($", and the gradient shrinks ×{factor.Value:0.000} a step")
            : factor.Lower > 1.0 ? Format($", and the gradient grows ×{factor.Value:0.000} a step")
            : Format($", and the gradient changes ×{factor.Value:0.000} a step");

    private static string DescribePrice(TrainedNetworkDiagnosis diagnosis)
        => diagnosis.Gradient?.FactorPerStep is { Upper: < 1.0 } factor
            ? Format($" Its gradient vanishes (×{factor.Value:0.000} a step) because it latches: that is the price, " +
                $"not a fault (Bengio, Simard and Frasconi 1994, Theorem 4).")
            : "";

    private static string DescribeChaos(TrainedNetworkDiagnosis diagnosis)
    {
        VerdictNumbers numbers = diagnosis.Numbers;
        double exponent = (numbers.Driven ?? numbers.Rest)!.Value.Value;
        int length = numbers.TaskLength ?? diagnosis.Data?.Length ?? 0;
        string over = length == 0 ? "" : Format(
            $", ×{Elementary.Exp(exponent * length):G2} over {length} steps");
        return Format($"Chaotic. Small differences grow ×{Elementary.Exp(exponent):0.000} a step{over}: pasts stay " +
            $"apart because errors grow, not because they are stored.");
    }

    private static IEnumerable<string> DescribeTask(TrainedNetworkDiagnosis diagnosis)
    {
        if (diagnosis.Options.TaskLength is not { } length)
        {
            yield return "Nothing was compared with the length of a task: give --task-length T, the steps over which " +
                "it must remember.";
            yield break;
        }

        if (Questions.Verdict.CarriesTask(diagnosis.Numbers))
        {
            Estimate time = TimeConstant(diagnosis);
            yield return Format($"It carries {length} steps: along the data nothing grows or shrinks by more than e" +
                $"{(double.IsFinite(time.Value) ? Format($", the time constant is {time.Value:0} steps") : "")}.");
        }
        else if (diagnosis.Gradient is { } gradient && gradient.Horizon < length)
        {
            double share = (double)length / Math.Max(1, gradient.Horizon);
            yield return Format($"The task's lag, {length} steps, is {share:0.#} times what training can see: 99 % " +
                $"of the gradient comes from the last {gradient.Horizon} steps.");
        }
    }

    /// <summary>−1/λ_1.</summary>
    private static Estimate TimeConstant(TrainedNetworkDiagnosis diagnosis)
        => diagnosis.Numbers.Driven is { Value: < 0.0 } exponent
            ? new(-1.0 / exponent.Value, -1.0 / exponent.Lower, -1.0 / exponent.Upper) : Estimate.Unknown;
}
