using LatchLab.Networks.Units;

namespace LatchLab.Networks;

/// <summary>
/// A network that is still to be trained: its kind, its units, and what is known of its parameters beforehand
/// (Sections V and VI: "when such prior knowledge is given, it should be used").
/// </summary>
public sealed record NetworkDesign
{
    /// <summary>The kind.</summary>
    [Setting("kind of the network; the task says which by default", "paper, Section V-E")]
    public NetworkKind Network { get; init; } = NetworkKind.Latch;

    /// <summary>Name of its units.</summary>
    [Setting("the units of the network", "paper, Section V-E: tanh, with discrete error propagation threshold",
        Allowed = "tanh, threshold or logistic, or one of them for each unit, separated by commas")]
    public string Unit { get; init; } = KnownUnits.TanhName;

    /// <summary>n of the fully connected network.</summary>
    [Setting("units of the fully connected network; the input is added to the first, the last is read",
        "paper, Section V-E: 5; which are input and output is a decision", Minimum = 1, Maximum = 64)]
    public int Units { get; init; } = 5;

    /// <summary>Half the width of the interval from which parameters start.</summary>
    [Setting("parameters start uniform between minus and plus this", "paper, Section V-E", Minimum = 0, Maximum = 1000)]
    public double InitialRange { get; init; } = 0.5;

    /// <summary>Rules about single parameters.</summary>
    [Setting("what is known of parameters beforehand: 'self=1.5' starts self-loops there, 'w[0,1]:=0' holds a " +
        "weight (0 cuts it), 'w>=1' and 'w<=3' bound one", "decision (paper, Sections V and VI)",
        Allowed = "rules separated by semicolons, or nothing")]
    public string Prior { get; init; } = "";

    /// <summary>Number of units.</summary>
    public int Size => Network switch
    {
        NetworkKind.Latch => 1,
        NetworkKind.Parity => 2,
        _ => Units,
    };

    /// <summary>The unit whose last value is the output.</summary>
    public int OutputUnit => Network == NetworkKind.FullyConnected ? Units - 1 : 0;

    /// <summary>Between which values the output lies.</summary>
    public (double Lowest, double Highest) OutputRange => KnownUnits.Range(Unit, OutputUnit);

    /// <summary>Names of the parameters, in the order of the network.</summary>
    /// <param name="trainableInputs">L of the task.</param>
    public IReadOnlyList<string> ParameterNames(int trainableInputs) => Network switch
    {
        NetworkKind.Latch =>
        [
            "w",
            .. Enumerable.Range(1, trainableInputs).Select(i => trainableInputs == 1 ? "u1" : $"u1[{i}]"),
            .. Enumerable.Range(1, trainableInputs).Select(i => trainableInputs == 1 ? "u0" : $"u0[{i}]"),
        ],
        NetworkKind.Parity => ["w1", "w2", "b1", "w3", "w4", "w5", "b2"],
        _ => [.. from i in Enumerable.Range(0, Units) from j in Enumerable.Range(0, Units) select $"w[{i},{j}]"],
    };

    /// <summary>The network with values of its parameters.</summary>
    /// <param name="trainableInputs">L of the task.</param>
    /// <param name="values">The parameters.</param>
    public NetworkDefinition With(int trainableInputs, IReadOnlyList<double> values) => Network switch
    {
        NetworkKind.Latch => new LatchDefinition(
            Unit, values[0], [.. values.Skip(1).Take(trainableInputs)], [.. values.Skip(1 + trainableInputs)]),
        NetworkKind.Parity => new ParityDefinition(Unit, values),
        _ => new FullyConnectedDefinition(Unit, Units, input: 0, output: Units - 1, values),
    };

    /// <summary>Leads to the network that runs.</summary>
    public TResult Accept<TResult>(
        int trainableInputs, DiscretePropagation? propagation, INetworkVisitor<TResult> visitor)
        => With(trainableInputs, new double[ParameterNames(trainableInputs).Count]).Accept(visitor, propagation);
}

/// <summary>The kinds of networks that can be trained.</summary>
public enum NetworkKind
{
    /// <summary>The latching neuron.</summary>
    Latch,

    /// <summary>Fully connected units.</summary>
    FullyConnected,

    /// <summary>The seven-parameter network of the Parity problem.</summary>
    Parity,
}
