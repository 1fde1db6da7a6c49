using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <summary>
/// Activations of a cell that are affine in its input u and in other values x: <c>a = W·x + V·u + b</c>. It computes
/// them, and for the backward pass the products with their derivatives.
/// </summary>
/// <remarks>
/// Parameters: [W | V | b] from <see cref="Offset"/> on, W and V row by row. Each activation is summed in the order b,
/// V·u, W·x.
/// </remarks>
/// <param name="rows">Number of activations.</param>
/// <param name="source">Where x is.</param>
/// <param name="columns">Number of values x; 0 for none.</param>
/// <param name="inputs">m; 0 if the activations do not depend on the input, but only on values x.</param>
/// <param name="offset">Index of the first parameter.</param>
/// <param name="firstDelta">Index of the first derivative among the deltas of a step.</param>
/// <param name="hasBiases">Whether b is a parameter; otherwise it is 0.</param>
public readonly partial struct AffineMap(
    int rows, ValueSource source, int columns, int inputs, int offset, int firstDelta, bool hasBiases = true)
{
    /// <summary>Number of activations.</summary>
    public int Rows => rows;

    /// <summary>Number of values x.</summary>
    public int Columns => columns;

    /// <summary>Number of inputs.</summary>
    public int Inputs => inputs;

    /// <summary>Where x is.</summary>
    public ValueSource Source => source;

    /// <summary>Index of the first parameter.</summary>
    public int Offset => offset;

    /// <summary>Index of the first derivative among the deltas of a step.</summary>
    public int FirstDelta => firstDelta;

    /// <summary>Whether b is a parameter.</summary>
    public bool HasBiases => hasBiases;

    /// <summary>Index of the first parameter of V.</summary>
    public int InputWeights => offset + (rows * columns);

    /// <summary>Index of the first bias.</summary>
    public int Biases => offset + (rows * (columns + inputs));

    /// <summary>Index of the first parameter after those of this map.</summary>
    public int End => Biases + (hasBiases ? rows : 0);

    /// <summary>
    /// The blocks of its parameters: those of W, V and b, each with one block for every gate, whose rows follow each
    /// other.
    /// </summary>
    /// <param name="gates">The suffixes of the names; the gates have equal numbers of rows.</param>
    /// <param name="bias">The name of b without suffix.</param>
    public IEnumerable<ParameterBlock> NameBlocks(IReadOnlyList<string> gates, string bias = "b")
    {
        int gateRows = rows / gates.Count;
        for (int gate = 0; columns > 0 && gate < gates.Count; gate++)
        {
            yield return new(
                $"w{gates[gate]}", BlockRole.Recurrent, gateRows, columns, offset + (gate * gateRows * columns));
        }

        for (int gate = 0; inputs > 0 && gate < gates.Count; gate++)
        {
            yield return new(
                $"v{gates[gate]}", BlockRole.Input, gateRows, inputs, InputWeights + (gate * gateRows * inputs));
        }

        for (int gate = 0; hasBiases && gate < gates.Count; gate++)
            yield return new($"{bias}{gates[gate]}", BlockRole.Bias, gateRows, 1, Biases + (gate * gateRows));
    }

    /// <summary>Adds a multiple of a row of W to other values.</summary>
    /// <param name="parameters">The parameters of the cell.</param>
    /// <param name="row">Index of the row.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="sums">Receives the products; they are added to what it contains.</param>
    internal void AddRow<TLane>(UncheckedSpan<TLane> parameters, nint row, TLane factor, UncheckedSpan<TLane> sums)
        where TLane : unmanaged, ILane<TLane>
        => AddMultiple(parameters.Slice(offset + (row * columns)), columns, factor, sums);

    /// <summary>Adds a multiple of a row of V to other values.</summary>
    /// <param name="parameters">The parameters of the cell.</param>
    /// <param name="row">Index of the row.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="sums">Receives the products; they are added to what it contains.</param>
    internal void AddInputRow<TLane>(
        UncheckedSpan<TLane> parameters, nint row, TLane factor, UncheckedSpan<TLane> sums)
        where TLane : unmanaged, ILane<TLane>
        => AddMultiple(parameters.Slice(InputWeights + (row * inputs)), inputs, factor, sums);

    /// <summary>Adds a multiple of values to others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddMultiple<TLane>(
        UncheckedSpan<TLane> values, nint count, TLane factor, UncheckedSpan<TLane> sums)
        where TLane : unmanaged, ILane<TLane>
    {
        for (nint j = 0; j < count; j++)
            sums[j] = TLane.FusedMultiplyAdd(factor, values[j], sums[j]);
    }
}
