using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Tasks;
using LatchLab.Tests.Contracts;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>Which network a task of several inputs and outputs is given, and which it cannot be given.</summary>
public sealed class NetworkShapeTests
{
    [Fact]
    public void Weights_input_weights_and_biases_are_parameters_by_name_in_the_order_of_the_network()
    {
        var design = new NetworkDesign { Network = NetworkKind.FullyConnected, Units = 2 };
        string[] weights = ["w[0,0]", "w[0,1]", "w[1,0]", "w[1,1]"];
        Assert.Equal(weights, design.GetParameterNames(new(0)));
        NetworkDesign biased = design with { Biases = BiasUse.Yes };
        Assert.Equal([.. weights, "b[0]", "b[1]"], biased.GetParameterNames(new(0)));
        NetworkDesign weighted = design with { InputWeights = InputWeightUse.Always };
        Assert.Equal([.. weights, "v[0,0]", "v[1,0]"], weighted.GetParameterNames(new(0)));
        var wiring = new NetworkShape(TrainableInputs: 0, Inputs: 2, Outputs: 2);
        string[] all = [.. weights, "v[0,0]", "v[0,1]", "v[1,0]", "v[1,1]", "b[0]", "b[1]"];
        Assert.Equal(all, biased.GetParameterNames(wiring));
        Assert.Equal(all, (biased with { InputWeights = InputWeightUse.Always }).GetParameterNames(wiring));

        double[] values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        var network = (FullyConnectedDefinition)biased.CreateDefinition(wiring, values);
        Assert.Equal(values, network.Parameters);
        Assert.Equal([5, 6, 7, 8], network.InputWeights!);
        Assert.Equal([0, 1], network.Outputs);
        network = (FullyConnectedDefinition)(biased with { Units = 3 }).CreateDefinition(new(0, 1, 2), new double[12]);
        Assert.Equal((0, null), (network.Input, network.InputWeights));
        Assert.Equal([1, 2], network.Outputs);
    }

    [Fact]
    public void What_is_known_of_parameters_can_be_said_of_input_weights_and_biases()
    {
        TrainingConfiguration cell = Cell(TargetKind.Classes);
        cell = cell with { Network = cell.Network with { Prior = "v[1,0]:=0; b[3]=0.5; self=1.5; b[0]<=-0.1" } };
        Assert.Empty(cell.Validate());
        TrialStart start = cell.CreateTrialStart(seed: 1, trialIndex: 2);
        double Of(string name)
            => start.InitialParameters[cell.ParameterNames.Index().Single(one => one.Item == name).Index];
        Assert.Equal((0.0, 0.5, 1.5, 1.5), (Of("v[1,0]"), Of("b[3]"), Of("w[0,0]"), Of("w[3,3]")));
        Assert.True(Of("b[0]") <= -0.1);
        Assert.NotEqual(1.5, Of("v[0,0]")); // an input weight is no loop
        Assert.Equal(cell.ParameterNames.Count - 1, start.Space.TrainableParameters.Length);
    }

    [Theory]
    [InlineData(TargetKind.Sign, "the task several has 2 inputs a step and 1 output, and the network ")]
    [InlineData(TargetKind.Classes, "the task several has 2 inputs a step and 3 outputs, and the network ")]
    public void Latch_and_parity_network_take_one_input_and_give_one_output(TargetKind kind, string problem)
    {
        foreach (NetworkKind network in (NetworkKind[])[NetworkKind.Latch, NetworkKind.Parity])
        {
            TrainingConfiguration cell = Cell(kind) with { Network = new() { Network = network } };
            ValidationError error = Assert.Single(cell.Validate());
            string name = Settings.FormatValue(network);
            Assert.Equal(
                new ValidationError("--network", "", $"{problem}{name} has one of each: give fully-connected"), error);
        }
    }

    [Fact]
    public void Biases_and_input_weights_are_settings_of_fully_connected_units_only()
    {
        TrainingConfiguration cell = TrainingConfigurationFactory.CreateDefault(new LatchTask(), new Backpropagation());
        cell = cell with
        {
            Network = cell.Network with { Biases = BiasUse.Yes, InputWeights = InputWeightUse.Always },
        };
        Assert.Equal(
            [
                new ValidationError("--biases", "",
                    "the network latch has no choice of biases: give no, or the network " +
                    "fully-connected"),
                new ValidationError("--input-weights", "", "the network latch has no choice of input weights: give " +
                    "several-inputs, or the network fully-connected"),
            ],
            cell.Validate());
        Assert.Empty(cell.Validate(["--network"]));
        TrainingConfiguration connected = TrainingConfigurationFactory.CreateDefault(new FirstInputsTask(),
            new Backpropagation());
        NetworkDesign design = cell.Network with { Network = NetworkKind.FullyConnected };
        Assert.Empty((connected with { Network = design }).Validate());
    }

    [Fact]
    public void Outputs_need_units_of_their_own_and_of_one_range()
    {
        TrainingConfiguration cell = Cell(TargetKind.Classes);
        NetworkDesign design = cell.Network;
        Assert.Equal(
            [new ValidationError("--units", "", "2 are fewer than the outputs of the task several: give at least 3")],
            (cell with { Network = design with { Units = 2 } }).Validate());
        Assert.Empty((cell with { Network = design with { Units = 3 } }).Validate());
        Assert.Equal(
            [
                new ValidationError("--unit", "",
                    "the last 3 units are the outputs, and they must have one range: give " +
                    "none of them, or all, as logistic"),
            ],
            (cell with { Network = design with { Unit = "tanh,tanh,tanh,logistic" } }).Validate());
        Assert.Empty((cell with { Network = design with { Unit = "logistic,tanh,tanh,tanh" } }).Validate());
        TrainingConfiguration logistic = cell
            with
        { Network = design with { Unit = "tanh,logistic,logistic,logistic" } };
        Assert.Empty(logistic.Validate());
        Assert.Equal((0.5, 0.5, TargetKind.Classes),
            (logistic.Scoring.Midpoint, logistic.Scoring.HalfRange, logistic.Scoring.Targets));
    }

    [Fact]
    public void Numbers_need_a_tolerance_and_given_sequences_no_fresh_ones()
    {
        TrainingConfiguration cell = Cell(TargetKind.Values);
        Assert.Empty(cell.Validate());
        cell = cell with
        {
            Limits = cell.Limits with { Tolerance = 0.0 },
            ConvergenceRule = cell.ConvergenceRule with { Rule = ConvergenceRuleKind.FreshSequences },
        };
        Assert.Equal(
            [
                new ValidationError("--tolerance", "",
                    "the targets of the task several are numbers: give how near to " +
                    "them an output must be to be right, for example 0.1"),
                new ValidationError("--rule", "",
                    "fresh-sequences is no rule for the task several, which has no fresh " +
                    "ones: give sign or sign-and-cost"),
            ],
            cell.Validate());
    }

    private static TrainingConfiguration Cell(TargetKind kind)
        => MultipleOutputConfiguration.Of(kind, new Backpropagation(), 9)[0].Problem;
}
