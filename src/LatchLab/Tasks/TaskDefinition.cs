using LatchLab.Foundation;

namespace LatchLab.Tasks;

/// <summary>
/// What a network is to learn from labelled sequences: m inputs a step, and k targets at the last step of a sequence.
/// Where the sequences come from is left to the kind of task; <see cref="GeneratedTask"/> draws them.
/// </summary>
public abstract record TaskDefinition
{
    /// <summary>Name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>One line: what is to be learned.</summary>
    public abstract string Description { get; }

    /// <summary>What it is called above results: its name, and what of its settings matters most.</summary>
    public virtual string Title => FormattableString.Invariant($"{Name}, T = {MaximumLength}");

    /// <summary>The network for it unless told otherwise, by its name in a network file.</summary>
    public abstract string DefaultNetwork { get; }

    /// <summary>T, the steps of the longest sequence.</summary>
    public abstract int MaximumLength { get; }

    /// <summary>P, the training sequences.</summary>
    public abstract int TrainingSequences { get; }

    /// <summary>
    /// Sequences on which a trial is tested at its end, 0 for none; null for as many fresh ones as the rule of
    /// convergence says.
    /// </summary>
    public virtual int? TestSequences => null;

    /// <summary>m ≥ 1, the inputs of a step.</summary>
    public virtual int InputsPerStep => 1;

    /// <summary>k ≥ 1, the outputs that have a target.</summary>
    public virtual int Outputs => 1;

    /// <summary>What the targets say of a sequence, and so when it is right.</summary>
    public virtual TargetKind Targets => TargetKind.Sign;

    /// <summary>
    /// Whether, unless told otherwise, every unit has a bias and weights for all inputs. The tasks of the paper have
    /// networks of their own.
    /// </summary>
    public virtual bool HasBiasesAndInputWeightsByDefault => false;

    /// <summary>What of the task chooses the random numbers of a trial.</summary>
    public virtual IReadOnlyList<double> RandomWordParts => [MaximumLength, TrainingSequences, TrainableInputs];

    /// <summary>What is to be said of the data above results; a name and a text each.</summary>
    public virtual IReadOnlyList<(string Name, string Text)> DataSummary => [];

    /// <summary>What a distance of 1 between outputs is in the units of a label.</summary>
    /// <param name="halfRange">Half the range of an output.</param>
    public virtual double GetLabelUnitsPerOutput(double halfRange) => 1.0;

    /// <summary>L: inputs at the beginning that are parameters of the network.</summary>
    public virtual int TrainableInputs => 0;

    /// <summary>Steps that every sequence needs.</summary>
    public virtual int MinimumLength => TrainableInputs + 1;

    /// <summary>Distance of the targets from the middle of the output's range, as a share of half that range.</summary>
    [Setting("targets, as a share of the way from the middle of the output's range to its ends", "paper: 0.8",
        Minimum = 0, IsMinimumExclusive = true, Maximum = 1)]
    public double Target { get; init; } = 0.8;
}

/// <summary>What targets say.</summary>
public enum TargetKind
{
    /// <summary>One of two classes: a single output is to lie on one side of the middle or on the other.</summary>
    Sign,

    /// <summary>One of several classes: an output for each, of which that of the class is to be the largest.</summary>
    Classes,

    /// <summary>Numbers that the outputs are to come near to.</summary>
    Values,
}
