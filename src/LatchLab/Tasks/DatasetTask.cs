using LatchLab.Foundation;

namespace LatchLab.Tasks;

/// <summary>
/// Somebody's own labelled sequences (docs/sequences.md): from a file, a class or real values for each sequence, asked
/// for at its last step. Which sequences test is drawn for each trial or said by the file; what is done to the inputs
/// is found from the training sequences of the trial alone.
/// </summary>
public sealed record DatasetTask : TaskDefinition
{
    private Dataset? _dataset; // no property that can be written: all of those are settings

    /// <inheritdoc/>
    public override string Name => "sequences";

    /// <inheritdoc/>
    public override string Description => "tell the class, or values, of your own sequences from a CSV file";

    /// <inheritdoc/>
    public override string DefaultNetwork => "fully-connected";

    /// <summary>The file of the sequences.</summary>
    [Setting("file of the sequences, a row a step: columns sequence, step if you like, label, and the inputs",
        "yours", AllowedValues = "a CSV file")]
    public string File { get; init; } = "";

    /// <summary>The file of the labels; empty where they are columns of the other.</summary>
    [Setting("second file, a row a sequence: columns sequence and label", "decision",
        AllowedValues = "a CSV file, or nothing where the labels are in the first")]
    public string Labels { get; init; } = "";

    /// <summary>Name of the label's column.</summary>
    [Setting("column of the label, one value a sequence", "decision",
        AllowedValues = "a name; of values, several names separated by commas")]
    public string Label { get; init; } = "label";

    /// <summary>Whether labels are classes or values.</summary>
    [Setting("whether a label names a class (an output for each class, the largest wins) or is a number", "decision")]
    public LabelKind LabelKind { get; init; } = LabelKind.Classes;

    /// <summary>Between which values labels lie.</summary>
    [Setting("values that lie at minus and plus the target in the output's range", "decision",
        AllowedValues = "two numbers separated by a comma, or nothing for the least and the largest label of the file")]
    public string LabelRange { get; init; } = "";

    /// <summary>Names of the input columns.</summary>
    [Setting("columns of the inputs", "decision",
        AllowedValues = "names separated by commas, or nothing for all columns that are nothing else")]
    public string Inputs { get; init; } = "";

    /// <summary>Name of the column that says which sequences test.</summary>
    [Setting("column that says train or test of each sequence", "decision",
        AllowedValues = "a name, or nothing to draw the test sequences")]
    public string Split { get; init; } = "";

    /// <summary>Share of the sequences that test.</summary>
    [Setting("share of the sequences of each class that test, drawn for each trial from seed and trial; 0: none",
        "decision", Minimum = 0, Maximum = 0.9)]
    public double TestShare { get; init; } = 0.25;

    /// <summary>What is done to inputs.</summary>
    [Setting("what is done to each input: standard (mean 0, deviation 1) or range (-1 to 1), both over the training " +
        "sequences of the trial, or none", "decision")]
    public Normalisation Normalisation { get; init; } = Normalisation.Standard;

    /// <summary>T; 0 for whole sequences.</summary>
    [Setting("steps of a sequence that are presented, its last ones; 0: all", "decision", Minimum = 0,
        Maximum = 1_000_000)]
    public int Length { get; init; }

    /// <summary>D.</summary>
    [Setting("steps of input 0 after the end of a sequence, through which it must be remembered", "decision",
        Minimum = 0, Maximum = 100_000)]
    public int Delay { get; init; }

    /// <summary>a.</summary>
    [Setting("input noise a of U[-a, a], after normalisation, also in the delay; a sequence keeps its own", "decision",
        Minimum = 0, Maximum = 1e6)]
    public double Noise { get; init; }

    /// <summary>What the test is measured by.</summary>
    [Setting("what the test is measured by: the share of sequences that are wrong, or (of values) the root mean " +
        "square of the outputs' errors in the units of the label", "decision")]
    public TestMetric Metric { get; init; } = TestMetric.Error;

    /// <summary>The sequences, once they are read.</summary>
    public Dataset? Dataset => _dataset;

    /// <summary>The task with its sequences.</summary>
    public DatasetTask WithDataset(Dataset? dataset) => this with { _dataset = dataset };

    /// <inheritdoc/>
    public override string Title
        => Dataset is null ? Name : FormattableString.Invariant(
            $"{Name} of {Dataset.Name}, T = {MaximumLength}, {FormatCount(Dataset.InputNames.Count, "input")}");

    /// <inheritdoc/>
    public override int MaximumLength => CountPresentedSteps(Dataset?.MaximumLength ?? 1) + Delay;

    /// <inheritdoc/>
    public override int TrainingSequences => (Dataset?.Count ?? 1) - (TestSequences ?? 0);

    /// <inheritdoc/>
    public override int? TestSequences => Dataset is null ? 0 : TrainTestSplit.CountTestSequences(Dataset, TestShare);

    /// <inheritdoc/>
    public override int InputsPerStep => Dataset?.InputNames.Count ?? 1;

    /// <inheritdoc/>
    public override int Outputs
        => Dataset is null ? 1 : LabelKind == LabelKind.Classes ? Dataset.ClassNames.Count : Dataset.LabelNames.Count;

    /// <inheritdoc/>
    public override TargetKind Targets => LabelKind == LabelKind.Classes ? TargetKind.Classes : TargetKind.Values;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, string Text)> DataSummary
        => Dataset is null ? [] : DatasetSummary.Create(this, Dataset);

    /// <inheritdoc/>
    public override bool HasBiasesAndInputWeightsByDefault => true;

    /// <summary>None: networks start alike whatever the lengths, the delay and the share of the test.</summary>
    public override IReadOnlyList<double> RandomWordParts => [];

    /// <inheritdoc/>
    public override double GetLabelUnitsPerOutput(double halfRange)
        => LabelKind == LabelKind.Classes ? 1.0 : LabelScale.LabelUnitsPerHalfRange / halfRange;

    /// <summary>How many of the steps of a sequence are presented.</summary>
    public int CountPresentedSteps(int length) => Length == 0 ? length : Math.Min(Length, length);

    /// <summary>How labels become targets.</summary>
    public LabelScale LabelScale => LabelScale.FromTask(this);

    /// <summary>Names in a setting, separated by commas.</summary>
    public static IReadOnlyList<string> SplitNames(string names)
        => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string FormatCount(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}

/// <summary>What a label says.</summary>
public enum LabelKind
{
    /// <summary>The name of a class.</summary>
    Classes,

    /// <summary>A number.</summary>
    Values,
}

/// <summary>What a test is measured by.</summary>
public enum TestMetric
{
    /// <summary>The share of sequences that are wrong.</summary>
    Error,

    /// <summary>The root mean square of the errors of the outputs.</summary>
    RootMeanSquareError,
}
