using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Power;
using LatchLab.Statistics;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab power</c>: runs a bank of trials and simulates the tests of the claims with it: the trials that each
/// needs, and how often each verdict is wrong.
/// </summary>
internal static class PowerCommand
{
    private const string DefaultFolder = "latchlab-power";
    private const int DefaultTrials = 1000, DefaultDataSets = 10_000;

    private static readonly Option<IReadOnlyList<int>> Claims = Options.Choices(
        "--claims", "which claims, by number, with only the trials that they need", PowerAnalysis.ClaimNumbers,
        number => $"{number}");

    private static readonly Option<int> Trials = Options.Integer(
        "--trials", "N", $"trials of each configuration of the bank (default: {DefaultTrials})",
        PowerAnalysis.LeastTrials, 100_000, DefaultTrials);

    private static readonly Option<int> DataSets = Options.Integer(
        "--data-sets", "N", $"synthetic data sets of each error rate (default: {DefaultDataSets})", 100, 10_000_000,
        DefaultDataSets);

    private static readonly Option<string?> Out = Options.Text(
        "--out", "DIR", "folder that keeps the trials, from which an interrupted run is resumed (default: " +
            $"{DefaultFolder})");

    private static readonly ExecutionOptions Execution = new(PowerAnalysis.Seed);

    public static Command Create() => new RunnableCommand(
        "power",
        "Run a bank of trials on a seed that no figure uses, and simulate the tests of the claims with it: the " +
            "trials that each claim needs, and how often each verdict is wrong. The last lines of the output have " +
            "the format of src/LatchLab.Paper/Claims/claim-power.txt.",
        Run,
        () => [Claims, Trials, DataSets, Out, .. Execution.All, Options.Json]);

    private static int Run(ParsedOptions parsed)
    {
        IReadOnlyList<int> claims = parsed.GetValue(Claims);
        RunOptions options = Execution.Read(parsed);
        string folder = parsed.GetValue(Out) ?? DefaultFolder;
        if (File.Exists(folder))
            parsed.ValidationErrors.Add(new("", "out", $"'{folder}' is a file; name a folder"));
        parsed.ThrowIfInvalid();
        var analysis = new PowerAnalysis(
            parsed.GetValue(Trials), claims.Count == PowerAnalysis.ClaimNumbers.Count ? [] : claims, options.Seed);
        if (PlannedRuns.Run(analysis.Plans, options, folder) is not { } outcomes)
            return TerminationSignals.ExitCode;
        try
        {
            using var signals = new TerminationSignals(message: RecordedRun.FormatInterruption(folder));
            SimulatedClaim[] simulated =
                [.. analysis.Simulate(outcomes, parsed.GetValue(DataSets), options.Threads, signals.Token)];
            if (parsed.GetValue(Options.Json))
                PrintJson(simulated, options.Seed);
            else
                Print(simulated);
            return ExitCodes.Success;
        }
        catch (OperationCanceledException)
        {
            CommandLine.WriteError(RecordedRun.FormatInterruption(folder));
            return TerminationSignals.ExitCode;
        }
    }

    private static void Print(SimulatedClaim[] simulated)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("Claim").AddColumn("Parts").AddColumn("Bank").AddColumn("Decided with n trials a part")
            .AddColumn("Falsely reproduced").AddColumn("Falsely not reproduced");
        foreach (SimulatedClaim claim in simulated)
        {
            table.AddRow(
                claim.Row,
                Format(claim.Parts),
                Format(claim.BankTrials),
                Markup.Escape(string.Join(", ", claim.Decided.Select(
                    entry => $"{Format(entry.Trials)}: {NumberFormat.Percent(entry.Decided.Frequency)}"))),
                Markup.Escape($"{FormatRate(claim.FalselyReproduced)}; {claim.WorstPart}"),
                Markup.Escape(FormatRate(claim.FalselyNotReproduced)));
        }

        AnsiConsole.Write(table);
        foreach (SimulatedClaim claim in simulated)
            Console.Out.WriteLine(claim.Power);
    }

    /// <summary>
    /// A rate of at most a few per cent, with its 95 % interval, for example <c>0.45 % [0.23, 0.86]</c>.
    /// </summary>
    private static string FormatRate(Proportion rate)
        => FormattableString.Invariant(
            $"{100.0 * rate.Frequency:0.00} % [{100.0 * rate.Lower:0.00}, {100.0 * rate.Upper:0.00}]");

    private static string Format(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void PrintJson(SimulatedClaim[] simulated, ulong seed)
        => JsonOutput.WriteDocument(new JsonObject
        {
            ["seed"] = seed,
            ["claims"] = new JsonArray([.. simulated.Select(claim => new JsonObject
            {
                ["claim"] = claim.Row,
                ["parts"] = claim.Parts,
                ["bankTrials"] = claim.BankTrials,
                ["power"] = claim.Power,
                ["decided"] = new JsonArray([.. claim.Decided.Select(entry => new JsonObject
                {
                    ["trials"] = entry.Trials,
                    ["share"] = ToJson(entry.Decided),
                })]),
                ["falselyReproduced"] = ToJson(claim.FalselyReproduced),
                ["worstPart"] = claim.WorstPart,
                ["falselyNotReproduced"] = ToJson(claim.FalselyNotReproduced),
            })]),
        });

    private static JsonObject ToJson(Proportion share) => new()
    {
        ["dataSets"] = share.Trials,
        ["frequency"] = share.Frequency,
        ["lower95"] = share.Lower,
        ["upper95"] = share.Upper,
    };
}
