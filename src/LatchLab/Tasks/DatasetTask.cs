using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// A task on labelled sequences of the user (docs/reference/sequences.md), from a file, with a class or real values for
/// each sequence as the target at its last step, or for each step. The test sequences
/// are drawn for each trial or given by the file. The
/// normalisation of the inputs is fitted to the training sequences of the trial only.
/// </summary>
public sealed record DatasetTask : TaskDefinition, IConditionalSettings
{
    /// <summary>The default names of the columns of the sequence and of the step.</summary>
    public const string DefaultSequence = "sequence", DefaultStep = "step", DefaultLabel = "label";

    private Dataset? _dataset; // a field, because every writable property is a setting

    public override string Name => "dataset";

    public override string Description => "predict the class, or values, of the sequences of your dataset, in a file";

    public override string DefaultNetwork => "fully-connected";

    /// <summary>The file of the sequences.</summary>
    [Setting("file of the sequences: columns sequence, step (optional), label, and the inputs", "your data",
        AllowedValues = "a CSV, Parquet, .npz or .npy file", Probe = "other.csv")]
    public string File { get; init; } = "";

    /// <summary>The file of the labels; empty if they are columns of the first file.</summary>
    [Setting("second file, one row per sequence: columns sequence and label", "decision",
        AllowedValues = "a file, or nothing if the labels are in the first", Probe = "labels.csv")]
    public string Labels { get; init; } = "";

    /// <summary>Whether a row is a step or a sequence.</summary>
    [Setting("whether a row is a step (long) or a whole sequence (wide), with columns such as x1, x2, x3 for the " +
        "steps of the input x", "decision", Probe = "wide",
        ProbeBeside = "task.file=either.csv; task.inputs=; task.length=0")]
    public TableLayout Layout { get; init; }

    /// <summary>Name of the column of the sequence.</summary>
    [Setting("column of the name or number of the sequence", "decision", AllowedValues = "a name", Probe = "half",
        ProbeBeside = "task.length=4")]
    public string Sequence { get; init; } = DefaultSequence;

    /// <summary>Name of the column of the step number.</summary>
    [Setting("column of the number of the step, which is optional and no input", "decision", AllowedValues = "a name",
        Probe = "tick", ProbeBeside = "task.file=steps.csv; task.inputs=; task.length=0")]
    public string Step { get; init; } = DefaultStep;

    /// <summary>Name of the label's column.</summary>
    [Setting("column of the label", "decision",
        AllowedValues = "a name; for values, also several names separated by commas", Probe = "other")]
    public string Label { get; init; } = DefaultLabel;

    /// <summary>Whether a sequence has a label, or every step.</summary>
    [Setting("what a label belongs to: a sequence, whose target is at its last step; or a step, with a target at " +
        "every step", "decision", Probe = "step")]
    public LabelPer LabelPer { get; init; }

    /// <summary>Whether labels are classes or values.</summary>
    [Setting("whether a label names a class (an output for each class, the largest wins) or is a number", "decision",
        Probe = "values",
        ProbeBeside = "rule.tolerance=0.3")]
    public LabelKind LabelKind { get; init; } = LabelKind.Classes;

    /// <summary>The range of the labels.</summary>
    [Setting("label values that correspond to the negative and the positive target", "decision",
        AllowedValues = "two numbers separated by a comma, or nothing for the smallest and the largest label",
        Probe = "-5,5",
        ProbeBeside = "task.label-kind=values; rule.tolerance=0.3")]
    public string LabelRange { get; init; } = "";

    /// <summary>Names of the input columns.</summary>
    [Setting("columns of the inputs", "decision",
        AllowedValues = "names separated by commas, or nothing for all remaining columns", Probe = "band1")]
    public string Inputs { get; init; } = "";

    /// <summary>Name of the column that defines the test sequences.</summary>
    [Setting("column with train or test for each sequence", "decision",
        AllowedValues = "a name, or nothing to draw the test sequences", Probe = "part")]
    public string Split { get; init; } = "";

    /// <summary>What is done with missing numbers.</summary>
    [Setting("missing numbers of inputs: an error; drop the sequence; replace by the mean of the input over the " +
        "training sequences of the trial; or by zero", "decision", Probe = "drop",
        ProbeBeside = "task.file=missing.csv; task.missing=zero")]
    public MissingNumbers Missing { get; init; }

    /// <summary>Share of the test sequences.</summary>
    [Setting("share of the sequences of each class that are test sequences, drawn anew for each trial; 0: none",
        "decision", Minimum = 0, Maximum = 0.9, Probe = "0.5")]
    public double TestShare { get; init; } = 0.25;

    /// <summary>Share of the validation sequences.</summary>
    [Setting("share of the sequences of each class, without the test sequences, that are validation sequences, drawn " +
        "anew for each trial; 0: none", "decision", Minimum = 0, Maximum = 0.9, Probe = "0.4")]
    public double ValidationShare { get; init; }

