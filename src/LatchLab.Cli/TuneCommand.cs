using System.CommandLine;
using LatchLab.Foundation;
using LatchLab.Models.Datasets;
using LatchLab.Numerics;
using LatchLab.Paper.Comparison;
using LatchLab.Sweeps.Tuning;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab tune</c>: searches ranges of settings for a task (docs/how-to/tune.md), or the grid of Figure 4.
/// </summary>
internal static class TuneCommand
{
    private const int DefaultSearchTrials = 3, DefaultConfigurations = 20, MaxConfigurations = 1000;

    /// <summary>The task of a dataset.</summary>
    public static string DatasetName { get; } = new DatasetTask().Name;

    private static readonly Option<string?> TaskOption = Options.Text(
        "--task", "NAME", $"the task: {string.Join(", ", KnownTasks.All.Select(task => task.Name))}",
        KnownTasks.All.Select(task => task.Name));

    private static readonly Option<string?> Data = Options.Text(
        "--data", "FILE", $"the file of the task {DatasetName}, instead of --task");

    private static readonly Option<string[]> Set = Options.Repeated(
        "--set", "KEY=VALUE",
        "a setting, or what to search: a range such as learning-rate=0.001..0.1:log or units=4..32, or a list such " +
            "as network=gru,lstm; may be repeated");

    private static readonly Option<TuningStrategy> Strategy = Options.Choice(
        "--strategy", "KIND",
        "random: every configuration has the whole budget (default); halving: the better half goes on with twice the " +
            "presentations",
        TuningStrategy.Random);

    private static readonly Option<int> Configurations = Options.Integer(
        "--configurations", "N", $"configurations to try (default: {DefaultConfigurations})", 1, MaxConfigurations,
        DefaultConfigurations);

    private static readonly Option<int> Trials = Options.Integer(
        "--trials", "N",
        $"trials of each configuration (default: {DefaultSearchTrials}), or of each combination of the grid at each " +
            $"T (default: {GridTuning.DefaultTrials})",
        1, 10_000, defaultValue: 0);

    private static readonly Option<string?> Out = Options.Text(
        "--out", "DIR", "folder of the search (default: the task or the name of the file, then -tune); the same " +
            "search is resumed");

    private static readonly Option<bool> Prepare = Options.Flag(
        "--prepare", "write the next stage as a sweep file, to run with latchlab run or slurm, and run nothing");

    private static readonly ExecutionOptions Execution = new(GridSearch.Seed);

    public static Command Create() => new RunnableCommand(
        "tune",
        "Search settings of a task within ranges, judged on validation sequences, and test the best on fresh trials. " +
            GridTuning.Description,
        Run,
        () =>
        [
            TaskOption, Data, TrainingPreset.Option, Set, Strategy, Configurations, Trials, Out, Prepare,
            .. GridTuning.Own, .. Execution.All, Options.Json,
        ]);

    private static int Run(ParsedOptions parsed)
    {
        string? task = parsed.GetValue(TaskOption), file = parsed.GetValue(Data);
        if (task is null && file is null && !parsed.HasValue(Set))
        {
            parsed.RefuseUnused(
                [TrainingPreset.Option, Set, Strategy, Configurations, Out, Prepare],
                "the grid of Figure 4 has its own settings: give --task or --data, too");
            return GridTuning.Run(parsed, Trials, Execution);
        }

        parsed.RefuseUnused(GridTuning.Own, "it selects a part of the grid of Figure 4; give --set learner=NAME or " +
            "--set noise=A");
        if (task is null && file is null)
            parsed.AddError(TaskOption, "is missing; give --task NAME or --data FILE");
        if (file is not null && task is not null && task != DatasetName)
            parsed.AddError(Data, $"is the file of the task {DatasetName}: give either --task or --data");
        RunOptions options = Execution.Read(parsed);
        using var files = new DatasetFileSource { Progress = new ReadingProgress().Report };
        return Search(parsed, file is null ? task : DatasetName, file, options, files, new(
            parsed.GetValue(Strategy), parsed.GetValue(Trials) is > 0 and var trials ? trials : DefaultSearchTrials,
            options.Seed));
    }

    private static int Search(
        ParsedOptions parsed, string? task, string? file, RunOptions options, DatasetFileSource files,
        TuningOptions tuning)
    {
        var given = new Dictionary<string, string>();
        if (file is not null)
            given.Add("file", file);
        parsed.ReadPairs(Set, parsed.GetValue(Set), $"{Set.Name} ", given, (name, value)
            => name.Length > 0 && value is not null ? null : $"{Set.HelpName}, such as learning-rate=0.001..0.1:log");
        var errors = new List<ValidationError>();
        bool isModern = TrainingPreset.IsModern(parsed, Data);
        TuningSpace? space = task is null ? null : TuningSpace.Read(task, given, errors, isModern: isModern);
        int count = parsed.GetValue(Configurations);
        string folder = parsed.GetValue(Out)
            ?? $"{(file is null ? task : Path.GetFileNameWithoutExtension(file))}-tune";
        bool prepares = parsed.GetValue(Prepare);
        if (prepares)
            parsed.RefuseUnused([Options.Json], $"{Prepare.Name} prints no results");
        IReadOnlyList<IReadOnlyList<string>> points = space?.Searched.Draw(options.Seed, count) ?? [];
        IReadOnlyList<TrainingConfiguration> configurations = space?.CreateConfigurations(points, errors, files) ?? [];
        var search = new TuningSearch(
            space?.Searched ?? new([]), points,
            [.. configurations.Select(one => RunFolder.RelateDataFiles(folder, one))], tuning);
        if (parsed.ValidationErrors.Count + errors.Count == 0)
            errors.AddRange(search.Validate());
        parsed.ValidationErrors.AddRange(errors.Select(NameOption));
        parsed.ThrowIfInvalid();
        if (isModern)
            CommandLine.WriteError(TrainingPreset.DescribeSettings(configurations[0], space!.GetGiven(points[0])));
        if (points.Count < count)
            CommandLine.WriteError($"The values have {points.Count} combinations: all are tried");
        var run = new TuningRun(search, folder, options);
        if (prepares)
            return run.Prepare();
        if (run.Complete() is not { } results)
            return TerminationSignals.ExitCode;
        var summary = new TuningSummary(space!, points, tuning, results);
        if (parsed.GetValue(Options.Json))
            summary.PrintJson(folder);
        else
            summary.Print(folder);
        return ExitCodes.Success;
    }

    /// <summary>
    /// The error with the option that gives its setting, also where the grid has an option of its name.
    /// </summary>
    public static ValidationError NameOption(ValidationError error)
        => error.Location.Length > 0 ? error
            : new($"{Set.Name} {TuningSpace.FormatName(error.Field)}", "", error.Message);
}
