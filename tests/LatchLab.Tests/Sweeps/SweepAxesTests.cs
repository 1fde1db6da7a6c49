using CsCheck;
using LatchLab.Learning;
using LatchLab.Sweeps;
using LatchLab.Tasks;
using LatchLab.Tests.Training;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Sweeps;

public class SweepAxesTests
{
    private static readonly
        (string Field, Func<TrainingConfiguration, int, TrainingConfiguration> Set)[] Fields =
    [
        ("task.length",
            (configuration, value) => configuration with { Task = TaskOf(configuration) with { Length = 5 + value } }),
        ("task.noise",
            (configuration, value) => configuration with { Task = TaskOf(configuration) with { Noise = value } }),
        ("network.initial-weight",
            (configuration, value) => configuration with
            {
                Network = configuration.Network with { InitialWeight = value },
            }),
    ];

    [Fact]
    public void The_axes_of_a_product_are_inferred_in_order()
        => Gen.Select(Gen.Int[2, 4].Array[0, 3], Gen.Shuffle(Fields)).Sample((counts, fields) =>
        {
            IEnumerable<TrainingConfiguration> configurations = [MinimalConfigurations.Create()];
            foreach ((int count,
                (_, Func<TrainingConfiguration, int, TrainingConfiguration> set)) in counts.Zip(fields))
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
        TrainingConfiguration configuration = MinimalConfigurations.Create();
        var task = new MinimalTask();
        TrainingConfiguration[] configurations =
        [
            .. from weight in Enumerable.Range(1, 2)
               from length in Enumerable.Range(5, 3)
               select configuration with
               {
                   Task = task with { Length = length, Sequences = length % 2 == 0 ? 10 : 20 },
                   Network = configuration.Network with { InitialWeight = weight },
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
        TrainingConfiguration[] configurations =
        [
            .. new[] { (5, 0.1), (6, 0.1), (7, 0.2) }.Select(pair => MinimalConfigurations.Create(
                new() { Length = pair.Item1, Noise = pair.Item2 })),
        ];
        SweepAxis axis = Assert.Single(SweepAxes.Infer(configurations));
        Assert.Equal([["0.1", "5"], ["0.1", "6"], ["0.2", "7"]], axis.Values);
        TrainingConfiguration fourth = configurations[0] with { Task = new MinimalTask { Length = 5, Noise = 0.2 } };
        axis = Assert.Single(SweepAxes.Infer([.. configurations.Append(fourth)]));
        Assert.Equal(4, axis.Values.Count);
    }

    [Fact]
    public void Configurations_with_different_fields_have_no_axes()
        => Assert.Throws<ArgumentException>(() => SweepAxes.Infer(
            [MinimalConfigurations.Create(),
                TrainingConfigurationFactory.CreateDefault(new LatchTask(), new Backpropagation())]));

    private static MinimalTask TaskOf(TrainingConfiguration configuration) => (MinimalTask)configuration.Task;
}
