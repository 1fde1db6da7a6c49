using LatchLab.Networks.Cells;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// A network of cells with given parameters as a driven map of its state, <c>s_t = F(s_{t−1}, u_t)</c>. The state of an
/// LSTM is (h, c), that of several layers the states of all.
/// </summary>
/// <typeparam name="TCell">The cell.</typeparam>
/// <param name="network">The network.</param>
/// <param name="parameters">Its parameters.</param>
public readonly struct CellMap<TCell>(CellNetwork<TCell> network, IReadOnlyList<double> parameters) : IDrivenMap
    where TCell : struct, ICell
{
    private readonly double[] _parameters = [.. parameters];

    public int Dimension => network.StateSize;

    public int Inputs => network.Inputs;

    public double InitialActivation(int unit) => network.InitialState(unit);

    public void Apply<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        LaneMemory<TLane> after = new(network.StepSize);
        UncheckedSpan<TLane> step = after.Slice(0, after.Length);
        network.Step(Broadcast<TLane>(), point.Slice(Dimension), point, step);
        for (int i = 0; i < Dimension; i++)
            image[i] = step[i];
    }

    /// <summary>A column of the Jacobian at a time, by dual numbers.</summary>
    public void Differentiate<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>
    {
        int n = Dimension;
        LaneMemory<Dual<TLane>> values = new(n + Inputs), image = new(n);
        for (int j = 0; j < n; j++)
        {
            for (int i = 0; i < n + Inputs; i++)
                values.Values[i] = new(point[i], TLane.From(i == j ? 1.0 : 0.0));
            Apply(values.Slice(0, values.Length), image.Slice(0, n));
            for (int i = 0; i < n; i++)
                jacobian[(i * n) + j] = image.Values[i].Derivative;
        }
    }

    public TLane Output<TLane>(int unit, TLane activation)
        where TLane : unmanaged, ILane<TLane>
        => activation;

    private UncheckedSpan<TLane> Broadcast<TLane>()
        where TLane : unmanaged, ILane<TLane>
    {
        LaneMemory<TLane> memory = new(_parameters.Length);
        for (int i = 0; i < _parameters.Length; i++)
            memory.Values[i] = TLane.From(_parameters[i]);
        return memory.Slice(0, memory.Length);
    }
}
