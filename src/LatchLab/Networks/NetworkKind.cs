using LatchLab.Foundation;
using LatchLab.Networks.Cells;
using LatchLab.Networks.Units;

namespace LatchLab.Networks;

/// <summary>
/// A kind of network that can be trained: what of a <see cref="NetworkDesign"/> it uses, and how it is made. To add
/// one: derive from this record in a file of its own, and list it in <see cref="KnownNetworkKinds"/>.
/// </summary>
public abstract record NetworkKind
{
    /// <summary>Name of the kind.</summary>
    public abstract string Name { get; }

    /// <summary>One line: what it is.</summary>
    public abstract string Description { get; }

    /// <summary>
    /// The number of the kind that selects the random numbers of a trial. It never changes, whatever the order of the
    /// list.
    /// </summary>
    public abstract double RandomWordPart { get; }

    /// <summary>Whether its units are chosen by <see cref="NetworkDesign.Unit"/>.</summary>
    public virtual bool HasUnits => true;

    /// <summary>Whether the first inputs of a sequence may be parameters.</summary>
    public virtual bool SupportsTrainableInputs => false;

    /// <summary>Whether a step may have several inputs, and the network several outputs.</summary>
    public virtual bool SupportsSeveralInputsAndOutputs => true;

    /// <summary>Whether its backward pass has the diagonal curvature that pseudo-Newton methods need.</summary>
    public virtual bool HasCurvature => true;

    /// <summary>Whether its backward pass propagates through threshold units (Section V-D).</summary>
    public virtual bool PropagatesThroughThresholds => true;

    /// <summary>Number of units.</summary>
    public virtual int CountUnits(NetworkDesign design) => design.Units;

    /// <summary>The units in a phrase: their number and what is chosen of them.</summary>
    public virtual string DescribeUnits(NetworkDesign design)
        => NumberFormat.WithNoun(CountUnits(design), "unit") + (HasUnits ? $" ({design.Unit})" : "");

    /// <summary>Whether the outputs are units, of which there must be as many as outputs.</summary>
    public virtual bool HasOutputUnits => true;

    /// <summary>The values of the design that select the random numbers of a trial.</summary>
    public virtual IReadOnlyList<double> GetRandomWordParts(NetworkDesign design)
        => [RandomWordPart, CountUnits(design)];

    /// <summary>Whether it has the weight that <see cref="NetworkDesign.Weight"/> chooses.</summary>
    public virtual bool HasChosenWeight => false;

    /// <summary>
    /// The rule of <see cref="PriorKnowledge"/> for which settings of the kind stand; empty for none. A parameter that
    /// it gives is the first of the network and takes no random number.
    /// </summary>
    public virtual string GetGivenRule(NetworkDesign design) => "";

    /// <summary>Whether inputs have trainable weights.</summary>
    /// <param name="design">The design.</param>
    /// <param name="inputs">m.</param>
    public virtual bool HasInputWeights(NetworkDesign design, int inputs) => false;

    /// <summary>The blocks of the parameters, in the order of the network.</summary>
    public abstract IReadOnlyList<ParameterBlock> GetBlocks(NetworkDesign design, NetworkShape shape);

    /// <summary>Names of the parameters, in the order of the network.</summary>
    public virtual IReadOnlyList<string> GetParameterNames(NetworkDesign design, NetworkShape shape)
        => [.. GetBlocks(design, shape).SelectMany(block => block.ParameterNames)];

    /// <summary>The names of the biases that hold a value for a time, and of those that admit a new one.</summary>
    public virtual (string Hold, string Admit) TimeScaleBiases => ("", "");

    /// <summary>
    /// The range to which targets are scaled, of each output; outputs of one range if the design is valid.
    /// </summary>
    public abstract IReadOnlyList<(double Minimum, double Maximum)> GetOutputRanges(NetworkDesign design, int outputs);

    /// <summary>Whether every output lies between two bounds, as cross-entropy needs.</summary>
    public virtual bool HasBoundedOutputs(NetworkDesign design) => !KnownUnits.HasUnbounded(design.Unit);

    /// <summary>The settings of a design that have no effect, and the reason for each.</summary>
    public abstract IEnumerable<(string Setting, string Reason)> FindIdleSettings(NetworkDesign design);

    /// <summary>The paths of settings that have no effect beside the shape that the task gives the network.</summary>
    public virtual IEnumerable<(string Setting, string Reason)> FindIdleSettings(NetworkShape shape) => [];

    /// <summary>
    /// The conflicts of a design with the shape that its task gives it: the settings involved, and the error.
    /// </summary>
    public virtual IEnumerable<(string[] RelatedSettings, ValidationError Error)> Validate(
        NetworkDesign design, NetworkShape shape) => [];

    /// <summary>How a file describes such a network; null if <see cref="KnownNetworks"/> lists it itself.</summary>
    internal virtual NetworkFileKind? FileKind => null;

    /// <summary>The definition of the network with given values of its parameters.</summary>
    public abstract NetworkDefinition CreateDefinition(
        NetworkDesign design, NetworkShape shape, IReadOnlyList<double> values);

    /// <summary>The reason why a network with fixed connections ignores a setting of them.</summary>
    private protected static IEnumerable<(string Setting, string Reason)> FindIdleConnections(
        string reason, params IEnumerable<string> settings)
        => settings.Select(setting => (setting, reason));

    /// <summary>The settings that only networks of cells use.</summary>
    private protected static IEnumerable<string> CellSettings { get; } =
        [nameof(NetworkDesign.Layers), nameof(NetworkDesign.Readout)];
}
