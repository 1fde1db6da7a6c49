namespace LatchLab.Models.Datasets;

/// <summary>Where in a row of a file everything stands.</summary>
/// <param name="Path">What messages call the file.</param>
/// <param name="SequenceColumn">Column of the name of the sequence.</param>
/// <param name="StepColumn">Column of the number of the step; −1 where there is none.</param>
/// <param name="LabelColumns">[label]: its column; −1 where another file says it.</param>
/// <param name="LabelNames">[label].</param>
/// <param name="SplitColumn">Column that says which sequences test; −1 where there is none, or another file says
/// it.</param>
/// <param name="HasSplit">Whether it is said anywhere.</param>
/// <param name="InputColumns">[input]: its column.</param>
internal sealed record ColumnIndices(
    string Path,
    int SequenceColumn,
    int StepColumn,
    int[] LabelColumns,
    IReadOnlyList<string> LabelNames,
    int SplitColumn,
    bool HasSplit,
    int[] InputColumns);
