using LatchLab.Diagnosis;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Models;
using LatchLab.Networks;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>Networks that start from an initial state of their own.</summary>
public sealed class InitialStateTests
{
    private const string ThreeUnits =
        """
        {"network": "fully-connected", "unit": "tanh", "units": 3, "outputs": [0, 1, 2],
        "weights": [[-0.1, 0.4, 0.1], [-0.3, 0.1, -0.3], [-0.1, -0.2, 0.4]],
        "input-weights": [[0.4], [0.1], [0.5]], "biases": [-0.8, -0.3, -0.7], "initial-state": [0.95, 0.08, 0.89]}
        """;

    private static readonly FullyConnectedDefinition Plain = new("tanh", 2, 0, [1], [1.2, 0.1, -0.3, 1.4]);

    /// <summary>The outputs that NumPy computes, to the eight digits that are given.</summary>
    [Fact]
    public void Outputs_and_orbits_start_from_the_initial_state_of_the_file()
    {
        NetworkDefinition network = NetworkFile.Parse(ThreeUnits, "n.json");
        double[][] expected =
            [[-0.35748551, -0.63155579, 0.04496965], [-0.88799779, -0.35346751, -0.76984716]];
        var orbit = OrbitAnalysis.Analyze(network, [1.0, -1.0], 0.1, seed: 0, new());
        DrivenSystem system = DrivenSystem.Create(network);
        for (int steps = 1; steps <= 2; steps++)
        {
            double[] inputs = steps == 1 ? [1.0] : [1.0, -1.0];
            SequenceGradient result = SequenceGradient.Compute(network, inputs, 0.0, 0.0, 0.0);
            Assert.All(expected[steps - 1].Zip(result.Outputs), pair => Assert.Equal(pair.First, pair.Second, 5e-9));
            Assert.All(expected[steps - 1].Zip(system.Outputs(orbit.Orbit.States[steps])),
                pair => Assert.Equal(pair.First, pair.Second, 5e-9));
        }
    }

    [Fact]
    public void An_initial_state_of_0_is_the_same_as_none()
    {
        double[] inputs = [0.3, -0.4, 0.1];
        SequenceGradient none = SequenceGradient.Compute(Plain, inputs, 0.5),
            zero = SequenceGradient.Compute(Plain.WithInitialState([0.0, 0.0]), inputs, 0.5);
        Assert.Equal((none.Cost, none.Outputs[0]), (zero.Cost, zero.Outputs[0]));
        Assert.Equal(none.Gradient, zero.Gradient);
    }

    /// <summary>x_1 = tanh(w·x_0), so ∂C/∂w = (x_1 − d)(1 − x_1²)·x_0.</summary>
    [Fact]
    public void The_gradient_of_the_first_step_has_the_initial_state_as_its_factor()
    {
        var network = new FullyConnectedDefinition("tanh", 1, 0, [0], [1.5]).WithInitialState([0.5]);
        double x = Elementary.Tanh(0.75);
        SequenceGradient result = SequenceGradient.Compute(network, [0.0], 0.25);
        Assert.Equal((x - 0.25) * (1.0 - (x * x)) * 0.5, result.Gradient[0], 1e-15);
    }

    [Theory]
    [InlineData("tanh", 1.0, double.PositiveInfinity)]
    [InlineData("tanh", -1.0, double.NegativeInfinity)]
    [InlineData("logistic", 0.5, 0.0)]
    [InlineData("relu", 7.0, 7.0)]
    [InlineData("relu", 0.0, 0.0)]
    public void The_initial_activation_gives_the_initial_output(string unit, double output, double activation)
    {
        var network = new FullyConnectedDefinition(unit, 1, 0, [0], [1.5]).WithInitialState([output]);
        DrivenSystem system = DrivenSystem.Create(network);
        Assert.Equal([activation], system.InitialState());
        Assert.Equal([output], system.Outputs([activation]));
    }

    [Theory]
    [InlineData("tanh", "[0.1]", "a list of length 1, where a list of 2 finite numbers is needed")]
    [InlineData("tanh", "[0.1,1.5]", "element 2 is the number 1.5, where a number from -1 to 1 is needed")]
    [InlineData("logistic", "[-0.1,0]", "element 1 is the number -0.1, where a number from 0 to 1 is needed")]
    [InlineData("tanh,relu", "[-0.1,-2]", "element 2 is the number -2, where a number of at least 0 is needed")]
    [InlineData("threshold", "[-1,null]", "element 2 is null, where a number from -1 to 1 is needed")]
    public void An_initial_state_that_no_unit_can_have_is_an_error(string unit, string state, string message)
    {
        string text = $$"""
            {"network":"fully-connected","units":2,"unit":"{{unit}}","output":1,"input":0,"weights":[[1,2],[3,4]],
            "initial-state":{{state}}}
            """;
        ValidationException error = Assert.Throws<ValidationException>(() => NetworkFile.Parse(text, "n.json"));
        Assert.Equal([$"n.json:2: initial-state: {message}"], error.Errors.Select(one => one.ToString()));
    }

    [Fact]
    public void In_code_the_same_is_checked()
    {
        Assert.Throws<ValidationException>(() => Plain.WithInitialState([0.5]));
        Assert.Throws<ValidationException>(() => Plain.WithInitialState([0.5, 1.5]));
        Assert.Throws<ValidationException>(() => Plain.WithInitialState([0.5, double.NaN]));
        Assert.Null(Plain.WithInitialState([0.5, 1.0]).WithInitialState(null).InitialState);
    }

    /// <summary>Two uncoupled latches: the signs of the initial state select one of four attractors.</summary>
    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(-0.5, 0.5)]
    [InlineData(1.0, -1.0)]
    public void The_diagnosis_names_the_attractor_of_the_initial_state(double first, double second)
    {
        SlowTests.SkipUnlessRequested();
        var network = new FullyConnectedDefinition("tanh", 2, 0, [1], [2.0, 0.0, 0.0, 2.0])
            .WithInitialState([first, second]);
        NetworkDiagnosis diagnosis = NetworkAnalyzer.Analyze(
            network, null, new() { Samples = 10, Grid = 5, Starts = 20, Orbits = 8 },
            new(0, 1, LaneKind.Scalar));
        InitialStateDestination destination = diagnosis.InitialStateDestination!;
        double[] attractor = diagnosis.InvariantSets.Attractors[destination.Attractor!.Value].Points[0];
        Assert.Equal((Math.Sign(first), Math.Sign(second)), (Math.Sign(attractor[0]), Math.Sign(attractor[1])));
        Assert.Equal([first, second], destination.Outputs);
    }
}
