using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// A task of supervised learning on labelled sequences: m inputs per step, and k targets at the last step of a
/// sequence or at every step. <see cref="GeneratedTask"/> generates its sequences; those of a
/// <see cref="DatasetTask"/> are in a file. Training, commands and reports depend only on the members of this class.
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

    /// <summary>P, the training sequences of a pass.</summary>
    public abstract int TrainingSequences { get; }

    /// <summary>Whether every pass has new training sequences, so that none is presented twice.</summary>
    public virtual bool HasFreshSequences => false;

    /// <summary>Whether a sequence that is presented in several passes is not the same in each of them.</summary>
    public virtual bool VariesBetweenPasses => false;

    /// <summary>Most passes of a trial, because each uses other random numbers.</summary>
    public virtual long MaxPasses => long.MaxValue;

    /// <summary>
    /// Whether the ranks of the sequences have a pseudo-random order in a pass, so that neither lengths nor classes
    /// come in blocks; needless if all have one length, and classes alternate.
    /// </summary>
    public virtual bool MixesRanks => true;

    /// <summary>
    /// Number of sequences on which a trial is tested at its end, 0 for none; null if the convergence criterion gives
    /// the number of test sequences, because any number can be generated.
    /// </summary>
    public virtual int? TestSequences => null;

    /// <summary>
    /// Number of validation sequences, which a trial neither learns nor is tested on; null if as many as test sequences
    /// can be generated.
    /// </summary>
    public virtual int? ValidationSequences => null;

    /// <summary>
    /// [class]: the number of training sequences of every trial; null for numbers, and for classes of equal sizes.
    /// </summary>
    public virtual IReadOnlyList<int>? TrainingClassSizes => null;

    /// <summary>m ≥ 1, the inputs of a step.</summary>
    public virtual int InputsPerStep => 1;

    /// <summary>k ≥ 1, the outputs that have a target.</summary>
    public virtual int Outputs => 1;

    /// <summary>Whether the outputs have targets at every step, not only at the last.</summary>
    public virtual bool HasTargetsAtEveryStep => false;

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

    /// <summary>The values that select the random numbers of a trial.</summary>
    /// <param name="network">Those of its network.</param>
    public virtual IReadOnlyList<double> GetRandomWordParts(IReadOnlyList<double> network)
        => [MaximumLength, TrainingSequences, TrainableInputs, .. network];

    /// <summary>The summary of the data in reports: the name and the text of each line.</summary>
    public virtual IReadOnlyList<(string Name, string Text)> DataSummary => [];

    /// <summary>
    /// The chance level: the error of a network that always gives the most frequent class; NaN for numbers. The classes
    /// of the tasks whose target is a sign have equal sizes. A sequence with targets at every step is correct if every
    /// step is.
    /// </summary>
    public virtual double ChanceError => Targets == TargetKind.Sign ? 0.5 : double.NaN;

    /// <summary>
    /// The chance level where a number within a tolerance of its label is correct: the smallest error of a network that
    /// always gives the same numbers; <see cref="ChanceError"/> for classes, NaN if it is not known.
    /// </summary>
    /// <param name="tolerance">In units of the label.</param>
    public virtual double GetChanceError(double tolerance) => ChanceError;

    /// <summary>
    /// The chance level of classes at every step: the share of steps with another class than the most frequent one; NaN
    /// for other targets.
    /// </summary>
    public virtual double ChanceStepError => double.NaN;

    /// <summary>
    /// The chance level of numbers: the mean squared error of a network that always gives the mean label, in squared
    /// units of the label; NaN for classes, or if it is not known.
    /// </summary>
    public virtual double ChanceMeanSquaredError => double.NaN;

    /// <summary>Whether tests also have the root mean square error of the outputs, in units of the label.</summary>
    public virtual bool UsesRootMeanSquareError => false;

    /// <summary>
    /// The default of the largest distance of a correct output from its target, in units of the label; 0 to compare
    /// signs or classes.
    /// </summary>
    public virtual double DefaultTolerance => 0.0;

    /// <summary>
    /// Whether a trial has learned by default as soon as the signs of its outputs are correct, whatever their cost.
    /// </summary>
    public virtual bool IsLearnedBySignByDefault => false;

    /// <summary>The default budget of learners that do not need a large one, in presentations.</summary>
    public virtual int DefaultPresentations => 100_000;

    /// <summary>The default of the range of initial values.</summary>
    public virtual double DefaultInitialRange => 0.5;

    /// <summary>Whether the weight of the latching neuron is frozen by default.</summary>
    public virtual bool FreezesWeightByDefault => false;

    /// <summary>A difference of 1 between outputs, in units of the label.</summary>
    /// <param name="halfRange">Half the range of an output.</param>
    public virtual double GetLabelUnitsPerOutput(double halfRange) => 1.0;

    /// <summary>L: trainable inputs at the beginning of a sequence.</summary>
    public virtual int TrainableInputs => 0;

    /// <summary>Smallest number of steps of a sequence.</summary>
    public virtual int MinimumLength => TrainableInputs + 1;

    /// <summary>Whether a command line must give T, because no length is usual.</summary>
    public virtual bool NeedsLength => true;

    /// <summary>Why a curriculum cannot begin with shorter sequences; null if it can.</summary>
    public virtual string? CurriculumError => null;

    /// <summary>
    /// Most numbers, inputs and targets, that the lanes of a batch keep between passes. A task with more of them writes
    /// each sequence whenever it is presented.
    /// </summary>
    public virtual long MaxStoredNumbers => long.MaxValue;

    /// <summary>The file of the sequences; null if they are generated.</summary>
    public virtual string? DataFile => null;

    /// <summary>The dataset that has been read from the file; null if there is none.</summary>
    public virtual Dataset? Dataset => null;

    /// <summary>Whether the sequences are known: those of a file are once it has been read.</summary>
    public virtual bool HasSequences => true;

    /// <summary>Distance of the targets from the middle of the output's range, as a share of half the range.</summary>
    [Setting("distance of a target from the middle of the output's range, as a share of half the range", "paper: 0.8",
        Minimum = 0, IsMinimumExclusive = true, Maximum = 1, Probe = "0.6")]
    public double Target { get; init; } = 0.8;

    /// <summary>The order of the training sequences.</summary>
    [Setting("order of the training sequences: drawn anew in each epoch, among those whose lengths differ by at most " +
        "a tenth or among all; or the shortest first", "decision", Probe = "sorted")]
    public SequenceOrder Order { get; init; }

    /// <summary>Creates the sequences of a trial.</summary>
    /// <param name="random">The random numbers of the trial.</param>
    public abstract TrialSequences CreateSequences(TrialRandom random);

    /// <summary>What a network of a trial needs to read raw data; null if the sequences are generated.</summary>
    /// <param name="random">The random numbers of the trial.</param>
    /// <param name="outputRange">The range to which the targets of an output are scaled.</param>
    public virtual NetworkData? DescribeData(TrialRandom random, (double Minimum, double Maximum) outputRange) => null;

    /// <summary>The task with its dataset, if it has a file.</summary>
    /// <param name="source">Reads the file; null if files cannot be read.</param>
    /// <param name="errors">Receives every validation error.</param>
    public virtual TaskDefinition ReadDataset(IDatasetSource? source, ICollection<ValidationError> errors) => this;

    /// <summary>
    /// Returns the conflicts between the settings of the task, with the settings that could explain each.
    /// </summary>
    public virtual IEnumerable<(string[] RelatedSettings, ValidationError Error)> FindConflicts() => [];
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
