using System.CommandLine;
using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Runs;
using LatchLab.Ledger.Writing;
using LatchLab.Models.Datasets;
using LatchLab.Numerics;
using LatchLab.Reporting;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Format;
using LatchLab.Sweeps.Reports;
using LatchLab.Sweeps.Tuning;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab memory</c>: trains on a dataset at several delays before the answer, or with several numbers of last
/// steps, and says how far back the network remembers (docs/how-to/memory.md).
/// </summary>
internal static class MemoryCommand
{
    private const int DefaultTrials = 20, MaxTrials = 10_000, MaxPoints = 100;
    private const string DefaultDelays = "0,5,10,20";

    private static readonly string[] Quantities =
        [Quantity.TestError.Name, Quantity.RootMeanSquareError.Name, Quantity.Success.Name];

    private static readonly Option<string?> Data = Options.Text("--data", "FILE", "the dataset");

    private static readonly Option<string?> Delay = Options.Text(
        "--delay", "D,…", $"steps of zero inputs before the answer (default: {DefaultDelays})");

    private static readonly Option<string?> Length = Options.Text(
        "--length", "N,…", "instead of delays, numbers of last steps that are presented; 0: all");

    private static readonly Option<string[]> Set = Options.Repeated(
        "--set", "KEY=VALUE", "a setting of latchlab train; may be repeated");

    private static readonly Option<int> Trials = Options.Integer(
        "--trials", "N", $"networks to train at each (default: {DefaultTrials})", 1, MaxTrials, DefaultTrials);

    private static readonly Option<string?> Out = Options.Text(
        "--out", "DIR", "folder of the ledger and the report (default: the name of the file, then -memory); the same " +
            "study is resumed");

    private static readonly ExecutionOptions Execution = new();

    public static Command Create() => new RunnableCommand(
        "memory", "Train on a dataset at several delays, and say how far back the network remembers.", Run,
        () =>
        [
            Data, TrainingPreset.Option, Delay, Length, Set, Trials, Out, .. Execution.All, ReportOutput.Open,
            Options.Json,
        ]);

    private static int Run(ParsedOptions parsed)
    {
        string? file = parsed.GetRequired(Data);
        if (parsed.HasValue(Length))
            parsed.RefuseUnused([Delay], $"{Length.Name} is varied instead");
        (Option<string?> option, string field) = parsed.HasValue(Length) ? (Length, MemoryFinding.LengthField)
            : (Delay, MemoryFinding.DelayField);
        string values = parsed.GetValue(option) ?? DefaultDelays;
        var given = new Dictionary<string, string> { ["file"] = file ?? "" };
        parsed.ReadPairs(Set, parsed.GetValue(Set), $"{Set.Name} ", given, (name, value)
            => name.Length > 0 && value is not null ? null : $"{Set.HelpName}, such as units=8");
        if (!given.TryAdd(field, values) || !given.TryAdd(Settings.GetName(field), values))
            parsed.AddError(Set, $"{Settings.GetName(field)} is varied: give its values with {option.Name}");
        given.Remove(Settings.GetName(field));
        using var files = new DatasetFileSource { Progress = new ReadingProgress().Report };
        RunOptions options = Execution.Read(parsed);
        string folder = parsed.GetValue(Out) ?? $"{Path.GetFileNameWithoutExtension(file)}-memory",
            report = Path.Combine(folder, LedgerFolder.ReportFolderName);
        var errors = new List<ValidationError>();
        SweepPart? part = file is null ? null
            : CreatePart(given, field, parsed, errors, files, folder);
        parsed.ValidationErrors.AddRange(errors.Select(error => error.Field == field
            ? error with { Location = option.Name, Field = "" } : TuneCommand.NameOption(error)));
        parsed.Check(report, ReportFolder.CheckWritable);
        parsed.ThrowIfInvalid();
        return Run(parsed, new(Path.GetFileNameWithoutExtension(file!), options.Seed, [part!])
        {
            LoggedTrials = 0,
            ReportOptions = new() { Quantities = Quantities },
        }, options, folder, report);
    }

    private static SweepPart? CreatePart(
        Dictionary<string, string> given, string field, ParsedOptions parsed, List<ValidationError> errors,
        DatasetFileSource files, string folder)
    {
        bool isModern = TrainingPreset.IsModern(parsed, Data);
        TuningSpace? space = TuningSpace.Read(TuneCommand.DatasetName, given, errors, FinalTest.Yes, isModern);
        foreach (SearchedSetting other in space?.Searched.Settings.Where(setting => setting.Path != field) ?? [])
            errors.Add(new("", other.Path, "has several values: give one, and search with latchlab tune"));
        if (space is null || errors.Count > 0)
            return null;
        if (space.Searched.Settings.Count == 0 || space.Searched.Count > MaxPoints)
        {
            string example = field == MemoryFinding.DelayField ? DefaultDelays : "1,2,3,0";
            errors.Add(new("", field, $"needs 2 to {MaxPoints} values, such as {example}"));
            return null;
        }

        IReadOnlyList<IReadOnlyList<string>> points = space.Searched.Draw(seed: 0, MaxPoints);
        IReadOnlyList<TrainingConfiguration> configurations = space.CreateConfigurations(points, errors, files);
        if (isModern && errors.Count + parsed.ValidationErrors.Count == 0)
            CommandLine.WriteError(TrainingPreset.DescribeSettings(configurations[0], space.GetGiven(points[0])));
        return new("", [new SweepAxis([field], points)],
            [.. configurations.Select(one => RunFolder.RelateDataFiles(folder, one))], parsed.GetValue(Trials));
    }

    private static int Run(ParsedOptions parsed, SweepPlan plan, RunOptions options, string folder, string report)
    {
        using var signals = new TerminationSignals(TerminationSignals.LedgerTimeout);
        var run = new LedgerRun(plan, SweepFile.Serialize(plan), options, Shard.Whole);
        using TrialLedger ledger = TrialLedger.Open(folder, run.Identity, new() { Lanes = options.Lane.Name });
        if (!RecordedRun.Run([(run, ledger)], folder, signals.Token))
            return TerminationSignals.ExitCode;
        SweepResults results = LedgerResults.Read(folder);
        string page = ReportOutput.Write(parsed, report, SweepReport.Create(results), signals.Token);
        SweepSummary.Print(results, folder, page, parsed.GetValue(Options.Json));
        ReportOutput.OpenIfWanted(parsed, page);
        return ExitCodes.Success;
    }
}
