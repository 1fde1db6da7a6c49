using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Experiments;

/// <summary>
/// What a trial on somebody's own sequences presents: its split, its order, and what is done to the numbers.
/// </summary>
internal sealed class PresentedTrial
{
    private readonly QueuedTrial trial;
    private readonly int[] training;    // [rank]
    private readonly int[] test;        // [rank]
    private int[] ranks = [];           // [place] of the pass
    private int first;                  // rank, of the test, that the pass begins with

    /// <summary>The trial at its beginning.</summary>
    public PresentedTrial(in QueuedTrial trial, ulong seed)
    {
        this.trial = trial;
        Task = (SequencesTask)((ProblemCell)trial.Cell).Task;
        Set = Task.Set ?? throw new InvalidOperationException("the sequences were not read");
        Random = new(seed, Cell: 0, trial.Trial);
        Scale = Task.Scale;
        SequenceSplit split = SequenceSplit.Of(Set, Task.TestShare, Random);
        training = SequenceOrder.ByLength(Set, split.Training, isTest: false, Random);
        test = SequenceOrder.ByLength(Set, split.Test, isTest: true, Random);
        Scaling = InputScaling.Of(Set, split.Training, Task.MostSteps(Set.LongestLength), Task.Normalisation);
    }

    /// <summary>The task.</summary>
    public SequencesTask Task { get; }

    /// <summary>Its sequences.</summary>
    public SequenceSet Set { get; }

    /// <summary>The random numbers of its sequences: the same for every network and learner.</summary>
    public TrialRandom Random { get; }

    /// <summary>What is done to the inputs.</summary>
    public InputScaling Scaling { get; }

    /// <summary>How labels become targets.</summary>
    public LabelScale Scale { get; }

    /// <summary>Whether the pass presents test sequences.</summary>
    public bool IsTest { get; private set; }

    /// <summary>Whether it is this trial.</summary>
    public bool Is(in QueuedTrial other) => trial.Trial == other.Trial && ReferenceEquals(trial.Cell, other.Cell);

    /// <summary>Sets what the next passes present.</summary>
    /// <param name="progress">How far the trial has come.</param>
    /// <param name="whole">The ranks of a pass in which all places count.</param>
    public void Present(TrialProgress progress, int[] whole)
    {
        IsTest = progress.PresentsFresh;
        first = IsTest ? progress.FirstFreshSequence : 0;
        int count = progress.CountedSequences;
        ranks = count == whole.Length ? whole : SequenceOrder.OfFirstPlaces(whole, count);
    }

    /// <summary>The sequence at a place of the pass; −1 where none is left.</summary>
    public int At(int place) => place >= ranks.Length ? -1 : (IsTest ? test : training)[first + ranks[place]];
}
