using LatchLab.Foundation;
using LatchLab.Networks.Units;

namespace LatchLab.Networks;

/// <summary>
/// A network to be trained: its kind, its units, and prior knowledge of its parameters (Sections V and VI: "when such
/// prior knowledge is given, it should be used").
/// </summary>
public sealed record NetworkDesign : IConditionalSettings
{
    /// <summary>The kind.</summary>
    [Setting("kind of the network; the default depends on the task", "paper, Section V-E", Probe = "fully-connected")]
    public NetworkKind Network { get; init; } = NetworkKind.Latch;

    /// <summary>Name of its units.</summary>
    [Setting("kind of the units: their activation function",
        "paper, Section V-E: tanh; threshold with discrete error propagation",
        AllowedValues = "tanh, threshold, logistic or relu, or one of them for each unit, separated by commas",
        Probe = "logistic")]
    public string Unit { get; init; } = KnownUnits.TanhName;

    /// <summary>n of the fully connected network.</summary>
    [Setting("number of units of the fully connected network, the outputs included: the last units are the outputs, " +
        "one for each class or value",
        "paper, Section V-E: 5; the choice of input and output is a decision", Minimum = 1, Maximum = 64,
        Probe = "3",
        ProbeBeside = "network.network=fully-connected")]
    public int Units { get; init; } = 5;

    /// <summary>Whether the units have biases b, which are trainable.</summary>
    [Setting("whether each unit of the fully connected network has a trainable bias",
        "decision; paper, Section V-E: none",
        Probe = "yes",
        ProbeBeside = "network.network=fully-connected")]
    public BiasUse Biases { get; init; } = BiasUse.No;

    /// <summary>When the network has input weights V, which are trainable.</summary>
    [Setting("when inputs reach all units of the fully connected network through trainable weights: if a step has " +
        "several inputs, or always", "decision; paper, Section V-E: one input, added to one unit",
        Probe = "always",
        ProbeBeside = "network.network=fully-connected")]
    public InputWeightUse InputWeights { get; init; } = InputWeightUse.SeveralInputs;

    /// <summary>y_0 of the Parity network.</summary>
    [Setting("output y_0 that the Parity network feeds back in its first step, in the range of the unit",
        "decision; paper, Section III: x_0 = 0; −1 is the output for an even number", Minimum = -1, Maximum = 1,
        Probe = "1",
        ProbeBeside = "network.network=parity")]
    public double InitialOutput { get; init; }

    /// <summary>Half the width of the interval from which initial values of parameters are drawn.</summary>
    [Setting("initial parameters are uniform between minus and plus this value", "paper, Section V-E",
        Minimum = 0, Maximum = 1000, Probe = "0.2")]
    public double InitialRange { get; init; } = 0.5;

    /// <summary>Rules of <see cref="PriorKnowledge"/>.</summary>
    [Setting("prior knowledge of parameters: 'self=1.5' sets the initial value of self-loops, 'w[0,1]:=0' freezes " +
        "a weight (0 removes it), 'w>=1' and 'w<=3' bound a weight", "decision; paper, Sections V and VI",
        AllowedValues = "rules separated by semicolons, or nothing", Probe = "*<=0.1")]
    public string Prior { get; init; } = "";

    IEnumerable<(string Setting, string Reason)> IConditionalSettings.FindIdleSettings()
    {
        if (Network != NetworkKind.Parity)
        {
            yield return (nameof(InitialOutput),
                $"the network {Settings.FormatValue(Network)} starts from outputs of 0; only parity has a choice");
        }

        if (Network == NetworkKind.FullyConnected)
            yield break;
        string name = Settings.FormatValue(Network);
        string units = NumberFormat.WithNoun(UnitCount, "unit");
        string reason = $"the network {name} has {units} and fixed connections; only fully-connected has a choice";
        yield return (nameof(Units), reason);
        yield return (nameof(Biases), reason);
        yield return (nameof(InputWeights), reason);
    }

