using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <summary>
/// Activations of a cell that are affine in its input u and in other values x: <c>a = W·x + V·u + b</c>. It computes
/// them, and for the backward pass the products with their derivatives. Four rows are computed together, so that a
/// value is loaded once for all of them, and sums stay in registers.
/// </summary>
/// <remarks>
/// Parameters: [W | V | b] from <see cref="Offset"/> on, W and V row by row. Each activation is summed in the order b,
/// V·u, W·x.
/// </remarks>
/// <param name="rows">Number of activations.</param>
/// <param name="source">Where x is.</param>
/// <param name="columns">Number of values x; 0 for none.</param>
/// <param name="inputs">m; 0 if the activations do not depend on the input.</param>
/// <param name="offset">Index of the first parameter.</param>
/// <param name="firstDelta">Index of the first derivative among the deltas of a step.</param>
/// <param name="hasBiases">Whether b is a parameter; otherwise it is 0.</param>
public readonly struct AffineMap(
    int rows, ValueSource source, int columns, int inputs, int offset, int firstDelta, bool hasBiases = true)
{
    // Columns whose sums stay in the first cache while all rows of a large network are read.
    private const int BlockColumns = 64;

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

    /// <summary>Computes the activations.</summary>
    /// <param name="parameters">The parameters of the cell.</param>
    /// <param name="input">u.</param>
    /// <param name="values">x.</param>
    /// <param name="activations">Receives the activations.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> values,
        UncheckedSpan<TLane> activations)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        nint n = columns, m = inputs;
        TLane zero = TLane.From(0.0);
        TParameters w = parameters.Slice(offset), v = parameters.Slice(InputWeights),
            b = parameters.Slice(Biases);
        nint row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            TLane a0 = zero, a1 = zero, a2 = zero, a3 = zero;
            if (hasBiases)
            {
                a0 = b[row];
                a1 = b[row + 1];
                a2 = b[row + 2];
                a3 = b[row + 3];
            }

            for (nint k = 0; k < m; k++)
            {
                TLane u = input[k];
                a0 = TLane.FusedMultiplyAdd(v[k], u, a0);
                a1 = TLane.FusedMultiplyAdd(v[m + k], u, a1);
                a2 = TLane.FusedMultiplyAdd(v[(2 * m) + k], u, a2);
                a3 = TLane.FusedMultiplyAdd(v[(3 * m) + k], u, a3);
            }

            for (nint j = 0; j < n; j++)
            {
                TLane x = values[j];
                a0 = TLane.FusedMultiplyAdd(w[j], x, a0);
                a1 = TLane.FusedMultiplyAdd(w[n + j], x, a1);
                a2 = TLane.FusedMultiplyAdd(w[(2 * n) + j], x, a2);
                a3 = TLane.FusedMultiplyAdd(w[(3 * n) + j], x, a3);
            }

            activations[row] = a0;
            activations[row + 1] = a1;
            activations[row + 2] = a2;
            activations[row + 3] = a3;
            w = w.Slice(4 * n);
            v = v.Slice(4 * m);
        }

        for (; row < rows; row++)
        {
            TLane a = hasBiases ? b[row] : zero;
            for (nint k = 0; k < m; k++)
                a = TLane.FusedMultiplyAdd(v[k], input[k], a);
            for (nint j = 0; j < n; j++)
                a = TLane.FusedMultiplyAdd(w[j], values[j], a);
            activations[row] = a;
            w = w.Slice(n);
            v = v.Slice(m);
        }
    }

    /// <summary>Computes ∂C/∂x = Wᵀ·δ.</summary>
    /// <param name="parameters">The parameters of the cell.</param>
    /// <param name="deltas">The deltas of the step.</param>
    /// <param name="adjoint">Receives the derivatives; they are added to what it contains.</param>
    public void Transpose<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> deltas, UncheckedSpan<TLane> adjoint)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
        => Transpose(parameters.Slice(offset), columns, deltas.Slice(firstDelta), adjoint);

    /// <summary>Computes ∂C/∂u = Vᵀ·δ.</summary>
    /// <param name="parameters">The parameters of the cell.</param>
    /// <param name="deltas">The deltas of the step.</param>
    /// <param name="adjoint">Receives the derivatives; they are added to what it contains.</param>
    public void TransposeToInput<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> deltas, UncheckedSpan<TLane> adjoint)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
        => Transpose(parameters.Slice(InputWeights), inputs, deltas.Slice(firstDelta), adjoint);

    /// <summary>Adds a multiple of a row of W to other values.</summary>
    /// <param name="parameters">The parameters of the cell.</param>
    /// <param name="row">Index of the row.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="sums">Receives the products; they are added to what it contains.</param>
    internal void AddRow(UncheckedSpan<Scalar> parameters, nint row, Scalar factor, UncheckedSpan<Scalar> sums)
        => AddMultiple(parameters.Slice(offset + (row * columns)), columns, factor, sums);

    /// <summary>Adds a multiple of a row of V to other values.</summary>
    /// <param name="parameters">The parameters of the cell.</param>
    /// <param name="row">Index of the row.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="sums">Receives the products; they are added to what it contains.</param>
    internal void AddInputRow(UncheckedSpan<Scalar> parameters, nint row, Scalar factor, UncheckedSpan<Scalar> sums)
        => AddMultiple(parameters.Slice(InputWeights + (row * inputs)), inputs, factor, sums);

    /// <summary>Adds the gradient terms of several steps to their sums.</summary>
    /// <param name="steps">The steps: what the latest reads and wrote, and the distances to those before it.</param>
    /// <param name="deltas">[step][delta], the latest step first.</param>
    /// <param name="deltaStride">Distance of the deltas of two steps.</param>
    /// <param name="gradients">[parameter]: the sums.</param>
    public void SumTerms<TLane>(
        in StepSeries<TLane> steps, UncheckedSpan<TLane> deltas, nint deltaStride, UncheckedSpan<TLane> gradients)
        where TLane : unmanaged, ILane<TLane>
    {
        var products = new DeltaProducts<TLane>(deltas.Slice(firstDelta), deltaStride, rows, steps.Count);
        products.Sum(source.Find(steps.Latest), steps.StepStride, columns, gradients.Slice(offset));
        products.Sum(steps.Latest.Input, steps.InputStride, inputs, gradients.Slice(InputWeights));
        if (hasBiases)
            products.Sum(gradients.Slice(Biases));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddMultiple(
        UncheckedSpan<Scalar> weights, nint count, Scalar factor, UncheckedSpan<Scalar> sums)
    {
        for (nint j = 0; j < count; j++)
            sums[j] = Scalar.FusedMultiplyAdd(factor, weights[j], sums[j]);
    }

    private void Transpose<TLane, TParameters>(
        TParameters matrix, nint width, UncheckedSpan<TLane> deltas, UncheckedSpan<TLane> adjoint)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        if (TLane.VectorCount == 1)
        {
            TransposeColumns(matrix, width, deltas, adjoint);
            return;
        }

        for (nint column = 0; column < width; column += BlockColumns)
        {
            TransposeRows(
                matrix.Slice(column), width, nint.Min(BlockColumns, width - column), deltas, adjoint.Slice(column));
        }
    }

    /// <summary>Four columns together, whose sums stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransposeColumns<TLane, TParameters>(
        TParameters matrix, nint width, UncheckedSpan<TLane> delta, UncheckedSpan<TLane> adjoint)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        nint column = 0;
        for (; column + 4 <= width; column += 4)
        {
            TLane a0 = adjoint[column], a1 = adjoint[column + 1], a2 = adjoint[column + 2], a3 = adjoint[column + 3];
            TParameters row = matrix.Slice(column);
            for (nint r = 0; r < rows; r++)
            {
                TLane d = delta[r];
                a0 = TLane.FusedMultiplyAdd(row[0], d, a0);
                a1 = TLane.FusedMultiplyAdd(row[1], d, a1);
                a2 = TLane.FusedMultiplyAdd(row[2], d, a2);
                a3 = TLane.FusedMultiplyAdd(row[3], d, a3);
                row = row.Slice(width);
            }

            adjoint[column] = a0;
            adjoint[column + 1] = a1;
            adjoint[column + 2] = a2;
            adjoint[column + 3] = a3;
        }

        for (; column < width; column++)
        {
            TLane a = adjoint[column];
            TParameters row = matrix.Slice(column);
            for (nint r = 0; r < rows; r++)
            {
                a = TLane.FusedMultiplyAdd(row[0], delta[r], a);
                row = row.Slice(width);
            }

            adjoint[column] = a;
        }
    }

    /// <summary>Four rows together, whose deltas stay in registers; each row is read once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransposeRows<TLane, TParameters>(
        TParameters matrix, nint stride, nint width, UncheckedSpan<TLane> delta, UncheckedSpan<TLane> adjoint)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        nint row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            TLane d0 = delta[row], d1 = delta[row + 1], d2 = delta[row + 2], d3 = delta[row + 3];
            for (nint j = 0; j < width; j++)
            {
                TLane a = TLane.FusedMultiplyAdd(matrix[j], d0, adjoint[j]);
                a = TLane.FusedMultiplyAdd(matrix[stride + j], d1, a);
                a = TLane.FusedMultiplyAdd(matrix[(2 * stride) + j], d2, a);
                adjoint[j] = TLane.FusedMultiplyAdd(matrix[(3 * stride) + j], d3, a);
            }

            matrix = matrix.Slice(4 * stride);
        }

        for (; row < rows; row++)
        {
            for (nint j = 0; j < width; j++)
                adjoint[j] = TLane.FusedMultiplyAdd(matrix[j], delta[row], adjoint[j]);
            matrix = matrix.Slice(stride);
        }
    }
}
