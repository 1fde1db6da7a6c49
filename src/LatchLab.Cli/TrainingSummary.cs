using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Models;
using LatchLab.Models.Interchange;
using LatchLab.Networks;
using LatchLab.Statistics;
using LatchLab.Tasks;
using LatchLab.Training;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>The summary of <c>train</c>, and the network of the best trial.</summary>
/// <param name="result">The results.</param>
/// <param name="seed">The seed.</param>
/// <param name="path">The file for the network; null for none.</param>
/// <param name="presetName">The preset of <c>--data</c>; null without it.</param>
/// <param name="preset">What the preset chose; null if it chooses nothing.</param>
internal sealed class TrainingSummary(
    TrainingResult result, ulong seed, string? path, string? presetName, TrainingPreset? preset)
{
    private const string TrialsField = "trials";

    /// <summary>Writes the network of the best trial, if there is a file for it.</summary>
    /// <exception cref="IOException">Writing failed, or every trial diverged.</exception>
    public void WriteNetwork()
    {
        if (path is null)
            return;
        NetworkDefinition network = result.BestNetwork
            ?? throw new IOException($"no network was written to '{path}', because every trial diverged");
        NetworkFile.Write(path, network, result.DescribeData(seed), TrainingRecord.Create(result, seed));
    }

    /// <summary>Prints a table on standard output.</summary>
    public void Print()
    {
        TrainingConfiguration configuration = result.Configuration;
        Outcome best = result.Outcomes[result.BestTrial];
        foreach (string line in Describe(result, seed).Concat(preset?.Describe(configuration, seed) ?? []))
            SectionPrinter.PrintParagraph(line);
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Quantity").AddColumn("Value");
        foreach ((string name, string text) in configuration.Task.DataSummary)
            AddRow(name, text);
        OutcomeSummary summary = result.Summary;
        AddRow("success rate",
            FormattableString.Invariant($"{summary.Successes} of {summary.Trials}: ") +
            IntervalFormat.Format(summary.Success, isShare: true) +
            (result.SuccessCriterion is null ? "" : $" with {result.SuccessCriterion} on test sequences"));
        AddRow("error on test sequences", FormatTested(summary.TestError, isShare: true));
        if (!double.IsNaN(result.TiedTestShare))
        {
            AddRow("tied outputs",
                FormattableString.Invariant($"{result.TiedTestShare:0.000} of the ") +
                (configuration.Task.HasTargetsAtEveryStep ? "steps of the test sequences: " : "test sequences: ") +
                "the largest outputs are equal, which counts as an error, so that the error can exceed that of " +
                "guessing");
        }

        foreach ((string name, string text) in TestMetrics.Describe(result))
            AddRow(name, text);
        AddRow("training error", FormatTested(summary.TrainingError, isShare: true));
        AddRow("presentations to success",
            $"median {IntervalFormat.Format(summary.Presentations, isShare: false)} " +
            $"(quartiles {FormatQuartile(summary, 0.25)}, {FormatQuartile(summary, 0.75)})");
        AddRow("stop reasons", string.Join(", ", Enum.GetValues<StopReason>().Select(
            reason => $"{NumberFormat.GroupThousands(summary[reason])} {FormatStopReason(reason)}")));
        string skipped = configuration.Learner.IsSearch
            ? $" ({NumberFormat.GroupThousands(result.SkippedPresentations)} of them skipped)" : "";
        AddRow("presentations",
            $"{NumberFormat.GroupThousands(summary.TrainingPresentations)} for training{skipped}, " +
            $"{NumberFormat.GroupThousands(summary.EvaluationPresentations)} for evaluation");
        AddRow("best trial",
            $"number {result.BestTrial}: {FormatStopReason(best.StopReason)} after " +
                $"{NumberFormat.GroupThousands(best.Presentations)} presentations" +
                DescribeBestError(best, summary.Trials));
        AddRow("time", FormattableString.Invariant($"{result.Duration.TotalSeconds:0.0} seconds"));
        AnsiConsole.Write(table);
        foreach (string line in LearningCurveChart.Draw(result.LearningCurve, AnsiConsole.Profile.Capabilities.Unicode))
            Console.Out.WriteLine(line);
        foreach ((string name, string text) in TrainingRemarks.Create(result))
            SectionPrinter.PrintParagraph($"Remark, {name}: {text}");
        if (path is not null && result.BestNetwork is not null)
            Console.Out.WriteLine($"Network of the best trial: {path}");
        if (DescribeDiagnosis() is { } diagnosis)
            SectionPrinter.PrintParagraph(diagnosis);

        void AddRow(string quantity, string value) => table.AddRow(Markup.Escape(quantity), Markup.Escape(value));
    }

    /// <summary>What was trained: the task, the network, the learner and the level of chance.</summary>
    private static IEnumerable<string> Describe(TrainingResult result, ulong seed)
    {
        TrainingConfiguration configuration = result.Configuration;
        string learner = configuration.Learner.Name +
            (configuration.Learner.InnerLearner is { } inner ? $" of {inner.Name}" : "");
        string sequences = configuration.HasFreshSequences ? "a new sequence for each presentation"
            : $"{configuration.TrainingSequences} training sequences";
        yield return $"Task: {configuration.Task.Title}, {sequences}{DescribeChance(configuration.Task)}.";
        NetworkDesign network = configuration.Network;
        yield return $"Network: {network.Network}, {network.Kind.DescribeUnits(network)}, " +
            $"{NumberFormat.WithNoun(configuration.ParameterNames.Count, "parameter")}.";
        string settings = string.Join(", ", TrainingConfigurationFactory.GetSettings(configuration)
            .Where(setting => setting.Path.StartsWith("learner.", StringComparison.Ordinal)
                && setting.Value.Length > 0)
            .ExceptBy(Settings.FindIdle(configuration).Keys, setting => setting.Path)
            .Select(setting => $"{setting.Name} {setting.Value}"));
        yield return $"Learner: {learner}{(settings.Length == 0 ? "" : $" ({settings})")}.";
        yield return FormattableString.Invariant(
            $"{NumberFormat.WithNoun(result.Outcomes.Count, "trial")}, seed {seed}. Intervals: 95 %.");
    }

    /// <summary>How to find out why no trial succeeded; null if one did, or if there is no network.</summary>
    private string? DescribeDiagnosis()
    {
        if (result.Summary.Successes > 0 || result.BestNetwork is null)
            return null;
        string network = path ?? "network.json",
            save = path is null ? $"repeat with --save-network {network}, then " : "";
        string? file = TrainingConfigurationFactory.GetSettings(result.Configuration)
            .FirstOrDefault(setting => setting.Path == "task.file")?.Value;
        string command = !NetworkCandidate.IsPossible(result.BestNetwork) ? $"dynamics network {network}"
            : string.IsNullOrEmpty(file) ? $"diagnose {network} --made-up-input" : $"diagnose {network} --data {file}";
        return $"No trial succeeded. To see how far back the network remembers and what would help, {save}run " +
            $"latchlab {command}.";
    }

    private static string DescribeChance(TaskDefinition task)
        => double.IsFinite(task.ChanceStepError)
            ? $"; chance level: an error of {NumberFormat.Percent(task.ChanceStepError)} of the steps, " +
                $"{NumberFormat.Percent(task.ChanceError)} of the sequences"
            : double.IsFinite(task.ChanceError)
            ? $"; chance level: an error of {NumberFormat.Percent(task.ChanceError)}"
            : double.IsFinite(task.ChanceMeanSquaredError)
                ? $"; chance level: a mean squared error of {NumberFormat.Short(task.ChanceMeanSquaredError)} in " +
                    $"units of the label (root: {NumberFormat.Short(Math.Sqrt(task.ChanceMeanSquaredError))}), that " +
                    "of always giving the mean"
                : "";

    /// <summary>Prints one JSON document on standard output (docs/reference/training.md).</summary>
    public void PrintJson()
    {
        var document = new JsonObject
        {
            ["task"] = result.Configuration.Task.Name,
            ["dataset"] = DatasetJson.ToJson(result.Configuration.Task),
            ["learner"] = result.Configuration.Learner.Name,
            ["seed"] = seed,
            ["preset"] = presetName,
            ["search"] = preset?.ToJson(seed),
        };
        SummaryJson.Add(document, result.Summary);
        document["success"]!["successes"] = result.Summary.Successes;
        document["success"]!["criterion"] = result.SuccessCriterion?.ToString();
        document["metrics"] = TestMetrics.ToJson(result);
        document["confusion"] = TestMetrics.ToJson(result, result.Confusion);
        document["tiedOutputs"] = JsonOutput.ToJson(result.TiedTestShare);
        document["saturation"] = JsonOutput.ToJson(
            "mean", result.SaturatedShare.Value, result.SaturatedShare.Lower, result.SaturatedShare.Upper);
        document["remarks"] = new JsonArray([.. TrainingRemarks.Create(result).Select(remark => new JsonObject
        {
            ["about"] = remark.Name,
            ["text"] = remark.Text,
        })]);
        document["diagnosis"] = DescribeDiagnosis();
        document["presentations"] = new JsonObject
        {
            ["training"] = result.Summary.TrainingPresentations,
            ["skipped"] = result.SkippedPresentations,
            ["evaluation"] = result.Summary.EvaluationPresentations,
        };
        document["best"] = new JsonObject
        {
            ["trial"] = result.BestTrial,
            ["network"] = result.BestNetwork is null ? null : path,
            ["parameters"] = new JsonObject(result.Configuration.ParameterNames.Zip(
                result.BestParameters, (name, value) => KeyValuePair.Create(name, JsonOutput.ToJson(value)))),
            ["confusion"] = TestMetrics.ToJson(result, result.BestConfusion),
        };
        document["learningCurve"] = new JsonArray([.. result.LearningCurve.Select(point => new JsonObject
        {
            ["presentations"] = point.Presentations,
            ["error"] = JsonOutput.ToJson(point.Error),
            ["cost"] = JsonOutput.ToJson(point.Cost),
            ["runningTrials"] = point.RunningTrials,
        })]);
        document[TrialsField] = new JsonArray();
        document["settings"] = new JsonArray(
            [.. TrainingConfigurationFactory.GetSettings(result.Configuration).Select(setting => new JsonObject
            {
                ["name"] = setting.Name,
                ["value"] = setting.Value,
                ["source"] = setting.Source,
            })]);
        document["seconds"] = result.Duration.TotalSeconds;
        JsonOutput.WriteDocument(
            document, result.Summary[StopReason.Diverged] == result.Summary.Trials ? "every trial diverged" : "ok",
            TrialsField, result.Outcomes.Select((outcome, trial) => ToJson(result, trial, outcome)));
    }

    private static JsonObject ToJson(TrainingResult result, int trial, Outcome outcome) => new()
    {
        ["stopReason"] = Settings.FormatValue(outcome.StopReason),
        ["testError"] = JsonOutput.ToJson(outcome.TestError),
        ["metrics"] = TestMetrics.ToJson(result, trial),
        ["trainingError"] = JsonOutput.ToJson(outcome.TrainingError),
        ["validationCost"] = JsonOutput.ToJson(outcome.ValidationCost),
        ["cost"] = JsonOutput.ToJson(outcome.Cost),
        ["saturation"] = JsonOutput.ToJson(
            result.Activities.ElementAtOrDefault(trial)?.SaturatedShare ?? double.NaN),
        ["constantUnits"] = result.Activities.ElementAtOrDefault(trial) is { } activity
            ? new JsonArray([.. activity.ConstantNames.Select(name => JsonValue.Create(name))]) : null,
        ["presentations"] = outcome.Presentations,
        ["skipped"] = outcome.SkippedPresentations,
        ["evaluation"] = outcome.EvaluationPresentations,
        ["diagnostics"] = new JsonObject(result.Configuration.Learner.DiagnosticNames.Zip(
            outcome.Diagnostics, (name, value) => KeyValuePair.Create(name, JsonOutput.ToJson(value)))),
    };

    private static string FormatQuartile(OutcomeSummary summary, double share)
        => summary.GetPresentationsQuantile(share) is var needed && double.IsFinite(needed)
            ? NumberFormat.GroupThousands((long)needed)
            : $"> {NumberFormat.GroupThousands((long)summary.Budget)}";

    private static string FormatTested(Estimate estimate, bool isShare)
        => double.IsNaN(estimate.Value) ? "not tested" : IntervalFormat.Format(estimate, isShare);

    /// <summary>
    /// The test error of the best trial. Without validations it was chosen by its test: too low an estimate.
    /// </summary>
    private static string DescribeBestError(in Outcome best, long trials)
    {
        double error = best.TestError;
        string selection = trials == 1 ? ""
            : double.IsFinite(best.ValidationCost) ? $"; chosen of {trials} by its validation cost"
            : $"; chosen as the best of {trials}, so probably lower than on new sequences";
        return double.IsNaN(error) ? ""
            : string.Create(CultureInfo.InvariantCulture, $", error {error:0.000} on test sequences{selection}");
    }

    private static string FormatStopReason(StopReason reason) => Settings.FormatValue(reason).Replace('-', ' ');
}
