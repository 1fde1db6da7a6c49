using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Experiments;

/// <summary>
/// Runs trials of one shape side by side, a lane a trial, and gives a lane whose trial has ended the next waiting one,
/// where all lanes are in step: at the end of a pass through the sequences.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
internal sealed class Ensemble<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly ulong seed;
    private readonly WaitingTrials waiting;
    private readonly ITrialSink sink;
    private readonly int length;                    // T of the longest trial
    private readonly int sequences;
    private readonly Learner<TLane> learner;
    private readonly ISequenceLanes<TLane> presented;
    private readonly Score<TLane> score;
    private readonly LaneMeter meter;
    private readonly Lane[] lanes;
    private LearningProbe? probe;
    private int busy;

    /// <summary>An ensemble that takes trials from those that wait.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="waiting">The trials.</param>
    /// <param name="sink">Receives those that have ended.</param>
    /// <param name="threads">Ensembles that share the work: few trials are spread over all of them.</param>
    /// <param name="live">Hears how the running trials do; may be null.</param>
    public Ensemble(ulong seed, WaitingTrials waiting, ITrialSink sink, int threads = 1, LiveTrials? live = null)
    {
        this.seed = seed;
        this.waiting = waiting;
        this.sink = sink;
        length = waiting.LongestLength;
        Cell cell = waiting.AnyCell;
        sequences = cell.Sequences;
        int perThread = (waiting.Wanted + threads - 1) / threads;
        learner = cell.CreateLearner<TLane>(length, Math.Max(1, (perThread + TLane.Count - 1) / TLane.Count));
        presented = cell.CreateSequences<TLane>(seed, learner.Bundles, length);
        score = new(cell.Scoring, learner.Outputs, learner.Bundles, stopsEarly: !learner.IsOnline);
        lanes = new Lane[learner.Bundles * TLane.Count];
        meter = new(live, lanes.Length);
    }

    /// <summary>Runs until no trial waits and every lane has ended.</summary>
    public void Run(CancellationToken cancellation)
    {
        for (int lane = 0; lane < lanes.Length; lane++)
            Refill(lane);
        while (busy > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            Pass();
            for (int lane = 0; lane < lanes.Length; lane++)
                EndPass(lane);
            meter.Tell(isLast: busy == 0);
        }
    }

    /// <summary>
    /// Presents every sequence once to every lane; lanes that learn on-line do so after each. Where the fate of every
    /// candidate is decided, the rest is left out.
    /// </summary>
    private void Pass()
    {
        score.Clear();
        presented.BeginPass();
        bool anyLearns = learner.IsOnline
            && lanes.Any(lane => lane.Progress?.Phase == Phase.Learning && lane.Trial.Cell.Learns);
        for (int p = 0; p < sequences; p++)
        {
            Sequence<TLane> sequence = presented.Take(p);
            learner.Present(sequence);
            score.Add(learner, sequence, p);
            if (anyLearns)
                learner.Learn(sequence, p, score.Errors);
            if (score.IsDecided)
                break;
        }
    }

    /// <summary>Lets the lane's trial decide how to go on.</summary>
    private void EndPass(int lane)
    {
        (QueuedTrial trial, TrialProgress? progress, List<TrialCheck>? checks) = lanes[lane];
        if (progress is null)
            return;
        Phase before = progress.Phase;
        PassResult result = score.Of(lane) with { IsDiverged = !learner.Parameters.AreFinite(lane) };
        ISearch? search = before == Phase.Learning ? learner.Search(lane) : null;
        double bestCost = search?.BestCost ?? 0.0;
        if (search is not null)
        {
            search.Tell(new(result.Cost / sequences, result.RightBeforeWrong));
            result = result with { IsStuck = search.HasStopped, Temperatures = search.Temperatures };
        }

        if (before == Phase.Learning)
        {
            bool isNews = search?.BestCost != bestCost;
            meter.CountPass(lane, sequences, isNews ? (double)(sequences - result.Right) / sequences : null);
        }

        Outcome? outcome = progress.EndPass(result);
        if (search is not null && !progress.HasLearned)
            learner.Parameters.Write(lane, progress.Phase == Phase.Learning ? search.Candidate : search.Best);
        if (checks is not null && (outcome is not null || before == Phase.Learning))
        {
            bool shows = search is null || progress.HasLearned;
            Look(lane, shows ? learner.Parameters.Read(lane) : search!.Best, isLast: outcome is not null);
        }

        if (outcome is { } ended)
        {
            ended = ended with { Damping = learner.Damping(lane) };
            sink.Record(trial, ended, learner.Parameters.Read(lane), checks ?? []);
            meter.End(lane, trial.Cell.Budget, ended);
            busy--;
            Refill(lane);
            return;
        }

        if (progress.Stage > 0 && before == Phase.Judging && progress.Phase == Phase.Learning)
            learner.BeginStage(lane, trial.Cell.StartOf(seed, trial.Trial), trial.Cell.Learner, progress.Stage);
        Prepare(lane, before);
    }

    /// <summary>
    /// Gives the lane the next waiting trial; without one it idles, its numbers finite and its rates zero.
    /// </summary>
    private void Refill(int lane)
    {
        bool found = waiting.TryTake(out QueuedTrial trial);
        bool isLogged = found && sink.WantsChecks(trial);
        lanes[lane] = new(
            trial, found ? new TrialProgress(trial.Cell, learner.IsOnline) : null, isLogged ? [] : null);
        if (found)
        {
            busy++;
            TrialStart start = trial.Cell.StartOf(seed, trial.Trial);
            learner.Begin(lane, start, trial.Cell.Learner);
            Prepare(lane, before: null);
            if (isLogged)
                Look(lane, start.Values.ToArray(), isLast: false);
        }
        else
        {
            learner.Rest(lane);
            presented.Rest(lane);
            score.Rest(lane);
        }
    }

    /// <summary>Sets what the next pass presents to the lane and whether it learns.</summary>
    private void Prepare(int lane, Phase? before)
    {
        (QueuedTrial trial, TrialProgress? progress, _) = lanes[lane];
        bool learns = progress!.Phase == Phase.Learning;
        presented.Prepare(lane, trial, progress);
        ISearch? search = learns ? learner.Search(lane) : null;
        score.SetLane(lane, progress.CountedSequences, search, trial.Cell.Rule.MostWrong(sequences));
        learner.SetPass(lane, progress.Passes);
        if (progress.Phase != before)
            learner.SetLearning(lane, learns && trial.Cell.Learns);
    }

    /// <summary>Adds to the log of a lane's trial, if it is time.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="parameters">Of its network; of a search, those of its best point.</param>
    /// <param name="isLast">Whether the trial has ended.</param>
    private void Look(int lane, ReadOnlySpan<double> parameters, bool isLast)
    {
        (QueuedTrial trial, TrialProgress? progress, List<TrialCheck>? checks) = lanes[lane];
        bool isNews = checks!.Count == 0 || checks[^1].Presentations < progress!.Presentations;
        if (!isNews || !(isLast || LearningProbe.LooksAfter(progress!.Presentations / sequences)))
            return;
        probe ??= LearningProbe.Of(trial.Cell, seed, length);
        checks.Add(probe.Look(trial, progress!, parameters));
    }

    /// <summary>What happens in a lane.</summary>
    /// <param name="Trial">Its trial.</param>
    /// <param name="Progress">How far it has come; null if the lane has none.</param>
    /// <param name="Checks">The log of the trial; null where none is wanted.</param>
    private readonly record struct Lane(QueuedTrial Trial, TrialProgress? Progress, List<TrialCheck>? Checks);
}
