using LatchLab.Dynamics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>The plane in which states vary most is that of a singular value decomposition.</summary>
public sealed class StatePlaneTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(24)]
    public void The_plane_has_the_variance_of_the_two_largest_singular_values(int size)
    {
        // The standard deviations are 1, 1/2, 1/4, …: an iteration gains a factor of 4.
        var random = new Random(size);
        double[][] states = [.. Enumerable.Range(0, 100).Select(_ => Enumerable.Range(0, size)
            .Select(i => Math.ScaleB(random.NextDouble() - 0.5, -i) + i).ToArray())];
        StatePlane plane = StatePlane.Find(states)!;
        Matrix<double> centred = Matrix<double>.Build.DenseOfRowArrays(states);
        Vector<double> mean = centred.ColumnSums() / states.Length;
        centred = Matrix<double>.Build.DenseOfRowVectors(centred.EnumerateRows().Select(row => row - mean));
        double[] squares = [.. centred.Svd(computeVectors: false).S.Select(value => value * value)];
        Assert.Equal(squares.Take(2).Sum() / squares.Sum(), plane.VarianceShare, tolerance: 1e-12);
        (double X, double Y)[] points = [.. states.Select(plane.Project)];
        Assert.Equal(squares[0], points.Sum(point => point.X * point.X), tolerance: 1e-9 * squares[0]);
        Assert.Equal(squares[1], points.Sum(point => point.Y * point.Y), tolerance: 1e-9 * squares[0]);
        Assert.Equal(0.0, points.Sum(point => point.X * point.Y), tolerance: 1e-9 * squares[0]);
    }

    [Fact]
    public void States_on_a_line_have_a_plane_with_all_of_their_variance()
    {
        StatePlane plane = StatePlane.Find([[0.0, 0.0, 1.0], [3.0, 4.0, 1.0], [-3.0, -4.0, 1.0]])!;
        Assert.Equal(1.0, plane.VarianceShare, tolerance: 1e-15);
        (double x, double y) = plane.Project([3.0, 4.0, 1.0]);
        Assert.Equal(5.0, x, tolerance: 1e-14);
        Assert.Equal(0.0, y, tolerance: 1e-14);
    }

    [Fact]
    public void Equal_states_and_single_values_have_none()
    {
        Assert.Null(StatePlane.Find([[1.0, 2.0], [1.0, 2.0]]));
        Assert.Null(StatePlane.Find([[1.0], [2.0]]));
    }
}
