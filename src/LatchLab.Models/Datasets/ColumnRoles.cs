namespace LatchLab.Models.Datasets;

/// <summary>
/// The roles of the columns of a dataset file. A row has one or several steps, each with the same inputs.
/// </summary>
/// <param name="Path">The name of the file in messages.</param>
/// <param name="SequenceColumn">The column of the sequence name; −1 if the rows are numbered.</param>
/// <param name="StepColumn">The column of the step number; −1 if there is none.</param>
/// <param name="LabelColumns">
/// [label]: the column; −1 if a separate file has the labels. [step of the row][label] if every step has labels.
/// </param>
/// <param name="LabelNames">[label]: the name.</param>
/// <param name="SplitColumn">
/// The column that marks the test sequences; −1 if there is none or a separate file has it.
/// </param>
/// <param name="HasSplit">Whether either file has a split column.</param>
/// <param name="InputColumns">[step of the row][input]: the column.</param>
/// <param name="InputNames">[input]: the name.</param>
internal sealed record ColumnRoles(
    string Path,
    int SequenceColumn,
    int StepColumn,
    int[] LabelColumns,
    IReadOnlyList<string> LabelNames,
    int SplitColumn,
    bool HasSplit,
    int[] InputColumns,
    IReadOnlyList<string> InputNames);
