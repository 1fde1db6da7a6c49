using System.CommandLine;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Models;
using LatchLab.Models.Datasets;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab train</c>: trains networks on a task and prints their results (docs/reference/training.md).
/// </summary>
internal static class TrainCommand
{
    private const int DefaultTrials = 20, CheckpointSeconds = 30;

    private static readonly Option<string?> TaskOption = CreateNameOption(
        "--task", "the task", KnownTasks.All.Select(task => task.Name));

    private static readonly Option<string?> Learner = CreateNameOption(
        "--learner", "the learning algorithm", KnownLearners.All.Select(learner => learner.Name));

    private static readonly Option<string?> Length = CreateSettingOption(
        "length", "T", "required; optional for the task dataset, where 0, the default, keeps whole sequences");

    private static readonly Option<string?> Noise = CreateSettingOption(
        "noise", "A", "default: 0.2; 0 for the task dataset; the task adding has none");

    private static readonly Option<int> Trials = Options.Integer(
        "--trials", "N", $"networks to train, each from its own initial weights (default: {DefaultTrials})",
        1, TrainingRun.MaxTrials, DefaultTrials);

    private static readonly Option<string[]> Set = Options.Repeated(
        "--set", "KEY=VALUE", "any other setting; may be repeated; --list prints all settings and their defaults");

    private static readonly Option<string?> Save = Options.Text(
        "--save-network", "FILE", "save the network of the best trial (see docs/reference/network-files.md)");

    private static readonly Option<string?> Success = Options.Text(
        "--success", "CRITERION",
        "what counts as success instead of convergence: a metric of the test, >= or <=, and a value, in quotes: " +
            $"{string.Join(", ", Metric.OfClasses.Concat(Metric.OfValues).Select(metric => metric.Name))}");

    private static readonly Option<string?> Checkpoint = Options.Text(
        "--checkpoint", "FILE",
        $"keep the training in FILE, written every {CheckpointSeconds} seconds and when interrupted; if FILE exists, " +
            "continue from it");

    private static readonly Option<bool> List = Options.Flag("--list",
        "list tasks, learners and their settings, with --task or --learner those that apply; train nothing");

    private static readonly ExecutionOptions Execution = new();

    public static Command Create() => new RunnableCommand(
        "train", "Train networks on a task and show their error.", Run,
        () =>
        [
            TrainingPreset.Data, TrainingPreset.Option, TaskOption, Length, Learner, Noise, Trials, Set, Success, Save,
            Checkpoint, List, .. Execution.All, Options.Json,
        ]);

    private static int Run(ParsedOptions parsed)
    {
        if (parsed.GetValue(List))
            return PrintList(parsed);
        using var files = new DatasetFileSource { Progress = new ReadingProgress().Report };
        string? checkpoint = parsed.GetValue(Checkpoint);
        TrainingCheckpoint? interrupted = CheckpointFile.Exists(checkpoint)
            ? parsed.Read(checkpoint, CheckpointFile.Read) : null;
        (TrainingRun run, TrainingPreset? preset) = Read(parsed, files, checkpoint, interrupted);
        RunOptions options = Execution.Read(parsed);
        string? path = parsed.GetValue(Save);
        parsed.Check(path, NetworkFile.EnsureWritable);
        parsed.Check(checkpoint, CheckpointFile.EnsureWritable);
        parsed.ThrowIfInvalid();
        using var signals = new TerminationSignals(checkpoint is null ? null : TerminationSignals.LedgerTimeout);
        if (preset is not null)
            run = run.With(preset.Choose(options, signals.Token));
        if (interrupted is not null)
        {
            CheckpointFile.EnsureContinues(
                checkpoint!, interrupted, run.Configuration, parsed.GetValue(Trials), options.Seed);
            CommandLine.WriteError(
                $"'{checkpoint}': {interrupted.CompletedCount} of {NumberFormat.WithNoun(parsed.GetValue(Trials),
                    "trial")} complete, {interrupted.RunningCount} to continue");
        }

        TrainingResult result;
        try
        {
            using (run.Progress.Trials == 0 ? null : new ProgressDisplay(new TrainingProgressFormatter(run.Progress)))
                result = run.Run(options, signals.Token);
        }
        catch (OperationCanceledException) when (checkpoint is not null)
        {
            CommandLine.WriteError(RecordedRun.FormatInterruption(checkpoint, "training"));
            return TerminationSignals.ExitCode;
        }