    /// <summary>Normalisation of the inputs.</summary>
    [Setting("normalisation of each input: standard (mean 0, deviation 1) or range (-1 to 1), both over the training " +
        "sequences of the trial, or none", "decision", Probe = "range")]
    public Normalisation Normalisation { get; init; } = Normalisation.Standard;

    /// <summary>T; 0 for whole sequences.</summary>
    [Setting("number of steps presented, the last ones of each sequence; 0: all", "decision", Minimum = 0,
        Maximum = 1_000_000, Probe = "5")]
    public int Length { get; init; }

    /// <summary>D.</summary>
    [Setting("delay between the end of a sequence and the target, in steps of zero inputs", "decision",
        Minimum = 0, Maximum = 100_000, Probe = "2")]
    public int Delay { get; init; }

    /// <summary>a.</summary>
    [Setting("input noise a of U[−a, a], after normalisation, also in the delay; drawn once per sequence", "decision",
        Minimum = 0, Maximum = 1e6, Probe = "0.5")]
    public double Noise { get; init; }

    /// <summary>The metric of the test.</summary>
    [Setting("metric of the test: the share of incorrect sequences, or (for values) the root mean square error of " +
        "the outputs in the units of the label", "decision",
        Probe = "root-mean-square-error",
        ProbeBeside = "task.label-kind=values; rule.tolerance=0.3")]
    public TestMetric Metric { get; init; } = TestMetric.Error;

