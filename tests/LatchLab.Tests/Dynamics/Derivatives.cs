using LatchLab.Numerics;

namespace LatchLab.Tests.Dynamics;

/// <summary>
/// Jacobians by dual numbers, one column per variable, which share no formula with <c>Differentiate</c>, and the
/// distance between the two.
/// </summary>
internal static class Derivatives
{
    /// <summary>The largest |J_ij − ∂M_i/∂a_j| / (1 + |J_ij|) over the variables a of the state.</summary>
    public static double LargestError(IMap map, double[] point)
    {
        var jacobian = new Scalar[map.Dimension * map.Dimension];
        map.Differentiate(Row(Scalars(point)), Row(jacobian));
        return LargestError(jacobian, Columns(point, map.Dimension, map.Dimension, map.Apply));
    }

    private delegate void Map(UncheckedSpan<Dual<Scalar>> point, UncheckedSpan<Dual<Scalar>> image);

    private static Scalar[][] Columns(double[] point, int variables, int values, Map apply)
        => [.. Enumerable.Range(0, variables).Select(j =>
        {
            Dual<Scalar>[] dual = [.. point.Select((a, k) => new Dual<Scalar>(new(a), new(k == j ? 1.0 : 0.0)))];
            var image = new Dual<Scalar>[values];
            apply(Row(dual), Row(image));
            return image.Select(value => value.Derivative).ToArray();
        })];

    private static double LargestError(Scalar[] jacobian, Scalar[][] columns)
        => jacobian.Select((entry, at) =>
        {
            double other = columns[at % columns.Length][at / columns.Length].Value;
            return Math.Abs(entry.Value - other) / (1.0 + Math.Abs(other));
        }).Max();

    private static Scalar[] Scalars(double[] point) => [.. point.Select(a => new Scalar(a))];

    private static UncheckedSpan<TLane> Row<TLane>(TLane[] values)
        where TLane : unmanaged, ILane<TLane>
        => new(ref values[0]);
}
