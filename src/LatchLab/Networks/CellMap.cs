using System.Runtime.CompilerServices;
using LatchLab.Networks.Cells;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// A network of cells with given parameters as a driven map of its state, <c>s_t = F(s_{t−1}, u_t)</c>. The state of an
/// LSTM is (h, c), that of several layers the states of all. Its derivatives are those of dual numbers; vᵀ·J is the
/// backward pass, <see cref="CellNetwork{TCell}.StepBackward"/>.
/// </summary>
/// <typeparam name="TCell">The cell.</typeparam>
/// <param name="network">The network.</param>
/// <param name="parameters">Its parameters.</param>
public readonly struct CellMap<TCell>(CellNetwork<TCell> network, IReadOnlyList<double> parameters) : IDrivenMap
    where TCell : struct, ICell
{
    private const int MaxOnStack = 2048;

    private readonly BroadcastValues _parameters = new([.. parameters]);

    public int Dimension => network.StateSize;

    public int Inputs => network.Inputs;

    public double InitialActivation(int unit) => network.InitialState(unit);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        int size = network.StepSize, n = Dimension;
        Span<TLane> memory = size <= MaxOnStack ? stackalloc TLane[size] : new TLane[size];
        UncheckedSpan<TLane> step = new(ref memory[0]);
        network.Step(_parameters.Get<TLane>(), point.Slice(n), point, step);
        for (int i = 0; i < n; i++)
            image[i] = step[i];
    }

    public TLane Output<TLane>(int unit, TLane activation)
        where TLane : unmanaged, ILane<TLane>
        => activation;
}
