using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>Saturated and constant units of networks with given parameters, and what is remarked on them.</summary>
public sealed class UnitActivityTests
{
    private const ulong Seed = 5;

    private static readonly DatasetTask Task =
        new DatasetTask { Normalisation = Normalisation.None }.WithDataset(SampleDatasets.Classes);

    [Fact]
    public void Units_beyond_the_threshold_are_counted_at_every_step_of_the_training_sequences()
    {
        // Without recurrent weights the unit is tanh x − 0.7 of the first input; the sequences differ in length.
        TrainingConfiguration configuration = Configure("elman", units: 1);
        double[] inputs = [.. TrainTestSplit.Create(Task.Dataset!, Task.TestShare, new(Seed, RandomWord: 0, 0)).Training
            .SelectMany(sequence => SampleDatasets.Inputs(Task.Dataset!, sequence).Where((_, i) => i % 2 == 0))];
        double expected = inputs.Average(x => Math.Abs(Math.Tanh(x - 0.7)) > 0.8 ? 1.0 : 0.0);
        Assert.InRange(expected, 0.2, 0.8);
        UnitActivity activity = Observe(configuration, ("v[0,0]", 1.0), ("b[0]", -0.7));
        Assert.Equal(expected, activity.SaturatedShare, 1e-15);
        Assert.Empty(activity.Constant);
        Assert.Equal(activity.SaturatedShare, Observe(
            configuration, LaneKind.Widest, ("v[0,0]", 1.0), ("b[0]", -0.7)).SaturatedShare);
    }

    [Fact]
    public void A_gate_is_saturated_where_its_activation_is_and_a_candidate_of_zero_is_constant()
    {
        // σ(3) = 0.953: the update gates of two cells, of six gates and candidates.
        UnitActivity activity = Observe(Configure("gru", units: 2), ("bz[0]", 3.0), ("bz[1]", 3.0));
        Assert.Equal(1.0 / 3.0, activity.SaturatedShare, 1e-15);
        Assert.Equal(
            ["r[0] = 0.5", "r[1] = 0.5", "g[0] = 0", "g[1] = 0"],
            activity.ConstantNames.Where(name => !name.StartsWith('z')));
    }

    [Fact]
    public void A_relu_below_its_threshold_is_dead_and_one_above_is_not()
    {
        TrainingConfiguration configuration = Configure("elman", units: 2) with
        {
            Network = new() { Network = "elman", Unit = "relu", Units = 2 },
        };
        UnitActivity activity = Observe(configuration, ("b[0]", -1.0), ("v[1,0]", 1.0));
        Assert.Equal(["unit 0 = 0"], activity.ConstantNames);
        Assert.Equal(double.NaN, activity.SaturatedShare);  // a relu has no bounds
    }

    [Theory]
    [InlineData("lstm", 4)]
    [InlineData("lstm-peephole", 4)]
    [InlineData("lstm-coupled", 3)]
    [InlineData("lstm-projected", 4)]
    [InlineData("gru", 3)]
    [InlineData("gru-reset-before", 3)]
    public void Every_gate_of_every_layer_is_observed_at_its_place_in_the_tape(string network, int gates)
    {
        // With parameters of 0 every gate is σ(0) = ½ and every candidate tanh 0 = 0, and a bias moves its own alone.
        TrainingConfiguration configuration = Configure(network, units: 2) with
        {
            Network = new() { Network = network, Units = 2, Layers = 2 },
        };
        Assert.Equal(2 * 2 * gates, Observe(configuration).Activations.Count);
        Assert.All(Observe(configuration).Constant.Zip(Observe(configuration).ConstantValues), entry => Assert.Equal(
            Observe(configuration).Activations[entry.First].Function == "tanh" ? 0.0 : 0.5, entry.Second));
        string bias = configuration.ParameterNames.Last(name => name.StartsWith('b'));
        string[] changed = [.. Observe(configuration, (bias, 40.0)).ConstantNames.Except(
            Observe(configuration).ConstantNames)];
        Assert.Contains(changed, name => name.StartsWith(bias[1] + "[1] of layer 2 = 1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_diverging_rate_a_saturated_network_and_constant_units_are_remarked_on_with_numbers()
    {
        TrainingConfiguration saturated = Configure("elman", units: 2) with
        {
            Network = new() { Network = "elman", Units = 2, Prior = "*:=0; b[0]:=3" },
        };
        TrainingResult result = Run(saturated);
        Assert.Equal(0.5, result.SaturatedShare.Value);
        (string Name, string Text) remark = Assert.Single(TrainingRemarks.Create(result));
        Assert.Equal("constant units", remark.Name);
        Assert.StartsWith("8 of 8 units and gates never vary over the training sequences, in 4 of 4 trials; in " +
            "trial 0: unit 0 = 0.995", remark.Text, StringComparison.Ordinal);

        saturated = saturated with { Network = saturated.Network with { Prior = "*:=0; b:=3" } };
        Assert.Contains(TrainingRemarks.Create(Run(saturated)), found => found.Name == "saturation"
            && found.Text.StartsWith("1.000 [", StringComparison.Ordinal));

        TrainingConfiguration diverging = Configure("elman", units: 2) with
        {
            Learner = new Backpropagation { LearningRate = 1000.0 },
        };
        remark = TrainingRemarks.Create(Run(diverging)).First();
        Assert.Equal("divergence", remark.Name);
        Assert.StartsWith("4 of 4 trials diverged: a cost or a parameter was not finite after ", remark.Text,
            StringComparison.Ordinal);
        Assert.All(Run(diverging).Outcomes, outcome => Assert.Contains(
            $"{outcome.Presentations}", remark.Text, StringComparison.Ordinal));
    }

    private static TrainingConfiguration Configure(string network, int units)
    {
        TrainingConfiguration configuration =
            TrainingConfigurationFactory.CreateDefault(Task, new Backpropagation());
        return configuration with
        {
            Network = new() { Network = network, Units = units },
            Limits = new() { Presentations = 60 },
        };
    }

    private static TrainingResult Run(TrainingConfiguration configuration)
        => new TrainingRun(configuration, trialCount: 4).Run(
            new(Seed, Threads: 1, LaneKind.Widest), TestContext.Current.CancellationToken);

    private static UnitActivity Observe(
        TrainingConfiguration configuration, params (string Name, double Value)[] parameters)
        => Observe(configuration, LaneKind.Scalar, parameters);

    /// <summary>Observes a network whose other parameters are 0.</summary>
    private static UnitActivity Observe(
        TrainingConfiguration configuration, LaneKind lane, params (string Name, double Value)[] parameters)
    {
        Assert.All(parameters, parameter => Assert.Contains(parameter.Name, configuration.ParameterNames));
        double[] values = [.. configuration.ParameterNames.Select(
            name => parameters.FirstOrDefault(parameter => parameter.Name == name).Value)];
        return lane.Accept(new UnitActivityPass
        {
            Trials = [(new(configuration, TrialIndex: 0, SweepIndex: 0, ResultIndex: 0, Seed), values)],
            Cancellation = TestContext.Current.CancellationToken,
        })[0];
    }
}
