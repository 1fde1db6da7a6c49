using System.Text;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Runs;
using LatchLab.Ledger.Writing;
using LatchLab.Numerics;
using LatchLab.Statistics;
using LatchLab.Sweeps.Format;
using LatchLab.Sweeps.Slurm;
using LatchLab.Sweeps.Tuning;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>
/// Runs the stages of a search, each with a ledger in a folder of its own, from which an interrupted search is resumed:
/// the next stage follows from the recorded trials of the stages before, whichever process ran them.
/// </summary>
internal sealed class TuningRun(TuningSearch search, string folder, RunOptions options)
{
    /// <summary>Runs what the ledgers lack and returns the results of all stages; null after an interruption.</summary>
    public IReadOnlyList<TuningStageResult>? Complete()
    {
        using var signals = new TerminationSignals(TerminationSignals.LedgerTimeout);
        var results = new List<TuningStageResult>();
        for (TuningStage? stage = search.CreateFirst(); stage is not null; stage = Next(results))
        {
            LedgerRun run = CreateRun(stage);
            using TrialLedger ledger = TrialLedger.Open(
                GetFolder(stage), run.Identity, new() { Lanes = options.Lane.Name });
            CommandLine.WriteError($"{stage.Plan.Name}: {Describe(stage)}");
            if (!RecordedRun.Run([(run, ledger)], folder, signals.Token))
                return null;
            results.Add(Read(stage, run));
        }

        return results;
    }

    /// <summary>Writes the sweep file of the first stage that is not complete, and says how to run it.</summary>
    public int Prepare()
    {
        var results = new List<TuningStageResult>();
        for (TuningStage? stage = search.CreateFirst(); stage is not null; stage = Next(results))
        {
            LedgerRun run = CreateRun(stage);
            string stageFolder = GetFolder(stage), file = $"{stageFolder}.toml";
            if (!IsComplete(stageFolder, run.Identity))
            {
                Directory.CreateDirectory(folder);
                AtomicFile.EnsureWritable(file, path => File.ReadAllText(path) == run.Identity.SweepText,
                    "sweep file of this search");
                AtomicFile.Write(file, Encoding.UTF8.GetBytes(run.Identity.SweepText));
                Console.Out.WriteLine($"{stage.Plan.Name}: {Describe(stage)}. Run it, in parts on several machines " +
                    "if you like, and then this command again:");
                Console.Out.WriteLine($"latchlab run {ShellQuoting.Join(file)} --out {ShellQuoting.Join(stageFolder)}");
                return ExitCodes.Success;
            }

            results.Add(Read(stage, run));
        }

        Console.Out.WriteLine("All stages are complete. Without --prepare this command prints the result.");
        return ExitCodes.Success;
    }

    private TuningStage? Next(List<TuningStageResult> results)
        => search.CreateNext(
            results[^1].Stage, [.. results[^1].Scores.Select(score => score.Value)],
            results.Count(result => result.Stage.Kind == TuningStageKind.Search));

    private LedgerRun CreateRun(TuningStage stage)
        => new(stage.Plan, SweepFile.Serialize(stage.Plan), options with { Seed = stage.Plan.Seed }, Shard.Whole);

    private string GetFolder(TuningStage stage) => Path.Combine(folder, stage.Plan.Name);

    private static string Describe(TuningStage stage)
        => $"{NumberFormat.WithNoun(stage.Candidates.Count, "configuration")}, " +
            $"{NumberFormat.WithNoun((int)stage.Plan.TrialCount, "trial")}";

    private static bool IsComplete(string stageFolder, LedgerIdentity identity)
    {
        if (!LedgerFolder.HasLedger(stageFolder))
            return false;
        using LedgerReader ledger = LedgerReader.Open(stageFolder);
        identity.EnsureSameSweep(ledger.Identity, stageFolder, "in the ledger");
        return ledger.TrialCount == identity.PlannedTrials;
    }

    private TuningStageResult Read(TuningStage stage, LedgerRun run)
    {
        SweepOutcomes outcomes = run.ReadOutcomes(GetFolder(stage))[0];
        Estimate[] scores =
        [
            .. outcomes.Sweep.Configurations.Select((configuration, i) => TuningScore.Compute(
                configuration, outcomes.GetOutcomes(i).ToArray())),
        ];
        return new(stage, scores);
    }
}

/// <summary>A stage that has ended.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Scores">[configuration of the stage]: its score with the interval over its trials.</param>
internal sealed record TuningStageResult(TuningStage Stage, IReadOnlyList<Estimate> Scores);
