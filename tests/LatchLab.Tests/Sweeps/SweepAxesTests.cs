using CsCheck;
using LatchLab.Sweeps;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Sweeps;

public class SweepAxesTests
{
    private static readonly
        (string Field, Func<MinimalTaskConfiguration, int, MinimalTaskConfiguration> Set)[] Fields =
    [
        ("task.length", (cell, value) => cell with { Task = cell.Task with { Length = 5 + value } }),
        ("task.noise", (cell, value) => cell with { Task = cell.Task with { Noise = value } }),
        ("network.initial-weight", (cell, value) => cell with { Start = cell.Start with { InitialWeight = value } }),
    ];

    [Fact]
    public void The_axes_of_a_product_are_found_in_their_order()
        => Gen.Select(Gen.Int[2, 4].Array[0, 3], Gen.Shuffle(Fields)).Sample((counts, fields) =>
        {
            IEnumerable<MinimalTaskConfiguration> cells = [new MinimalTaskConfiguration()];
            foreach ((int count,
                (_, Func<MinimalTaskConfiguration, int, MinimalTaskConfiguration> set)) in counts.Zip(fields))
                cells = cells.SelectMany(cell => Enumerable.Range(0, count).Select(value => set(cell, value)));
            IReadOnlyList<SweepAxis> axes = SweepAxes.Infer([.. cells]);
            Assert.Equal(
                fields.Take(counts.Length).Select(field => field.Field), axes.Select(axis => axis.Fields.Single()));
            Assert.Equal(counts, axes.Select(axis => axis.Values.Count));
        });

    [Fact]
    public void A_field_that_follows_another_lies_on_its_axis()
    {
        var cell = new MinimalTaskConfiguration();
        MinimalTaskConfiguration[] cells =
        [
            .. from weight in Enumerable.Range(1, 2)
               from length in Enumerable.Range(5, 3)
               select cell with
               {
                   Task = cell.Task with { Length = length, Sequences = length % 2 == 0 ? 10 : 20 },
                   Start = cell.Start with { InitialWeight = weight },
               },
        ];
        IReadOnlyList<SweepAxis> axes = SweepAxes.Infer(cells);
        Assert.Equal(["network.initial-weight"], axes[0].Fields);
        Assert.Equal(["task.length", "task.sequences"], axes[1].Fields);
        Assert.Equal([["5", "20"], ["6", "10"], ["7", "20"]], axes[1].Values);
    }

    [Fact]
    public void Cells_that_are_no_product_lie_on_one_axis()
    {
        MinimalTaskConfiguration[] cells =
        [
            .. new[] { (5, 0.1), (6, 0.1), (7, 0.2) }.Select(pair => new MinimalTaskConfiguration
            {
                Task = new() { Length = pair.Item1, Noise = pair.Item2 },
            }),
        ];
        SweepAxis axis = Assert.Single(SweepAxes.Infer(cells));
        Assert.Equal([["5", "0.1"], ["6", "0.1"], ["7", "0.2"]], axis.Values);
        MinimalTaskConfiguration fourth = cells[0] with { Task = new() { Length = 5, Noise = 0.2 } };
        axis = Assert.Single(SweepAxes.Infer([.. cells.Append(fourth)]));
        Assert.Equal(4, axis.Values.Count);
    }

    [Fact]
    public void Cells_with_differentFields_have_no_axes()
        => Assert.Throws<ArgumentException>(() => SweepAxes.Infer(
            [new MinimalTaskConfiguration(), new MinimalTaskConfiguration { Start = new() { Perfect = new() } }]));
}
