namespace LatchLab.Networks;

/// <summary>The names of the parameters of a network, in its order: those of its equations.</summary>
internal static class ParameterNames
{
    /// <summary>The seven parameters of the Parity network.</summary>
    public static IReadOnlyList<string> Parity { get; } = ["w1", "w2", "b1", "w3", "w4", "w5", "b2"];

    /// <summary>The parameters of the latch: w, then the trainable inputs of class 1 and of class 0.</summary>
    public static IReadOnlyList<string> Latch(int trainableInputs, int classes)
        => ["w", .. Inputs("u1", trainableInputs), .. classes == 1 ? [] : Inputs("u0", trainableInputs)];

    /// <summary>The parameters of fully connected units: W and V row by row, then b.</summary>
    /// <param name="units">n.</param>
    /// <param name="inputs">m; 0 without input weights.</param>
    /// <param name="hasBiases">Whether the units have biases.</param>
    public static IReadOnlyList<string> FullyConnected(int units, int inputs, bool hasBiases)
        =>
        [
            .. Matrix("w", units, units),
            .. Matrix("v", units, inputs),
            .. hasBiases ? Enumerable.Range(0, units).Select(i => $"b[{i}]") : [],
        ];

    private static IEnumerable<string> Inputs(string name, int count)
        => Enumerable.Range(1, count).Select(i => count == 1 ? name : $"{name}[{i}]");

    private static IEnumerable<string> Matrix(string name, int rows, int columns)
        => from i in Enumerable.Range(0, rows) from j in Enumerable.Range(0, columns) select $"{name}[{i},{j}]";
}
