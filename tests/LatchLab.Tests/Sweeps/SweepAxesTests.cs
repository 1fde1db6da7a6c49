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
        ("task.length",
            (configuration, value) => configuration with { Task = configuration.Task with { Length = 5 + value } }),
        ("task.noise",
            (configuration, value) => configuration with { Task = configuration.Task with { Noise = value } }),
        ("network.initial-weight",
            (configuration, value) => configuration with
            {
                Start = configuration.Start with { InitialWeight = value },
            }),
    ];

    [Fact]
    public void The_axes_of_a_product_are_inferred_in_order()
        => Gen.Select(Gen.Int[2, 4].Array[0, 3], Gen.Shuffle(Fields)).Sample((counts, fields) =>
        {
            IEnumerable<MinimalTaskConfiguration> configurations = [new MinimalTaskConfiguration()];
            foreach ((int count,
                (_, Func<MinimalTaskConfiguration, int, MinimalTaskConfiguration> set)) in counts.Zip(fields))
                configurations = configurations.SelectMany(
                    configuration => Enumerable.Range(0, count).Select(value => set(configuration, value)));
            IReadOnlyList<SweepAxis> axes = SweepAxes.Infer([.. configurations]);
            Assert.Equal(
                fields.Take(counts.Length).Select(field => field.Field), axes.Select(axis => axis.Fields.Single()));
            Assert.Equal(counts, axes.Select(axis => axis.Values.Count));
        });

    [Fact]
    public void A_dependent_field_lies_on_the_axis_of_the_other()
    {
        var configuration = new MinimalTaskConfiguration();
        MinimalTaskConfiguration[] configurations =
        [
            .. from weight in Enumerable.Range(1, 2)
               from length in Enumerable.Range(5, 3)
               select configuration with
               {
                   Task = configuration.Task with { Length = length, Sequences = length % 2 == 0 ? 10 : 20 },
                   Start = configuration.Start with { InitialWeight = weight },
               },
        ];
        IReadOnlyList<SweepAxis> axes = SweepAxes.Infer(configurations);
        Assert.Equal(["network.initial-weight"], axes[0].Fields);
        Assert.Equal(["task.length", "task.sequences"], axes[1].Fields);
        Assert.Equal([["5", "20"], ["6", "10"], ["7", "20"]], axes[1].Values);
    }

    [Fact]
    public void Configurations_that_are_not_a_product_lie_on_one_axis()
    {
        MinimalTaskConfiguration[] configurations =
        [
            .. new[] { (5, 0.1), (6, 0.1), (7, 0.2) }.Select(pair => new MinimalTaskConfiguration
            {
                Task = new() { Length = pair.Item1, Noise = pair.Item2 },
            }),
        ];
        SweepAxis axis = Assert.Single(SweepAxes.Infer(configurations));
        Assert.Equal([["5", "0.1"], ["6", "0.1"], ["7", "0.2"]], axis.Values);
        MinimalTaskConfiguration fourth = configurations[0] with { Task = new() { Length = 5, Noise = 0.2 } };
        axis = Assert.Single(SweepAxes.Infer([.. configurations.Append(fourth)]));
        Assert.Equal(4, axis.Values.Count);
    }

    [Fact]
    public void Configurations_with_different_fields_have_no_axes()
        => Assert.Throws<ArgumentException>(() => SweepAxes.Infer(
            [new MinimalTaskConfiguration(), new MinimalTaskConfiguration { Start = new() { Perfect = new() } }]));
}
