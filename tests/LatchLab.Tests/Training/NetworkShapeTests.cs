using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Tasks;
using LatchLab.Tests.Contracts;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>The networks that a task with several inputs and outputs can and cannot use.</summary>
public sealed class NetworkShapeTests
{
    [Fact]
    public void Weights_input_weights_and_biases_are_parameters_by_name_in_the_order_of_the_network()
    {
        var design = new NetworkDesign { Network = "fully-connected", Units = 2 };
        string[] weights = ["w[0,0]", "w[0,1]", "w[1,0]", "w[1,1]"];
        Assert.Equal(weights, design.GetParameterNames(new(0)));
        NetworkDesign biased = design with { Biases = BiasUse.Yes };
        Assert.Equal([.. weights, "b[0]", "b[1]"], biased.GetParameterNames(new(0)));
        NetworkDesign weighted = design with { InputWeights = InputWeightUse.Always };
        Assert.Equal([.. weights, "v[0,0]", "v[1,0]"], weighted.GetParameterNames(new(0)));
        var shape = new NetworkShape(TrainableInputs: 0, Inputs: 2, Outputs: 2);
        string[] all = [.. weights, "v[0,0]", "v[0,1]", "v[1,0]", "v[1,1]", "b[0]", "b[1]"];
        Assert.Equal(all, biased.GetParameterNames(shape));
        Assert.Equal(all, (biased with { InputWeights = InputWeightUse.Always }).GetParameterNames(shape));

        double[] values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        var network = (FullyConnectedDefinition)biased.CreateDefinition(shape, values);
        Assert.Equal(values, network.Parameters);
        Assert.Equal([5, 6, 7, 8], network.InputWeights!);
        Assert.Equal([0, 1], network.Outputs);
        network = (FullyConnectedDefinition)(biased with { Units = 3 }).CreateDefinition(new(0, 1, 2), new double[12]);
        Assert.Equal((0, null), (network.Input, network.InputWeights));
        Assert.Equal([1, 2], network.Outputs);
    }

    [Fact]
    public void Prior_knowledge_applies_to_input_weights_and_biases()
    {
        TrainingConfiguration configuration = CreateConfiguration(TargetKind.Classes);
        configuration = configuration with
        {
            Network = configuration.Network with { Prior = "v[1,0]:=0; b[3]=0.5; self=1.5; b[0]<=-0.1" },
        };
        Assert.Empty(configuration.Validate());
        TrialStart start = configuration.CreateTrialStart(seed: 1, trialIndex: 2);
        double Of(string name)
            => start.InitialParameters[configuration.ParameterNames.Index().Single(one => one.Item == name).Index];
        Assert.Equal((0.0, 0.5, 1.5, 1.5), (Of("v[1,0]"), Of("b[3]"), Of("w[0,0]"), Of("w[3,3]")));
        Assert.True(Of("b[0]") <= -0.1);
        Assert.NotEqual(1.5, Of("v[0,0]")); // an input weight is not a self-loop
        Assert.Equal(configuration.ParameterNames.Count - 1, start.Space.TrainableParameters.Length);
    }

    [Theory]
    [InlineData(TargetKind.Sign, "the task several has 2 inputs a step and 1 output, and the network ")]
    [InlineData(TargetKind.Classes, "the task several has 2 inputs a step and 3 outputs, and the network ")]
    public void Latch_and_parity_networks_have_one_input_and_one_output(TargetKind kind, string problem)
    {
        foreach (string network in (string[])["latch", "parity"])
        {
            TrainingConfiguration configuration =
                CreateConfiguration(kind) with { Network = new() { Network = network } };
            ValidationError error = Assert.Single(configuration.Validate());
            Assert.Equal("network.network", error.Field);
            Assert.StartsWith(
                $"{problem}{network} has one of each: give fully-connected", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Biases_and_input_weights_are_settings_of_fully_connected_units_only()
    {
        TrainingConfiguration configuration =
            TrainingConfigurationFactory.CreateDefault(new LatchTask(), new Backpropagation());
        configuration = configuration with
        {
            Network = configuration.Network with { Biases = BiasUse.Yes, InputWeights = InputWeightUse.Always },
        };
        const string error = "has no effect: the network latch has 1 unit and fixed connections; only " +
            "fully-connected has a choice";
        Assert.Equal(
            [new ValidationError("", "network.biases", error), new ValidationError("", "network.input-weights", error)],
            configuration.Validate());
        TrainingConfiguration connected = TrainingConfigurationFactory.CreateDefault(new KeepTask(),
            new Backpropagation());
        NetworkDesign design = configuration.Network with { Network = "fully-connected" };
        Assert.Empty((connected with { Network = design }).Validate());
    }

    [Theory]
    [InlineData("fully-connected", "relu", TrainedReadout.Linear, true)]
    [InlineData("fully-connected", "logistic", TrainedReadout.Linear, false)]
    [InlineData("gru", "tanh", TrainedReadout.Linear, true)]
    [InlineData("gru", "tanh", TrainedReadout.Tanh, false)]
    public void Cross_entropy_needs_bounded_outputs(string network, string unit, TrainedReadout readout, bool isRefused)
    {
        TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(
            new KeepTask(), new Backpropagation());
        configuration = configuration with
        {
            Network = new() { Network = network, Unit = unit, Readout = readout },
            Limits = configuration.Limits with { Criterion = ErrorCriterion.CrossEntropy },
        };
        Assert.Equal(isRefused ? ["rule.criterion"] : [], configuration.Validate().Select(error => error.Field));
    }

    [Fact]
    public void Outputs_need_separate_units_with_the_same_range()
    {
        TrainingConfiguration configuration = CreateConfiguration(TargetKind.Classes);
        NetworkDesign design = configuration.Network;
        Assert.Equal(
            [new ValidationError("", "network.units",
                "2 are fewer than the outputs of the task several: give at least 3")],
            (configuration with { Network = design with { Units = 2 } }).Validate());
        Assert.Empty((configuration with { Network = design with { Units = 3 } }).Validate());
        Assert.Equal(
            [
                new ValidationError("", "network.unit",
                    "the last 3 units are the outputs, and they must have one range of targets: " +
                    "make none or all of them logistic or relu"),
            ],
            (configuration with { Network = design with { Unit = "tanh,tanh,tanh,logistic" } }).Validate());
        Assert.Empty((configuration with { Network = design with { Unit = "logistic,tanh,tanh,tanh" } }).Validate());
        TrainingConfiguration logistic = configuration
            with
        { Network = design with { Unit = "tanh,logistic,logistic,logistic" } };
        Assert.Empty(logistic.Validate());
        Assert.Equal((0.5, 0.5, TargetKind.Classes),
            (logistic.Scoring.Midpoint, logistic.Scoring.HalfRange, logistic.Scoring.Targets));
    }

    [Fact]
    public void Values_need_a_tolerance()
    {
        TrainingConfiguration configuration = CreateConfiguration(TargetKind.Values);
        Assert.Empty(configuration.Validate());
        configuration = configuration with
        {
            Limits = configuration.Limits with { Tolerance = 0.0 },
        };
        Assert.Equal(
            [
                new ValidationError("", "rule.tolerance",
                    "the targets of the task several are numbers: give the largest " +
                    "distance between a correct output and its target, for example 0.1"),
            ],
            configuration.Validate());
    }

    private static TrainingConfiguration CreateConfiguration(TargetKind kind)
        => MultipleOutputTask.CreateConfigurations(kind, new Backpropagation(), 9)[0];
}