        Write(new TrainingSummary(result, options.Seed, path, TrainingPreset.NameOf(parsed), preset),
            parsed.GetValue(Options.Json));
        return ExitCodes.Success;
    }

    private static int PrintList(ParsedOptions parsed)
    {
        TaskDefinition? task = FindByName(parsed, TaskOption, KnownTasks.All, known => known.Name);
        LearnerDefinition? learner = FindByName(parsed, Learner, KnownLearners.All, known => known.Name);
        parsed.RefuseUnused(
            [
                TrainingPreset.Data, TrainingPreset.Option, Length, Noise, Trials, Set, Success, Save, Checkpoint,
                .. Execution.All,
            ],
            $"{List.Name} trains nothing");
        parsed.ThrowIfInvalid();
        bool json = parsed.GetValue(Options.Json);
        if (task is null && learner is null)
            TrainingList.Print(json);
        else
            TrainingList.PrintApplicable(
                TrainingConfigurationFactory.CreateDefault(task ?? KnownTasks.All[0], learner ?? KnownLearners.All[0]),
                json);
        return ExitCodes.Success;
    }

    private static T? FindByName<T>(
        ParsedOptions parsed, Option<string?> option, IReadOnlyList<T> all, Func<T, string> nameOf)
        where T : class
    {
        string? name = parsed.GetValue(option);
        T? found = all.FirstOrDefault(known => nameOf(known) == name);
        if (name is not null && found is null)
            parsed.AddError(option, Options.DescribeUnknown(name, all.Select(nameOf)));
        return found;
    }

    private static Option<string?> CreateNameOption(string name, string purpose, IEnumerable<string> known)
        => Options.Text(name, "NAME", $"{purpose}: {string.Join(", ", known)}", known);

    /// <summary>Creates the option for a setting of the first task that others share.</summary>
    private static Option<string?> CreateSettingOption(string name, string value, string defaultText)
    {
        Setting setting = Settings.GetAll(KnownTasks.Generated[0]).Single(common => common.Name == name);
        return Options.Text($"--{name}", value, $"{setting.Description}: {setting.AllowedValues} ({defaultText})");
    }

    /// <summary>Reads the training run; the result is valid only if no error was added.</summary>
    private static (TrainingRun Run, TrainingPreset? Preset) Read(
        ParsedOptions parsed, DatasetFileSource files, string? checkpoint, TrainingCheckpoint? interrupted)
    {
        bool hasData = parsed.GetValue(TrainingPreset.Data) is not null;
        string? task = hasData ? parsed.GetValue(TaskOption) : parsed.GetRequired(TaskOption),
            learner = hasData ? parsed.GetValue(Learner) : parsed.GetRequired(Learner);
        int trials = parsed.GetValue(Trials);
        Dictionary<string, string> given = ReadSettings(parsed);
        var errors = new List<ValidationError>();
        (TrainingConfiguration configuration, TrainingPreset? preset) = hasData
            ? TrainingPreset.Read(parsed, learner, given, errors, files)
            : (TrainingConfigurationFactory.Create(task, learner, given, errors, files), null);
        CheckPreset(parsed, hasData, task, given);
        var run = new TrainingRun(configuration, trials, interrupted)
        {
            SuccessCriterion = ReadCriterion(parsed, configuration),
            Checkpoints = checkpoint is null ? null
                : new(TimeSpan.FromSeconds(CheckpointSeconds), saved => CheckpointFile.Write(checkpoint, saved)),
        };
        if (errors.Count == 0)
            errors.AddRange(Settings.RefuseIdle(run.Configuration, given.Keys));
        if (errors.Count == 0 && run.ValidationError is { } runError)
            errors.Add(runError);
        parsed.ValidationErrors.AddRange(errors);
        return (run, preset);
    }

    /// <summary>The settings that are given, by name or path.</summary>
    private static Dictionary<string, string> ReadSettings(ParsedOptions parsed)
    {
        var given = new Dictionary<string, string>();
        foreach (Option<string?> option in new[] { Length, Noise })
        {
            if (parsed.GetValue(option) is { } value)
                given.Add(option.Name[2..], value);
        }

        if (parsed.GetValue(TrainingPreset.Data) is { } file)
            given.Add("file", file);
        parsed.ReadPairs(Set, parsed.GetValue(Set), $"{Set.Name} ", given, (name, value)
            => name.Length > 0 && value is not null ? null : $"{Set.HelpName}, such as learning-rate=0.1");
        return given;
    }

    /// <summary>Adds an error for options that do not fit a preset, or are missing without one.</summary>
    private static void CheckPreset(
        ParsedOptions parsed, bool hasData, string? task, Dictionary<string, string> given)
    {
        if (hasData && task is not null && task != new DatasetTask().Name)
            parsed.AddError(TaskOption, $"is the task dataset with {TrainingPreset.Data.Name}: omit one of them");
        if (!hasData && parsed.HasValue(TrainingPreset.Option))
            parsed.AddError(TrainingPreset.Option, $"is only allowed with {TrainingPreset.Data.Name}");
        bool needsLength = KnownTasks.All.FirstOrDefault(known => known.Name == task)?.NeedsLength != false;
        if (!hasData && needsLength && !given.ContainsKey(Length.Name[2..]))
            parsed.GetRequired(Length);
    }

    /// <summary>Reads what counts as success; null for convergence.</summary>
    private static SuccessCriterion? ReadCriterion(ParsedOptions parsed, TrainingConfiguration configuration)
    {
        if (parsed.GetValue(Success) is not { } text)
            return null;
        if (!configuration.HasFinalTest || (configuration.Task.HasSequences && configuration.TestSequences == 0))
            parsed.AddError(Success, "needs a test of every trial, and there is none: omit final-test and test-share");
        try
        {
            return SuccessCriterion.Parse(text, configuration.Task.Targets);
        }
        catch (ValidationException exception)
        {
            parsed.AddError(Success, exception.Errors[0].Message);
            return null;
        }
    }

    /// <summary>Writes the network, and then the summary, even if there is no network to write.</summary>
    private static void Write(TrainingSummary summary, bool json)
    {
        try
        {
            summary.WriteNetwork();
        }
        finally
        {
            if (json)
                summary.PrintJson();
            else
                summary.Print();
        }
    }
}