    /// <summary>Number of units.</summary>
    public int UnitCount => Network switch
    {
        NetworkKind.Latch => 1,
        NetworkKind.Parity => 2,
        _ => Units,
    };

    /// <summary>
    /// The number of the kind that selects the random numbers of a trial. It never changes, whatever the order of
    /// <see cref="NetworkKind"/>.
    /// </summary>
    public double RandomWordPart => Network switch
    {
        NetworkKind.Latch => 0.0,
        NetworkKind.FullyConnected => 1.0,
        NetworkKind.Parity => 2.0,
        _ => throw new NotSupportedException($"The network {Network} has no number."),
    };

    /// <summary>The output units, in order: the last of the fully connected units, otherwise the first.</summary>
    /// <param name="outputs">k.</param>
    public IReadOnlyList<int> GetOutputUnits(int outputs)
        => [.. Enumerable.Range(Network == NetworkKind.FullyConnected ? Units - outputs : 0, outputs)];

    /// <summary>Whether inputs reach all units through trainable weights.</summary>
    /// <param name="inputs">m.</param>
    public bool HasInputWeights(int inputs)
        => Network == NetworkKind.FullyConnected && (inputs > 1 || InputWeights == InputWeightUse.Always);

    /// <summary>Names of the parameters, in the order of the network.</summary>
    public IReadOnlyList<string> GetParameterNames(NetworkShape shape) => Network switch
    {
        NetworkKind.Latch => ParameterNames.Latch(shape.TrainableInputs, classes: 2),
        NetworkKind.Parity => ParameterNames.Parity,
        _ => ParameterNames.FullyConnected(
            Units, HasInputWeights(shape.Inputs) ? shape.Inputs : 0, Biases == BiasUse.Yes),
    };

    /// <summary>The definition of the network with given values of its parameters.</summary>
    public NetworkDefinition CreateDefinition(NetworkShape shape, IReadOnlyList<double> values) => Network switch
    {
        NetworkKind.Latch => new LatchDefinition(
            Unit,
            values[0],
            [.. values.Skip(1).Take(shape.TrainableInputs)],
            [.. values.Skip(1 + shape.TrainableInputs)]),
        NetworkKind.Parity => new ParityDefinition(Unit, values, InitialOutput),
        _ => CreateFullyConnected(shape, values),
    };

    /// <summary>Creates the network and passes it to a visitor.</summary>
    public TResult Accept<TResult>(
        NetworkShape shape, DiscretePropagation? propagation, INetworkVisitor<TResult> visitor)
        => CreateDefinition(shape, new double[GetParameterNames(shape).Count]).Accept(visitor, propagation);

    private FullyConnectedDefinition CreateFullyConnected(NetworkShape shape, IReadOnlyList<double> values)
    {
        int recurrentCount = Units * Units, inputWeightCount = HasInputWeights(shape.Inputs) ? Units * shape.Inputs : 0;
        IReadOnlyList<int> outputs = GetOutputUnits(shape.Outputs);
        double[] weights = [.. values.Take(recurrentCount)],
            inputWeights = [.. values.Skip(recurrentCount).Take(inputWeightCount)];
        double[]? biases = Biases == BiasUse.Yes ? [.. values.Skip(recurrentCount + inputWeightCount)] : null;
        return inputWeightCount == 0
            ? new(Unit, Units, input: 0, outputs, weights, biases)
            : new(Unit, Units, inputWeights, outputs, weights, biases);
    }
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

/// <summary>Whether fully connected units have biases.</summary>
public enum BiasUse
{
    /// <summary>They have none.</summary>
    No,

    /// <summary>They have trainable biases.</summary>
    Yes,
}

/// <summary>When inputs have trainable weights.</summary>
public enum InputWeightUse
{
    /// <summary>If a step has several inputs; a single input is added to the first unit.</summary>
    SeveralInputs,

    /// <summary>Always.</summary>
    Always,
}
