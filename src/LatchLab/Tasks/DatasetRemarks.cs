namespace LatchLab.Tasks;

/// <summary>What a reader found in a file beside its sequences.</summary>
/// <param name="Format">What is unusual about its format; empty if nothing is.</param>
/// <param name="OutlyingInputs">Values that are far from all others of their input, at most one of each.</param>
/// <param name="ReplacedNumbers">Number of missing numbers of inputs that are replaced.</param>
/// <param name="DroppedSequences">Number of sequences that were dropped for a missing number or label.</param>
/// <param name="Place">What an outlying input is located by: a line of a table, or an item of the first axis.</param>
public sealed record DatasetRemarks(
    string Format = "",
    IReadOnlyList<OutlyingInput>? OutlyingInputs = null,
    long ReplacedNumbers = 0,
    int DroppedSequences = 0,
    string Place = "line");
