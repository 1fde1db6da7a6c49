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

/// <summary><c>latchlab train</c>: trains networks on a task and prints their results (docs/training.md).</summary>
internal static class TrainCommand
{
    private const int DefaultTrials = 20;

    private static readonly TextOption TaskOption = new(
        "--task", "NAME", $"the task: {ChoiceParser.JoinNames(KnownTasks.All.Select(task => task.Name))}")
    {
        Suggestions = [.. KnownTasks.All.Select(task => task.Name)],
    };

    private static readonly TextOption Learner = new(
        "--learner", "NAME",
        $"the learning algorithm: {ChoiceParser.JoinNames(KnownLearners.All.Select(learner => learner.Name))}")
    {
        Suggestions = [.. KnownLearners.All.Select(learner => learner.Name)],
    };

    private static readonly TextOption Length = CreateOption(
        "length", "T", "required; optional for the task dataset, where 0, the default, keeps whole sequences");

    private static readonly TextOption Noise = CreateOption("noise", "A", "default: 0.2; 0 for the task dataset");
    private static readonly TextOption Trials = new(
        "--trials", "N", $"networks to train, each from its own initial weights (default: {DefaultTrials})");

    private static readonly TextOption Set = new(
        "--set", "KEY=VALUE", "any other setting; may be repeated; --list prints all settings and their defaults")
    {
        CanRepeat = true,
    };

    private static readonly TextOption Save = new(
        "--save-network", "FILE", "save the network of the best trial (see docs/network-files.md)");

    private static readonly Flag ListFlag = new("--list",
        "list tasks, learners and their settings, with --task or --learner those that apply; train nothing");
    private static readonly Flag Json = new("--json", "print one JSON document on standard output");

    public static Command Create()
    {
        var executionOptions = new ExecutionOptions();
        var command = new Command("train", "Train networks on a task and show their error.")
        {
            TaskOption, Length, Learner, Noise, Trials, Set, Save, ListFlag,
        };
        foreach (Option option in executionOptions.Options.Append(Json))
            command.Add(option);
        command.SetAction(parsed =>
        {
            var parsedOptions = new ParsedOptions(parsed);
            if (parsedOptions.HasFlag(ListFlag))
            {
                TaskDefinition? task = FindByName(parsedOptions, TaskOption, KnownTasks.All, known => known.Name);
                LearnerDefinition? learner = FindByName(
                    parsedOptions, Learner, KnownLearners.All, known => known.Name);
                parsedOptions.RefuseUnused(
                    [Length, Noise, Trials, Set, Save, .. executionOptions.Options],
                    $"{ListFlag.Name} trains nothing");
                parsedOptions.ThrowIfInvalid();
                if (task is null && learner is null)
                    TrainingList.Print(parsedOptions.HasFlag(Json));
                else
                    TrainingList.PrintApplicable(
                        TrainingConfigurationFactory.CreateDefault(
                            task ?? KnownTasks.All[0], learner ?? KnownLearners.All[0]),
                        parsedOptions.HasFlag(Json));
                return ExitCodes.Success;
            }

            using var files = new CsvDatasetSource();
            TrainingRun run = Read(parsedOptions, files);
            RunOptions options = executionOptions.Read(parsedOptions);
            string? path = parsedOptions.GetString(Save);
            if (path is not null)
                parsedOptions.CollectErrors(() => NetworkFile.EnsureWritable(path));
            parsedOptions.ThrowIfInvalid();
            return Run(run, options, path, parsedOptions.HasFlag(Json));
        });
        return command;
    }

    private static T? FindByName<T>(
        ParsedOptions parsedOptions, TextOption option, IReadOnlyList<T> all, Func<T, string> nameOf)
        where T : class
        => parsedOptions.GetString(option) is { } name
            ? ChoiceParser.Find(option.Name, name, all.ToDictionary(nameOf), parsedOptions.ValidationErrors)
            : null;

    /// <summary>Creates the option for a setting that all tasks share.</summary>
    private static TextOption CreateOption(string name, string value, string defaultText)
    {
        Setting setting = Settings.GetAll(KnownTasks.Generated[0]).Single(common => common.Name == name);
        return new($"--{name}", value, $"{setting.Description}: {setting.AllowedValues} ({defaultText})");
    }

    /// <summary>Reads the training run; the result is valid only if no error was added.</summary>
    private static TrainingRun Read(ParsedOptions parsedOptions, CsvDatasetSource files)
    {
        string? task = parsedOptions.GetRequiredString(TaskOption), learner = parsedOptions.GetRequiredString(Learner);
        int trials = parsedOptions.GetInt32(Trials, 1, TrainingRun.MaxTrials, DefaultTrials);
        var changes = new Dictionary<string, string>();
        foreach (TextOption option in new[] { Length, Noise })
        {
            if (parsedOptions.GetString(option) is { } value)
                changes.Add(option.Name[2..], value);
        }

        parsedOptions.ReadKeyValuePairs(Set, "learning-rate=0.1", changes);
        bool hasLength = KnownTasks.All.FirstOrDefault(known => known.Name == task) is DatasetTask;
        if (!hasLength && !changes.ContainsKey(Length.Name[2..]))
            parsedOptions.GetRequiredString(Length);
        var errors = new List<ValidationError>();
        var run = new TrainingRun(TrainingConfigurationFactory.Create(task, learner, changes, errors, files), trials);
        if (errors.Count == 0)
            errors.AddRange(Settings.RefuseIdle(run.Configuration, changes.Keys));
        if (errors.Count == 0 && run.ValidationError is { } runError)
            errors.Add(runError);
        parsedOptions.ValidationErrors.AddRange(errors);
        return run;
    }

    private static int Run(TrainingRun run, RunOptions options, string? path, bool json)
    {
        using var signals = new TerminationSignals();
        TrainingResult result;
        using (new ProgressDisplay(new TrainingProgressFormatter(run.Progress)))
            result = run.Run(options, signals.Token);
        try
        {
            if (path is not null)
                WriteNetwork(path, result);
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

    private static void WriteNetwork(string path, TrainingResult result)
    {
        NetworkDefinition network = result.BestNetwork
            ?? throw new IOException($"no network was written to '{path}', because every trial diverged");
        NetworkFile.Write(path, network);
    }
}
