using LatchLab.Foundation;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Sweeps.Reports;

/// <summary>The results of a sweep, finished or not: the data of its report.</summary>
/// <param name="Layout">The parts and axes.</param>
/// <param name="Configurations">The results of the configurations of all parts.</param>
public sealed record SweepResults(SweepLayout Layout, IReadOnlyList<ConfigurationResult> Configurations)
{
    /// <summary>Metadata of the run for the header of the report: seed, versions, machine.</summary>
    public IReadOnlyList<(string Name, string Value)> Metadata { get; init; } = [];

    /// <summary>The logs of trials of a few configurations, ordered by configuration and trial.</summary>
    public IReadOnlyList<TrialLog> Logs { get; init; } = [];

    /// <summary>The error of guessing in sentences; empty if it is not known.</summary>
    public string DescribeChance()
        => string.Join(' ', new[]
        {
            DescribeChanceError(areValues: false, "that of always giving the most frequent class"),
            DescribeChanceError(areValues: true, "the smallest of always giving the same numbers"),
        }.Concat(Configurations
            .Select(configuration => configuration.ChanceMeanSquaredError).Where(double.IsFinite).Distinct().Order()
            .Select(error => $"Chance level: a mean squared error of {NumberFormat.Short(error)} in units of the " +
                $"label, whose root is {NumberFormat.Short(Math.Sqrt(error))}: that of always giving the mean label."))
            .Where(sentence => sentence.Length > 0));

    private string DescribeChanceError(bool areValues, string description)
    {
        ConfigurationResult[] configurations = [.. Configurations.Where(one => one.HasValues == areValues)];
        double[] errors = [.. configurations.Select(configuration => configuration.ChanceError)
            .Where(double.IsFinite).Distinct().Order()];
        if (errors.Length == 0)
            return "";
        string range = errors.Length == 1 ? "" : $" to {NumberFormat.Short(errors[^1])}, by dataset";
        bool isExceeded = !areValues && configurations.Any(
            configuration => configuration.Summary.TestError.Lower > configuration.ChanceError);
        return $"Chance level: an error of {NumberFormat.Short(errors[0])}{range}, {description}." + (isExceeded
                ? " An error can exceed it: equal outputs, which name no class, count as incorrect."
                : "");
    }

    /// <summary>
    /// A warning, if a configuration lacks trials: those that are complete are the ones that ended first.
    /// </summary>
    public string DescribeIncomplete()
        => Configurations.Index().Any(
            entry => entry.Item.Summary.Trials is var trials and > 0
                && trials < GetPart(entry.Index).TrialsPerConfiguration)
                ? "The complete trials of an unfinished configuration are those that ended first, which favours " +
                    "those that converged: its values and intervals are biased until all have ended."
                : "";

    /// <summary>Returns the part of a configuration.</summary>
    public PartLayout GetPart(int configuration) => FindPart(configuration).Part;

    /// <summary>Returns the part of a configuration, and the index of the configuration in the part.</summary>
    public (PartLayout Part, int Index) FindPart(int configuration)
    {
        int part = 0;
        for (; configuration >= Layout.Parts[part].ConfigurationCount; part++)
            configuration -= Layout.Parts[part].ConfigurationCount;
        return (Layout.Parts[part], configuration);
    }

    /// <summary>Returns the results of a part, and the index of its first configuration.</summary>
    public (int First, IReadOnlyList<ConfigurationResult> Configurations) GetPartResults(int part)
    {
        int first = Layout.Parts.Take(part).Sum(previousPart => previousPart.ConfigurationCount);
        return (first, [.. Configurations.Skip(first).Take(Layout.Parts[part].ConfigurationCount)]);
    }
}

/// <summary>A configuration and the results of its trials.</summary>
/// <param name="Settings">The field, with its section, and the value of every setting.</param>
/// <param name="Summary">Success, errors and presentations.</param>
public sealed record ConfigurationResult(
    IReadOnlyList<(string Field, string Value)> Settings, OutcomeSummary Summary)
{
    /// <summary>The template of its task and learner; null if this version does not know them.</summary>
    internal ConfigurationTemplate? Template
        => this[ConfigurationSettings.TaskField] is { } task && this[ConfigurationSettings.LearnerField] is { } learner
            && ConfigurationTemplate.Tasks.Contains(task) && ConfigurationTemplate.Learners.Contains(learner)
                ? ConfigurationTemplate.Get(
                    task, learner, this[ConfigurationSettings.InnerLearnerField] ?? "",
                    this[ConfigurationSettings.TrainingSetField] ?? "") : null;

    /// <summary>
    /// The summary for a comparison, which counts an error for each trial and the presentations until it stopped by
    /// itself (<see cref="OutcomeSummary.ForComparison"/>); the same as the other if the trials are not compared.
    /// </summary>
    public OutcomeSummary Compared { get; init; } = Summary;

    /// <summary>The error of guessing on test sequences; NaN if tests count no errors, or if it is not known.</summary>
    public double ChanceError { get; init; } = double.NaN;

    /// <summary>
    /// The mean squared error of always giving the mean label, in units of the label; NaN if it is not known.
    /// </summary>
    public double ChanceMeanSquaredError { get; init; } = double.NaN;

    /// <summary>Whether the labels of its dataset are values.</summary>
    public bool HasValues => this["task.label-kind"] == Foundation.Settings.FormatValue(LabelKind.Values);

    /// <summary>The value of a field; null if the configuration does not have the field.</summary>
    public string? this[string field] => Settings.FirstOrDefault(setting => setting.Field == field).Value;
}

/// <summary>The log of one trial of a configuration: its snapshots, in the order of presentations.</summary>
public sealed record TrialLog(int ConfigurationIndex, int TrialIndex, IReadOnlyList<DiagnosticSnapshot> Snapshots);
