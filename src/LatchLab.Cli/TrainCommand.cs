using System.CommandLine;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Models;
using LatchLab.Models.Datasets;
using LatchLab.Networks;
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
            TaskOption, Length, Learner, Noise, Trials, Set, Success, Save, Checkpoint, List, .. Execution.All,
            Options.Json,
        ]);

    private static int Run(ParsedOptions parsed)
    {
        if (parsed.GetValue(List))
            return PrintList(parsed);
        using var files = new DatasetFileSource { Progress = new ReadingProgress().Report };
        string? checkpoint = parsed.GetValue(Checkpoint);
        TrainingCheckpoint? interrupted = CheckpointFile.Exists(checkpoint)
            ? parsed.Read(checkpoint, CheckpointFile.Read) : null;
        TrainingRun run = Read(parsed, files, checkpoint, interrupted);
        RunOptions options = Execution.Read(parsed);
        string? path = parsed.GetValue(Save);
        parsed.Check(path, NetworkFile.EnsureWritable);
        parsed.Check(checkpoint, CheckpointFile.EnsureWritable);
        parsed.ThrowIfInvalid();
        if (interrupted is not null)
        {
            CheckpointFile.EnsureContinues(
                checkpoint!, interrupted, run.Configuration, parsed.GetValue(Trials), options.Seed);
            CommandLine.WriteError(
                $"'{checkpoint}': {interrupted.CompletedCount} of {NumberFormat.WithNoun(parsed.GetValue(Trials),
                    "trial")} complete, {interrupted.RunningCount} to continue");
        }

        return Run(run, options, path, checkpoint, parsed.GetValue(Options.Json));
    }

    private static int PrintList(ParsedOptions parsed)
    {
        TaskDefinition? task = FindByName(parsed, TaskOption, KnownTasks.All, known => known.Name);
        LearnerDefinition? learner = FindByName(parsed, Learner, KnownLearners.All, known => known.Name);
        parsed.RefuseUnused(
            [Length, Noise, Trials, Set, Success, Save, Checkpoint, .. Execution.All], $"{List.Name} trains nothing");
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
    private static TrainingRun Read(
        ParsedOptions parsed, DatasetFileSource files, string? checkpoint, TrainingCheckpoint? interrupted)
    {
        string? task = parsed.GetRequired(TaskOption), learner = parsed.GetRequired(Learner);
        int trials = parsed.GetValue(Trials);
        var changes = new Dictionary<string, string>();
        foreach (Option<string?> option in new[] { Length, Noise })
        {
            if (parsed.GetValue(option) is { } value)
                changes.Add(option.Name[2..], value);
        }

        parsed.ReadPairs(Set, parsed.GetValue(Set), $"{Set.Name} ", changes, (name, value)
            => name.Length > 0 && value is not null ? null : $"{Set.HelpName}, such as learning-rate=0.1");
        bool needsLength = KnownTasks.All.FirstOrDefault(known => known.Name == task)?.NeedsLength != false;
        if (needsLength && !changes.ContainsKey(Length.Name[2..]))
            parsed.GetRequired(Length);
        var errors = new List<ValidationError>();
        TrainingConfiguration configuration =
            TrainingConfigurationFactory.Create(task, learner, changes, errors, files);
        var run = new TrainingRun(configuration, trials, interrupted)
        {
            SuccessCriterion = ReadCriterion(parsed, configuration),
            Checkpoints = checkpoint is null ? null
                : new(TimeSpan.FromSeconds(CheckpointSeconds), saved => CheckpointFile.Write(checkpoint, saved)),
        };
        if (errors.Count == 0)
            errors.AddRange(Settings.RefuseIdle(run.Configuration, changes.Keys));
        if (errors.Count == 0 && run.ValidationError is { } runError)
            errors.Add(runError);
        parsed.ValidationErrors.AddRange(errors);
        return run;
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

    private static int Run(TrainingRun run, RunOptions options, string? path, string? checkpoint, bool json)
    {
        using var signals = new TerminationSignals(checkpoint is null ? null : TerminationSignals.LedgerTimeout);
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

        try
        {
            if (path is not null)
                WriteNetwork(path, result, options.Seed);
        }
        finally
        {
            if (json)
                TrainingSummary.PrintJson(result, options.Seed, path);
            else
                TrainingSummary.Print(result, options.Seed, path);
        }

        return ExitCodes.Success;
    }

    private static void WriteNetwork(string path, TrainingResult result, ulong seed)
    {
        NetworkDefinition network = result.BestNetwork
            ?? throw new IOException($"no network was written to '{path}', because every trial diverged");
        NetworkFile.Write(path, network, result.DescribeData(seed), TrainingRecord.Create(result, seed));
    }
}
