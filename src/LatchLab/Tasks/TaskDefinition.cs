using LatchLab.Foundation;

namespace LatchLab.Tasks;

/// <summary>
/// A task of supervised learning on labelled sequences: m inputs per step, and k targets at the last step of a
/// sequence. Each kind of task supplies its sequences; <see cref="GeneratedTask"/> generates them.
/// </summary>
public abstract record TaskDefinition
{
    /// <summary>Name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>One line: what is to be learned.</summary>
    public abstract string Description { get; }

    /// <summary>Its title in reports: its name and its most important settings.</summary>
    public virtual string Title => FormattableString.Invariant($"{Name}, T = {MaximumLength}");

    /// <summary>The default network, by its name in a network file.</summary>
    public abstract string DefaultNetwork { get; }

    /// <summary>T, the steps of the longest sequence.</summary>
    public abstract int MaximumLength { get; }

    /// <summary>P, the training sequences.</summary>
    public abstract int TrainingSequences { get; }

    /// <summary>
    /// Number of sequences on which a trial is tested at its end, 0 for none; null if the convergence criterion gives
    /// the number of test sequences.
    /// </summary>
    public virtual int? TestSequences => null;

    /// <summary>m ≥ 1, the inputs of a step.</summary>
    public virtual int InputsPerStep => 1;

    /// <summary>k ≥ 1, the outputs that have a target.</summary>
    public virtual int Outputs => 1;

    /// <summary>The kind of the targets, which defines when an output is correct.</summary>
    public virtual TargetKind Targets => TargetKind.Sign;

    /// <summary>
    /// Whether every unit has a bias and weights for all inputs by default. The paper defines other networks for its
    /// tasks.
    /// </summary>
    public virtual bool HasBiasesAndInputWeightsByDefault => false;

    /// <summary>
    /// The text of the task that selects the random numbers of a trial. It never changes; <see cref="Name"/> may.
    /// </summary>
    public virtual string RandomWordName => Name;

    /// <summary>The values of the task that select the random numbers of a trial.</summary>
    public virtual IReadOnlyList<double> RandomWordParts => [MaximumLength, TrainingSequences, TrainableInputs];

    /// <summary>The summary of the data in reports: the name and the text of each line.</summary>
    public virtual IReadOnlyList<(string Name, string Text)> DataSummary => [];

    /// <summary>
    /// The chance level: the error of a network that always gives the most frequent class; NaN for numbers. The classes
    /// of the generated tasks have equal sizes.
    /// </summary>
    public virtual double ChanceError => 0.5;

    /// <summary>A difference of 1 between outputs, in units of the label.</summary>
    /// <param name="halfRange">Half the range of an output.</param>
    public virtual double GetLabelUnitsPerOutput(double halfRange) => 1.0;

    /// <summary>L: trainable inputs at the beginning of a sequence.</summary>
    public virtual int TrainableInputs => 0;

    /// <summary>Smallest number of steps of a sequence.</summary>
    public virtual int MinimumLength => TrainableInputs + 1;

    /// <summary>Distance of the targets from the middle of the output's range, as a share of half the range.</summary>
    [Setting("distance of a target from the middle of the output's range, as a share of half the range", "paper: 0.8",
        Minimum = 0, IsMinimumExclusive = true, Maximum = 1, Probe = "0.6")]
    public double Target { get; init; } = 0.8;

    /// <summary>The order of the training sequences.</summary>
    [Setting("order of the training sequences: drawn anew in each epoch, among those whose lengths differ by at most " +
        "a tenth or among all; or the shortest first", "decision", Probe = "sorted")]
    public SequenceOrder Order { get; init; }
}

/// <summary>Kinds of targets.</summary>
public enum TargetKind
{
    /// <summary>One of two classes: the class is the side of the middle on which a single output is.</summary>
    Sign,

    /// <summary>
    /// One of several classes: each has an output, and the output of the correct class should be the largest.
    /// </summary>
    Classes,

    /// <summary>Numbers that the outputs should approximate.</summary>
    Values,
}
