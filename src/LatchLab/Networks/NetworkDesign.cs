using LatchLab.Foundation;
using LatchLab.Networks.Units;

namespace LatchLab.Networks;

/// <summary>
/// A network to be trained: its kind, its units, and prior knowledge of its parameters (Sections V and VI: "when such
/// prior knowledge is given, it should be used").
/// </summary>
public sealed record NetworkDesign : IConditionalSettings
{
    /// <summary>Most units of a network to be trained, or of a layer.</summary>
    public const int MaximumUnits = 64;

    /// <summary>Name of the kind, one of <see cref="KnownNetworkKinds.Names"/>.</summary>
    [Setting("kind of the network; the default depends on the task", "paper, Section V-E",
        NamesOf = typeof(KnownNetworkKinds), Probe = "fully-connected")]
    public string Network { get; init; } = "latch";

    /// <summary>Name of its units.</summary>
    [Setting("kind of the units: their activation function",
        "paper, Section V-E: tanh; threshold with discrete error propagation",
        AllowedValues = "tanh, threshold, logistic or relu, or one of them for each unit, separated by commas",
        Probe = "logistic")]
    public string Unit { get; init; } = KnownUnits.TanhName;

    /// <summary>n of a fully connected network, or of each layer of cells.</summary>
    [Setting("number of units of the fully connected network, whose last units are the outputs, one for each " +
        "class or value; or of the cells of a layer",
        "paper, Section V-E: 5; the choice of input and output is a decision", Minimum = 1,
        Maximum = MaximumUnits,
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

    /// <summary>Layers of cells.</summary>
    [Setting("number of layers of cells: each reads the layer below it", "decision", Minimum = 1,
        Maximum = CellDefinition.MaximumLayers, Probe = "2", ProbeBeside = "network.network=gru")]
    public int Layers { get; init; } = 1;

    /// <summary>Hidden values d that a projection forms of the n cells of a layer; 0 for half of n.</summary>
    [Setting("number of hidden values that a projection forms of the units of a layer; 0: half as many as units, " +
        "rounded up", "decision", Minimum = 0, Maximum = MaximumUnits, Probe = "4",
        ProbeBeside = "network.network=lstm-projected")]
    public int Projection { get; init; }

    /// <summary>The readout of the last layer of cells.</summary>
    [Setting("outputs of a network of cells: linear in the values of the last layer, or tanh of that", "decision",
        Probe = "tanh", ProbeBeside = "network.network=gru")]
    public TrainedReadout Readout { get; init; }

    /// <summary>w0 of the latching neuron.</summary>
    [Setting("initial self-loop weight w0 of the latching neuron (Figure 2(a) varies it)", "paper, Figure 2",
        Minimum = -100, Maximum = 100, Probe = "1.5", ProbeBeside = "network.weight=trained")]
    public double InitialWeight { get; init; } = 1.25;

    /// <summary>The use of w0.</summary>
    [Setting("weight of the latching neuron: drawn like other initial values, or w0, which is trained from there or " +
        "frozen", "paper, Section III: frozen; Section V-E: drawn", Probe = "trained")]
    public WeightUse Weight { get; init; }

    /// <summary>Half the width of the interval from which initial values of parameters are drawn.</summary>
    [Setting("initial parameters are uniform between minus and plus this value", "paper, Section V-E",
        Minimum = 0, Maximum = 1000, Probe = "0.2")]
    public double InitialRange { get; init; } = 0.5;

    /// <summary>Rules of <see cref="Networks.Initialization"/>.</summary>
    [Setting("how initial values of blocks of parameters are drawn: 'recurrent=orthogonal; input=glorot; chrono=100'",
        "decision; paper, Section V-E: uniform within initial-range",
        AllowedValues = "rules BLOCK=METHOD separated by semicolons, or nothing", Probe = "*=glorot",
        ProbeBeside = "network.network=fully-connected")]
    public string Initialization { get; init; } = "";

    /// <summary>Rules of <see cref="PriorKnowledge"/>.</summary>
    [Setting("prior knowledge of parameters: 'self=1.5' sets the initial value of self-loops, 'w[0,1]:=0' freezes " +
        "a weight (0 removes it), 'w>=1' and 'w<=3' bound a weight", "decision; paper, Sections V and VI",
        AllowedValues = "rules separated by semicolons, or nothing", Probe = "*<=0.1")]
    public string Prior { get; init; } = "";

    IEnumerable<(string Setting, string Reason)> IConditionalSettings.FindIdleSettings()
        => FindIdleWeight().Concat(Kind.FindIdleSettings(this));

    /// <summary>The kind.</summary>
    public NetworkKind Kind => KnownNetworkKinds.Find(Network);

    /// <summary>Number of units.</summary>
    public int UnitCount => Kind.CountUnits(this);

    /// <summary>Names of the parameters, in the order of the network.</summary>
    public IReadOnlyList<string> GetParameterNames(NetworkShape shape) => Kind.GetParameterNames(this, shape);

    /// <summary>The definition of the network with given values of its parameters.</summary>
    public NetworkDefinition CreateDefinition(NetworkShape shape, IReadOnlyList<double> values)
        => Kind.CreateDefinition(this, shape, values);

    /// <summary>Creates the network and passes it to a visitor.</summary>
    public TResult Accept<TResult>(
        NetworkShape shape, DiscretePropagation? propagation, INetworkVisitor<TResult> visitor)
        => CreateDefinition(shape, new double[GetParameterNames(shape).Count]).Accept(visitor, propagation);

    private IEnumerable<(string Setting, string Reason)> FindIdleWeight()
    {
        string reason = $"the network {Network} is not the latching neuron: give initialization or prior instead";
        if (!Kind.HasChosenWeight)
            yield return (nameof(Weight), reason);
        else if (Weight == WeightUse.Drawn)
            reason = "the weight is drawn like other initial values: give weight trained or frozen, too";
        else
            yield break;
        yield return (nameof(InitialWeight), reason);
    }

    /// <summary>Why a kind has no choice of y_0.</summary>
    internal static string NoInitialOutput(string network)
        => $"the network {network} starts from outputs of 0; only parity has a choice";

    /// <summary>Why a kind has no projection.</summary>
    internal static string NoProjection(string network)
        => $"the network {network} has no projection; lstm-projected has one";

    /// <summary>Why a kind has no choice of units and connections.</summary>
    internal static string FixedConnections(NetworkKind kind, NetworkDesign design)
        => $"the network {kind.Name} has {NumberFormat.WithNoun(kind.CountUnits(design), "unit")} and fixed " +
            "connections; only fully-connected has a choice";
}

/// <summary>The weight of the latching neuron.</summary>
public enum WeightUse
{
    /// <summary>It is drawn like other initial values.</summary>
    Drawn,

    /// <summary>It is w0, and frozen.</summary>
    Frozen,

    /// <summary>It is w0 at the beginning, and trained.</summary>
    Trained,
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
