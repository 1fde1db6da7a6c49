namespace LatchLab.Formats.Csv;

/// <summary>Where in a row of a file everything stands.</summary>
/// <param name="Path">What messages call the file.</param>
/// <param name="Sequence">Column of the name of the sequence.</param>
/// <param name="Step">Column of the number of the step; −1 where there is none.</param>
/// <param name="Labels">[label]: its column; −1 where another file says it.</param>
/// <param name="LabelNames">[label].</param>
/// <param name="Split">Column that says which sequences test; −1 where there is none, or another file says it.</param>
/// <param name="HasSplit">Whether it is said anywhere.</param>
/// <param name="Inputs">[input]: its column.</param>
internal sealed record SequencePlaces(
    string Path,
    int Sequence,
    int Step,
    int[] Labels,
    IReadOnlyList<string> LabelNames,
    int Split,
    bool HasSplit,
    int[] Inputs);
