using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// A network whose inputs are not additive, <c>a_t = N(a_{t−1}, u_{t−1})</c>, as one whose inputs are (Section IV): the
/// state is (a, y) and <c>N′(a, y) = (N(a, y), 0)</c>; an input (0, u) is added to it, so that y_t = u_t acts on a one
/// step later.
/// </summary>
/// <typeparam name="TMap">The network.</typeparam>
/// <param name="map">N.</param>
public readonly struct AdditiveForm<TMap>(TMap map) : IMap
    where TMap : struct, IDrivenMap
{
    /// <inheritdoc/>
    public int Dimension => map.Dimension + map.Inputs;

    /// <inheritdoc/>
    public void Apply<TLane>(Row<TLane> point, Row<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        map.Apply(point, image);
        for (int k = map.Dimension; k < Dimension; k++)
            image[k] = TLane.From(0.0);
    }

    /// <inheritdoc/>
    public void Differentiate<TLane>(Row<TLane> point, Row<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>
    {
        int n = map.Dimension, m = map.Inputs, whole = n + m;
        var parts = new TLane[n * whole];
        Row<TLane> byState = new(ref parts[0]), byInput = byState.From(n * n);
        map.Differentiate(point, byState);
        map.DifferentiateInputs(point, byInput);
        for (int i = 0; i < whole; i++)
        {
            for (int j = 0; j < whole; j++)
            {
                jacobian[(i * whole) + j] = i >= n ? TLane.From(0.0)
                    : j < n ? byState[(i * n) + j]
                    : byInput[(i * m) + j - n];
            }
        }
    }
}

/// <summary>
/// The way back: an additive system whose map has the form of <see cref="AdditiveForm{TMap}"/> is the network
/// <c>N(a, u)</c> = the first n values of N′(a, u).
/// </summary>
/// <typeparam name="TMap">The additive system.</typeparam>
/// <param name="map">N′.</param>
/// <param name="inputs">m, the number of its last variables that hold the inputs.</param>
public readonly struct DrivenForm<TMap>(TMap map, int inputs)
    where TMap : struct, IMap
{
    /// <summary>n.</summary>
    public int Dimension => map.Dimension - inputs;

    /// <summary>Computes N(a, u).</summary>
    /// <param name="point">(a, u), n + m values.</param>
    /// <param name="image">N(a, u), n values, written.</param>
    public void Apply<TLane>(Row<TLane> point, Row<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        var whole = new TLane[map.Dimension];
        map.Apply(point, new Row<TLane>(ref whole[0]));
        for (int i = 0; i < Dimension; i++)
            image[i] = whole[i];
    }
}
