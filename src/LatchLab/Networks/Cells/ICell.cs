using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <summary>
/// A recurrent cell, <c>s_t = F(s_{t−1}, u_t; θ)</c>: the forward and the backward pass of one step.
/// <see cref="CellNetwork{TCell}"/> makes it a network that every gradient learner trains.
/// </summary>
/// <remarks>
/// A cell computes activations that are affine in its input and in other values (<see cref="Maps"/>), and functions of
/// single activations. Its backward pass computes the derivatives with respect to the activations, the deltas; the
/// gradient terms of the parameters are products of deltas and values, and <see cref="CellNetwork{TCell}"/> forms them.
/// Parameters are read through <see cref="ILaneValues{TLane, TSelf}"/>: those of each lane, or those of one network for
/// all lanes. To add a cell: implement these members in a file of its own.
/// </remarks>
public interface ICell
{
    /// <summary>The sizes.</summary>
    CellSize Size { get; }

    /// <summary>The affine maps of a step, in the order of their parameters, which begin with index 0.</summary>
    IReadOnlyList<AffineMap> Maps { get; }

    /// <summary>Weights of single values, whose parameters follow those of the maps; few cells have any.</summary>
    IReadOnlyList<DiagonalMap> Diagonals => [];

    /// <summary>The blocks of parameters, in order.</summary>
    IReadOnlyList<ParameterBlock> Blocks { get; }

    /// <summary>
    /// The names of the biases that hold a value for a time, and of those that admit a new one, for
    /// <see cref="Initialization"/> by time scales; empty if the cell has no such gates.
    /// </summary>
    (string Hold, string Admit) TimeScaleBiases => ("", "");

    /// <summary>The gates on the tape: values in (0, 1) that multiply others; empty if the cell has none.</summary>
    IReadOnlyList<CellGate> Gates => [];

    /// <summary>Number of parameters.</summary>
    sealed int Parameters => Maps[^1].End + Diagonals.Sum(map => map.Rows);

    /// <summary>Computes s_t and the tape of step t.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="input">u_t.</param>
    /// <param name="before">s_{t−1}.</param>
    /// <param name="after">s_t, written.</param>
    /// <param name="tape">What the backward pass reads of this step, written.</param>
    void Step<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after, UncheckedSpan<TLane> tape)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct;

    /// <summary>Computes the deltas of step t and the adjoint of s_{t−1}.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="before">s_{t−1}.</param>
    /// <param name="after">s_t.</param>
    /// <param name="tape">The tape of step t.</param>
    /// <param name="adjoint">∂C/∂s_t; unspecified afterwards.</param>
    /// <param name="deltas">The derivatives with respect to the activations, written.</param>
    /// <param name="previous">∂C/∂s_{t−1}, written.</param>
    void StepBackward<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> before, UncheckedSpan<TLane> after,
        UncheckedSpan<TLane> tape, UncheckedSpan<TLane> adjoint, UncheckedSpan<TLane> deltas,
        UncheckedSpan<TLane> previous)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct;
}

/// <summary>The sizes of a cell.</summary>
/// <param name="Inputs">m ≥ 1, the values of an input.</param>
/// <param name="Hidden">n ≥ 1, the first values of the state, which a readout or a further layer reads.</param>
/// <param name="State">Values of the state, n or more.</param>
/// <param name="Tape">Values that a step keeps for its backward pass beside the state.</param>
/// <param name="Deltas">Derivatives with respect to activations, and temporary memory, of a backward step.</param>
public readonly record struct CellSize(int Inputs, int Hidden, int State, int Tape, int Deltas);

/// <summary>A gate of a cell.</summary>
/// <param name="Name">Its name, such as <c>forget</c>.</param>
/// <param name="Tape">Index of its first value on the tape.</param>
/// <param name="Count">Its values, one a unit.</param>
/// <param name="Holds">Whether a value near 1 keeps what the unit holds.</param>
public readonly record struct CellGate(string Name, int Tape, int Count, bool Holds);