    IEnumerable<(string Setting, string Reason)> IConditionalSettings.FindIdleSettings()
    {
        if (HasArrays)
        {
            const string reason = "the file has arrays, whose axes are the sequences, steps and inputs";
            foreach (string setting in new[] { nameof(Layout), nameof(Sequence), nameof(Step) })
                yield return (setting, reason);
            if (File.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
                yield return (nameof(Labels), "the labels are an array in the file: name it with label");
        }
        else if (Layout == TableLayout.Wide)
        {
            yield return (nameof(Step), "each row is a sequence: the names of the columns number the steps");
        }

        if (LabelPer == LabelPer.Step)
        {
            yield return (nameof(Delay), "every step has a label: omit label-per");
            if (!HasArrays)
            {
                yield return (nameof(Labels),
                    "every step has a label, in the file of the sequences: omit label-per");
            }
        }

        if (Split.Length > 0)
            yield return (nameof(TestShare), $"the column {Split} gives the test sequences: omit split");
        if (LabelKind == LabelKind.Classes)
            yield return (nameof(LabelRange), "the labels are classes: give label-kind values, too");
    }

    public override string? DataFile => File;

    /// <summary>Whether the file has arrays of NumPy, and is no table.</summary>
    public bool HasArrays
        => File.EndsWith(".npy", StringComparison.OrdinalIgnoreCase)
            || File.EndsWith(".npz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The sequences; null until they are read.</summary>
    public override Dataset? Dataset => _dataset;

    public override bool HasSequences => Dataset is not null;

    /// <summary>The task with its sequences.</summary>
    public DatasetTask WithDataset(Dataset? dataset) => this with { _dataset = dataset };

    public override string Title
        => Dataset is null ? Name : string.Create(
            CultureInfo.InvariantCulture,
            $"{Name} of {Dataset.Name}, T = {MaximumLength}, " +
                $"{NumberFormat.WithNoun(Dataset.InputNames.Count, "input")}");

    public override int MaximumLength => CountPresentedSteps(Dataset?.MaximumLength ?? 1) + DelaySteps;

    public override bool HasTargetsAtEveryStep => LabelPer == LabelPer.Step;

    /// <summary>The zero inputs before the target: none if every step has one.</summary>
    internal int DelaySteps => HasTargetsAtEveryStep ? 0 : Delay;

    /// <summary>The file of the labels; empty if they are in the file of the sequences.</summary>
    public string LabelFile => HasTargetsAtEveryStep ? "" : Labels;

    public override int TrainingSequences => (Dataset?.Count ?? 1) - (TestSequences ?? 0) - (ValidationSequences ?? 0);

    public override int? TestSequences => Dataset is null ? 0 : TrainTestSplit.CountTestSequences(Dataset, TestShare);

    public override int? ValidationSequences
        => Dataset is null ? 0 : TrainTestSplit.CountValidationSequences(Dataset, TestShare, ValidationShare);

    public override IReadOnlyList<int>? TrainingClassSizes
        => Dataset is null || LabelKind == LabelKind.Values ? null
            : TrainTestSplit.CountTrainingSequences(Dataset, TestShare, ValidationShare);

    public override int InputsPerStep => Dataset?.InputNames.Count ?? 1;

    public override int Outputs
        => Dataset is null ? 1 : LabelKind == LabelKind.Classes ? Dataset.ClassNames.Count : Dataset.LabelNames.Count;

    public override TargetKind Targets => LabelKind == LabelKind.Classes ? TargetKind.Classes : TargetKind.Values;

    public override IReadOnlyList<(string Name, string Text)> DataSummary
        => Dataset is null ? [] : DatasetSummary.Create(this, Dataset);

    public override double ChanceError
        => Dataset is null || LabelKind == LabelKind.Values ? double.NaN
            : Dataset.HasStepLabels ? Dataset.CountStepLabels(Length).ConstantSequenceError
            : 1.0 - ((double)Dataset.ClassSizes.Max() / Dataset.Count);

    public override double ChanceStepError
        => Dataset is null or { HasStepLabels: false } || LabelKind == LabelKind.Values ? double.NaN
            : Dataset.CountStepLabels(Length).ConstantStepError;

    public override double ChanceMeanSquaredError
        => Dataset is null || LabelKind == LabelKind.Classes ? double.NaN
            : ConstantAnswer.ComputeMeanSquaredError(Dataset);

    public override double GetChanceError(double tolerance)
        => Dataset is null || LabelKind == LabelKind.Classes ? ChanceError
            : ConstantAnswer.ComputeError(Dataset, tolerance);

    public override bool UsesRootMeanSquareError => Metric == TestMetric.RootMeanSquareError;

    public override bool HasBiasesAndInputWeightsByDefault => true;

    public override bool NeedsLength => false;

    public override string? CurriculumError
        => "a shortened sequence of a dataset may lose the steps that its label depends on";

    /// <summary>32 MB: a large dataset is stored once, not once per lane.</summary>
    public override long MaxStoredNumbers => 1 << 22;

    /// <summary>The name of the task in version 0.1: it selects random numbers, and so it never changes.</summary>
    public override string RandomWordName => "sequences";

    /// <summary>
    /// None: initial networks do not depend on the lengths, the delay or the share of test sequences.
    /// </summary>
    public override IReadOnlyList<double> GetRandomWordParts(IReadOnlyList<double> network) => network;

    public override double GetLabelUnitsPerOutput(double halfRange)
        => LabelKind == LabelKind.Classes ? 1.0 : LabelScale.LabelUnitsPerHalfRange / halfRange;

    /// <remarks>The sequences are the same for every network and learner.</remarks>
    public override TrialSequences CreateSequences(TrialRandom random)
        => new DatasetTrialSequences(this, random with { RandomWord = 0 });

    public override NetworkData? DescribeData(TrialRandom random, (double Minimum, double Maximum) outputRange)
    {
        if (Dataset is not { } dataset)
            return null;
        double halfRange = 0.5 * (outputRange.Maximum - outputRange.Minimum),
            middle = outputRange.Minimum + halfRange;
        LabelScale scale = LabelScale;
        return new(
            dataset.InputNames, new DatasetTrialSequences(this, random with { RandomWord = 0 }).InputScaling,
            dataset.LabelNames)
        {
            Classes = dataset.ClassNames,
            Targets = (middle - (halfRange * scale.Target), middle + (halfRange * scale.Target)),
            LabelRange = (scale.Minimum, scale.Maximum),
            Length = Length,
            Delay = DelaySteps,
            HasStepLabels = dataset.HasStepLabels,
            Missing = Missing,
            SequenceColumn = Sequence,
            StepColumn = Step,
        };
    }

    public override TaskDefinition ReadDataset(IDatasetSource? source, ICollection<ValidationError> errors)
    {
        if (source is null)
            errors.Add(new("", "task.file", "cannot be read here: no dataset source is available"));
        return WithDataset(source?.Read(this, errors));
    }

    public override IEnumerable<(string[] RelatedSettings, ValidationError Error)> FindConflicts()
        => DatasetValidator.Validate(this);

    /// <summary>Number of steps presented of a sequence of a given length.</summary>
    public int CountPresentedSteps(int length) => Length == 0 ? length : Math.Min(Length, length);

    /// <summary>The mapping from labels to targets.</summary>
    public LabelScale LabelScale => LabelScale.FromTask(this);

    /// <summary>Splits the names in a setting, separated by commas.</summary>
    public static IReadOnlyList<string> SplitNames(string names)
        => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Kinds of labels.</summary>
public enum LabelKind
{
    /// <summary>The name of a class.</summary>
    Classes,

    /// <summary>A number.</summary>
    Values,
}

/// <summary>Metrics of a test.</summary>
public enum TestMetric
{
    /// <summary>The share of incorrect sequences.</summary>
    Error,

    /// <summary>The root mean square of the errors of the outputs.</summary>
    RootMeanSquareError,
}
