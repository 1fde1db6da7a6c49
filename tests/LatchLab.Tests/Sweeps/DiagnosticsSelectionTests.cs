using LatchLab.Sweeps;
using LatchLab.Sweeps.Reports;
using Xunit;

namespace LatchLab.Tests.Sweeps;

/// <summary>Which configurations the figure of training diagnostics compares.</summary>
public sealed class DiagnosticsSelectionTests
{
    private static readonly SweepAxis Length = Axis("task.length", "10", "20", "30", "40"),
        Units = Axis("network.units", "2", "8");

    [Fact]
    public void Configurations_of_one_part_differ_along_the_horizontal_axis_only()
    {
        // The last axis varies fastest: of 0 … 7 the even ones have two units.
        Assert.Equal([0, 2, 6], Select([new("", [Length, Units], 1)], 0, 1, 2, 3, 4, 5, 6, 7));
        Assert.Equal([3, 5, 7], Select([new("", [Length, Units], 1)], 3, 4, 5, 6, 7));
        Assert.Equal([0, 1, 3], Select([new("", [Length], 1)], 0, 1, 2, 3));
        Assert.Equal([0, 1], Select([new("", [Axis("learner.name", "a", "b")], 1)], 0, 1));
        Assert.Equal([0], Select([new("", [], 1)], 0));
        Assert.Empty(Select([new("", [], 1)]));
    }

    [Fact]
    public void Of_several_parts_the_first_logged_configurations_are_compared()
        => Assert.Equal([1, 4, 8], Select(
            [new("A", [Length], 1), new("B", [Length], 1), new("C", [Length], 1)], 1, 2, 4, 5, 8));

    private static IReadOnlyList<int> Select(PartLayout[] parts, params int[] logged)
        => DiagnosticsSelection.Select(new("sweep", parts, new()), logged);

    private static SweepAxis Axis(string field, params string[] values)
        => new([field], [.. values.Select(value => new[] { value })], IsLogarithmic: false);
}
