using System.CommandLine;
using LatchLab.Experiments;
using LatchLab.Formats;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Tasks;

namespace LatchLab.Cli;

/// <summary><c>latchlab train</c>: trains networks on a task and says how well that went (docs/training.md).</summary>
internal static class TrainCommand
{
    private const int DefaultTrials = 20;

    private static readonly TextOption Task = new(
        "--task", "NAME", $"what is to be learned: {Choice.Names(KnownTasks.All.Select(task => task.Name))}");

    private static readonly TextOption Learner = new(
        "--learner", "NAME", $"how: {Choice.Names(KnownLearners.All.Select(learner => learner.Name))}");

    private static readonly TextOption Length = Of(
        "length", "T", "needed; of your own sequences 0, the default, for whole ones");

    private static readonly TextOption Noise = Of("noise", "A", "default: 0.2; of your own sequences 0");
    private static readonly TextOption Trials = new(
        "--trials", "N", $"networks to train, each from its own start (default: {DefaultTrials})");

    private static readonly TextOption Set = new(
        "--set", "KEY=VALUE", "any other setting, as often as you like; --list names them with their defaults")
    {
        Repeats = true,
    };

    private static readonly TextOption Save = new(
        "--save-network", "FILE", "write the network of the best trial (see docs/network-files.md)");

    private static readonly Flag List = new("--list", "list tasks, learners and their settings, and train nothing");
    private static readonly Flag Json = new("--json", "print one JSON document on standard output");

    public static Command Create()
    {
        var choices = new RunChoices();
        var command = new Command("train", "Train networks on a task, and watch their error fall.")
        {
            Task, Length, Learner, Noise, Trials, Set, Save, List,
        };
        foreach (Option option in choices.Options.Append(Json))
            command.Add(option);
        command.SetAction(parsed =>
        {
            var given = new GivenOptions(parsed);
            if (given.Has(List))
            {
                given.ThrowIfMistaken();
                TrainingList.Print(given.Has(Json));
                return ExitCodes.Success;
            }

            using var files = new SequenceFiles();
            TrainingRun run = Read(given, command, files);
            RunOptions options = choices.Read(given);
            string? path = given.Text(Save);
            if (path is not null)
                given.Try(() => NetworkFile.CheckWritable(path));
            given.ThrowIfMistaken();
            return Run(run, options, path, given.Has(Json));
        });
        return command;
    }

    /// <summary>The option of a setting that every task has.</summary>
    private static TextOption Of(string name, string value, string standard)
    {
        Setting setting = Settings.Of(KnownTasks.Generated[0]).Single(common => common.Name == name);
        return new($"--{name}", value, $"{setting.Meaning}: {setting.Allowed} ({standard})");
    }

    /// <summary>What is to be run; of use only where no mistake was noted.</summary>
    private static TrainingRun Read(GivenOptions given, Command command, SequenceFiles files)
    {
        string? task = given.RequiredText(Task), learner = given.RequiredText(Learner);
        int trials = given.WholeNumber(Trials, 1, TrainingRun.MostTrials, DefaultTrials);
        var changes = new Dictionary<string, string>();
        foreach (TextOption option in new[] { Length, Noise })
        {
            if (given.Text(option) is { } value)
                changes.Add(option.Name[2..], value);
        }

        given.AddPairs(Set, "learning-rate=0.1", changes);
        bool hasLength = KnownTasks.All.FirstOrDefault(known => known.Name == task) is SequencesTask;
        if (!hasLength && !changes.ContainsKey(Length.Name[2..]))
            given.RequiredText(Length);
        var errors = new List<InputError>();
        var run = new TrainingRun(ProblemSetup.Read(task, learner, changes, errors, files), trials);
        if (errors.Count == 0 && run.Mistake is { } mistake)
            errors.Add(mistake);

        given.Mistakes.AddRange(errors.Select(error => error with { Place = PlaceOf(error, command) }));
        return run;
    }

    /// <summary>A setting without an option of its own was given by --set; a place in a file stays.</summary>
    private static string PlaceOf(InputError error, Command command)
        => !error.Place.StartsWith("--", StringComparison.Ordinal)
            || command.Options.Any(option => error.Place.Split(' ')[0] == option.Name)
            ? error.Place
            : $"{Set.Name} {error.Place[2..]}";

    private static int Run(TrainingRun run, RunOptions options, string? path, bool json)
    {
        using var interruption = new Interruption();
        TrainingResult result;
        using (new ProgressDisplay(new ErrorCurve(run.Progress)))
            result = run.Run(options, interruption.Token);
        try
        {
            if (path is not null)
                Write(path, result);
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

    private static void Write(string path, TrainingResult result)
    {
        NetworkDefinition network = result.BestNetwork
            ?? throw new IOException($"no network was written to '{path}', since every trial diverged");
        NetworkFile.Write(path, network);
    }
}
