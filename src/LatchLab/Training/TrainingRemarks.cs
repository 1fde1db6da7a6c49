using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Statistics;

namespace LatchLab.Training;

/// <summary>
/// What is remarkable about trained networks and may explain a poor result: trials that diverged, saturated units, and
/// units that never vary.
/// </summary>
public static class TrainingRemarks
{
    /// <summary>The share of saturated values that is remarked on: the median value is saturated.</summary>
    public const double RemarkableSaturation = 0.5;

    private const int MaxShownUnits = 6;

    /// <summary>The remarks on the results of trials, each with the name of what it is about.</summary>
    public static IEnumerable<(string Name, string Text)> Create(TrainingResult result)
    {
        int[] divergences = [.. result.Outcomes.Where(outcome => outcome.StopReason == StopReason.Diverged)
            .Select(outcome => outcome.Presentations).Order()];
        if (divergences.Length > 0)
            yield return ("divergence", DescribeDivergence(result, divergences));
        if (result.SaturatedShare is { Value: > RemarkableSaturation } share)
            yield return ("saturation", DescribeSaturation(share));
        UnitActivity[] activities = [.. result.Activities.OfType<UnitActivity>()];
        if (activities.Any(activity => activity.Constant.Count > 0))
            yield return ("constant units", DescribeConstantUnits(result, activities));
    }

    private static string DescribeDivergence(TrainingResult result, int[] presentations)
    {
        string range = presentations[0] == presentations[^1] ? NumberFormat.GroupThousands(presentations[0])
            : $"{NumberFormat.GroupThousands(presentations[0])} to {NumberFormat.GroupThousands(presentations[^1])}";
        bool hasOptimizer = Settings.GetAll(result.Configuration.Learner, "learner")
            .Any(setting => setting.Path == OptimizerSettings.Path);
        return $"{presentations.Length} of {NumberFormat.WithNoun(result.Outcomes.Count, "trial")} diverged: a cost " +
            $"or a parameter was not finite after {range} presentations. Try a smaller learning-rate, a step-bound" +
            (hasOptimizer ? " or clip-norm in optimizer." : ".");
    }

    private static string DescribeSaturation(Estimate share)
        => $"{IntervalFormat.Format(share, isShare: true)} of the values of units and gates over the training " +
            "sequences are saturated (tanh beyond ±0.8, a gate or a logistic unit below 0.1 or above 0.9): their " +
            "derivative is less than 36 % of its largest, and gradients through them are small. If the error is " +
            "high, normalise the inputs, or try a smaller learning-rate, a smaller initial-range, or weight-decay.";

    private static string DescribeConstantUnits(TrainingResult result, UnitActivity[] activities)
    {
        int trials = activities.Count(activity => activity.Constant.Count > 0),
            units = activities.Sum(activity => activity.Constant.Count), all = activities[0].Activations.Count;
        (int first, UnitActivity? activity) = result.Activities.Index().First(entry => entry.Item?.Constant.Count > 0);
        IReadOnlyList<string> names = activity!.ConstantNames;
        string more = names.Count > MaxShownUnits ? $" and {names.Count - MaxShownUnits} more" : "";
        return $"{units} of {NumberFormat.GroupThousands((long)all * activities.Length)} units and gates never " +
            $"vary over the training sequences, in {trials} of {NumberFormat.WithNoun(activities.Length, "trial")}; " +
            $"in trial {first}: {string.Join(", ", names.Take(MaxShownUnits))}{more}. They carry no information, and " +
            "a relu that is always 0 no longer learns. Try a smaller learning-rate, another initialization, or fewer " +
            "units.";
    }
}
