using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>Several steps of the backward pass of one bundle: <see cref="INetwork.SumBackward"/>.</summary>
public readonly ref struct BackwardSteps<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Most steps at once.</summary>
    public const int MaximumCount = 16;

    /// <summary>The trainable parameters.</summary>
    public required UncheckedSpan<TLane> Parameters { get; init; }

    /// <summary>u_t of the first, latest step; m values.</summary>
    public required UncheckedSpan<TLane> Input { get; init; }

    /// <summary>Distance of u_{t−1} from u_t in memory, in values.</summary>
    public required nint InputStride { get; init; }

    /// <summary>x_t of the first, latest step, and its tape.</summary>
    public required UncheckedSpan<TLane> State { get; init; }

    /// <summary>Distance of x_{t−1} from x_t in memory, in values.</summary>
    public required nint StateStride { get; init; }

    /// <summary>Number of steps, up to <see cref="MaximumCount"/>.</summary>
    public required int Count { get; init; }

    /// <summary>∂C/∂x_t of the latest state; replaced by that of the earliest.</summary>
    public required UncheckedSpan<TLane> Adjoint { get; init; }

    /// <summary>[parameter]: receives the sums.</summary>
    public required UncheckedSpan<TLane> Gradients { get; init; }

    /// <summary>
    /// ∂C/∂y_t of each output at the latest step; the network adds those of the other steps to the adjoint.
    /// </summary>
    public UncheckedSpan<TLane> OutputGradients { get; init; }

    /// <summary>Distance of ∂C/∂y_{t−1} from ∂C/∂y_t in memory, in values; 0 without targets at these steps.</summary>
    public nint OutputStride { get; init; }

    /// <summary>Temporary memory for the values of an adjoint of each step and of the one before the first.</summary>
    public required UncheckedSpan<TLane> Workspace { get; init; }

    /// <summary>One of these steps.</summary>
    /// <param name="step">Its index, 0 for the latest.</param>
    public BackwardSteps<TLane> Single(int step) => new()
    {
        Parameters = Parameters,
        Input = Input.Slice(-step * InputStride),
        InputStride = InputStride,
        State = State.Slice(-step * StateStride),
        StateStride = StateStride,
        Count = 1,
        Adjoint = Adjoint,
        Gradients = Gradients,
        Workspace = Workspace,
    };
}
