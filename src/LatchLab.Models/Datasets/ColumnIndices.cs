namespace LatchLab.Models.Datasets;

/// <summary>The column indices of a dataset file.</summary>
/// <param name="Path">The name of the file in messages.</param>
/// <param name="SequenceColumn">The column of the sequence name.</param>
/// <param name="StepColumn">The column of the step number; −1 if there is none.</param>
/// <param name="LabelColumns">[label]: the column; −1 if a separate file has the labels.</param>
/// <param name="LabelNames">[label]: the name of the column.</param>
/// <param name="SplitColumn">
/// The column that marks the test sequences; −1 if there is none or a separate file has it.
/// </param>
/// <param name="HasSplit">Whether either file has a split column.</param>
/// <param name="InputColumns">[input]: the column.</param>
internal sealed record ColumnIndices(
    string Path,
    int SequenceColumn,
    int StepColumn,
    int[] LabelColumns,
    IReadOnlyList<string> LabelNames,
    int SplitColumn,
    bool HasSplit,
    int[] InputColumns);
