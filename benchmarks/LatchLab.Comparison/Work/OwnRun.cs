using System.Diagnostics;
using System.Text.Json;
using LatchLab.Experiments;

namespace LatchLab.Comparison.Work;

/// <summary>
/// LatchLab itself as a contestant of whole runs: it runs the trials through the runner that every user's command goes
/// through, first a few to have the machine code made, then all of them, and prints one line of JSON.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="options">How to run.</param>
internal sealed class OwnRun(WholeRun run, RunOptions options)
{
    // Short runs are repeated; the median is what counts.
    private const double EnoughSeconds = 1.0;
    private const int MostRepetitions = 9;
    private const int WarmUpTrials = 8;

    private readonly Dictionary<(Cell, int), long> steps = [];

    /// <summary>Runs it.</summary>
    public string Measure()
    {
        foreach (Cell cell in run.Sweep.Cells)
        {
            for (int trial = 0; trial < run.Sweep.Trials; trial++)
                steps[(cell, trial)] = TrialRecords.Steps(cell, trial);
        }

        Once(run.WithTrials(Math.Min(WarmUpTrials, run.Sweep.Trials)).Sweep);
        List<double> seconds = [], processorSeconds = [];
        Tally tally;
        do
        {
            (long begin, TimeSpan processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            tally = Once(run.Sweep);
            seconds.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds);
            processorSeconds.Add((Environment.CpuUsage.TotalTime - processor).TotalSeconds);
        }
        while (seconds.Sum() < EnoughSeconds && seconds.Count < MostRepetitions);

        // On one thread the time of the processor: other work on the machine does not count.
        double[] counted = [.. (options.Threads == 1 ? processorSeconds : seconds).Order()];
        long unitSteps = tally.UnitSteps(run, steps);
        return JsonSerializer.Serialize(new
        {
            program = "LatchLab",
            work = run.Name,
            lane = options.Lane.Name,
            threads = options.Threads,
            minimum = 1e9 * counted[0] / unitSteps,
            median = 1e9 * counted[counted.Length / 2] / unitSteps,
            repetitions = seconds.Count,
            seconds = seconds.Order().ElementAt(seconds.Count / 2),
            trials = run.Sweep.Count,
            unitSteps,
            presentations = tally.Outcomes.Sum(outcome => (long)outcome.Presentations),
            judging = tally.Outcomes.Sum(outcome => (long)outcome.JudgingPresentations),
            leftOut = tally.Outcomes.Sum(outcome => outcome.Saved),
            converged = string.Concat(tally.Outcomes.Select(outcome => outcome.Converged ? '1' : '0')),
            collections = tally.LateCollections,
            bytesPerTrial = tally.Bytes / run.Sweep.Count,
        });
    }

    private Tally Once(Sweep sweep)
    {
        var tally = new Tally(sweep.Count);
        Runner.Run([sweep], options, tally, isWanted: null);
        tally.End();
        return tally;
    }

    /// <summary>Keeps the outcomes, and looks at the garbage collector when half of the trials have ended.</summary>
    private sealed class Tally(int count) : ITrialSink
    {
        private readonly long allocated = GC.GetAllocatedBytesForCurrentThread();
        private int ended, collectionsAtHalf;

        public Outcome[] Outcomes { get; } = new Outcome[count];

        /// <summary>Garbage collections while the second half of the trials ended.</summary>
        public int LateCollections { get; private set; }

        /// <summary>What the thread that started the run allocated.</summary>
        public long Bytes { get; private set; }

        public void Record(
            in QueuedTrial trial,
            in Outcome outcome,
            ReadOnlySpan<double> parameters,
            IReadOnlyList<TrialCheck> checks)
        {
            Outcomes[trial.Index] = outcome;
            if (Interlocked.Increment(ref ended) == Outcomes.Length / 2)
                collectionsAtHalf = GC.CollectionCount(0);
        }

        public void End()
        {
            LateCollections = GC.CollectionCount(0) - collectionsAtHalf;
            Bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
        }

        /// <summary>Own steps of the presented sequences, whole passes, times units.</summary>
        public long UnitSteps(WholeRun run, Dictionary<(Cell, int), long> steps)
        {
            long sum = 0;
            for (int i = 0; i < Outcomes.Length; i++)
            {
                (int cell, int trial) = Math.DivRem(i, run.Sweep.Trials);
                Cell setting = run.Sweep.Cells[cell];
                int presented = Outcomes[i].Presentations + Outcomes[i].JudgingPresentations;
                sum += presented / setting.Sequences * steps[(setting, trial)] * run.Units;
            }

            return sum;
        }
    }
}
