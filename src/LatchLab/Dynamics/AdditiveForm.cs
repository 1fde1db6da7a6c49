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
    public void Apply<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        map.Apply(point, image);
        for (int k = map.Dimension; k < Dimension; k++)
            image[k] = TLane.From(0.0);
    }

    /// <inheritdoc/>
    public void Differentiate<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>
    {
        int n = map.Dimension, m = map.Inputs, total = n + m;
        var blocks = new TLane[n * total];
        UncheckedSpan<TLane> stateJacobian = new(ref blocks[0]), inputJacobian = stateJacobian.Slice(n * n);
        map.Differentiate(point, stateJacobian);
        map.DifferentiateInputs(point, inputJacobian);
        for (int i = 0; i < total; i++)
        {
            for (int j = 0; j < total; j++)
            {
                jacobian[(i * total) + j] = i >= n ? TLane.From(0.0)
                    : j < n ? stateJacobian[(i * n) + j]
                    : inputJacobian[(i * m) + j - n];
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
    public void Apply<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        var fullImage = new TLane[map.Dimension];
        map.Apply(point, new UncheckedSpan<TLane>(ref fullImage[0]));
        for (int i = 0; i < Dimension; i++)
            image[i] = fullImage[i];
    }
}
