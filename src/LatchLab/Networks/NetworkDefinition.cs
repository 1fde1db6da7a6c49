using LatchLab.Foundation;
using LatchLab.Networks.Units;

namespace LatchLab.Networks;

/// <summary>
/// A network with the values of its parameters, as a network file describes it (docs/reference/network-files.md).
/// </summary>
public abstract record NetworkDefinition
{
    /// <summary>Creates a definition.</summary>
    /// <param name="unit">Name of its units (<see cref="KnownUnits"/>): one for all, or one for each.</param>
    /// <param name="units">Number of units.</param>
    /// <param name="parameters">The parameters in the order of the network.</param>
    /// <exception cref="ValidationException">The names of the units are invalid.</exception>
    protected NetworkDefinition(string unit, int units, IReadOnlyList<double> parameters)
    {
        if (KnownUnits.Validate(unit, units) is { } error)
            throw new ValidationException("", "unit", error);
        (Unit, UnitCount) = (unit, units);
        Parameters = parameters;
    }

    /// <summary>Number of its units, or of the cells of a layer.</summary>
    public int UnitCount { get; }

    /// <summary>Name of its units: one for all, or one for each, separated by commas.</summary>
    public string Unit { get; }

    /// <summary>The parameters in the order of the network.</summary>
    public IReadOnlyList<double> Parameters { get; }

    /// <summary>The names of the trainable parameters, in the same order.</summary>
    public abstract IReadOnlyList<string> ParameterNames { get; }

    /// <summary>Its name in <see cref="KnownNetworks"/>.</summary>
    public abstract string Kind { get; }

    /// <summary>m, the inputs of a step.</summary>
    public virtual int Inputs => 1;

    /// <summary>
    /// Whether its state is that of units, whose activations the theory of the paper describes; otherwise of cells.
    /// </summary>
    public virtual bool IsOfUnits => true;

    /// <summary>The output units.</summary>
    public virtual IReadOnlyList<int> Outputs => [0];

    /// <summary>The trainable inputs of the first steps, of class 1; empty for most networks.</summary>
    public virtual IReadOnlyList<double> TrainableInputValues => [];

    /// <summary>x_0 of each unit, where the network itself determines it; null where all of them are 0.</summary>
    public IReadOnlyList<double>? InitialState { get; protected init; }

    /// <summary>
    /// The recurrent weights, n rows of n: ∂x_t/∂x_{t−1} if every unit had the derivative 1, for the units that a later
    /// step reads.
    /// </summary>
    public abstract IReadOnlyList<double> RecurrentWeights { get; }

    /// <summary>
    /// The indices of the parameters that multiply an output of the previous step: the recurrent weights themselves.
    /// </summary>
    public abstract IReadOnlyList<int> RecurrentParameters { get; }

    /// <summary>The kept values that are functions of activations: the outputs of its units.</summary>
    public virtual IReadOnlyList<KeptActivation> KeptActivations => NameUnits(0, "");

    /// <summary>The same network with other values of its parameters.</summary>
    /// <param name="parameters">As many as <see cref="Parameters"/>, in the same order.</param>
    /// <exception cref="ValidationException">The number of parameters differs.</exception>
    public NetworkDefinition WithParameters(IReadOnlyList<double> parameters)
        => parameters.Count == Parameters.Count ? Create(parameters) : throw new ValidationException(
            "", "parameters",
            $"{parameters.Count} values are given, but the network has {Parameters.Count}: give as many");

    /// <summary>
    /// Whether its activations have the form a_t = W·f(a_{t−1}) + V·u_t + b: inputs are additive, and with tanh units W
    /// is the Jacobian at a = 0.
    /// </summary>
    public virtual bool HasAdditiveInputs => true;

    /// <summary>Whether it is the network of Section IV-A, a_t = W·tanh(a_{t−1}) + V·u_t + b.</summary>
    public bool IsAdditiveTanhNetwork => HasAdditiveInputs && KnownUnits.IsTanhOnly(Unit);

    /// <summary>Writes the fields from which it can be read.</summary>
    public abstract void Write(IFieldWriter fields);

    /// <summary>Creates the network and passes it to a visitor.</summary>
    /// <param name="visitor">The operation on the network.</param>
    /// <param name="propagation">How threshold units backpropagate; null for the defaults.</param>
    public virtual TResult Accept<TResult>(INetworkVisitor<TResult> visitor, DiscretePropagation? propagation = null)
        => KnownUnits.Accept(Unit, propagation ?? new(), new NetworkVisitorAdapter<TResult>(this, visitor));

    /// <summary>Creates the driven map, which the theory of Section IV describes, and passes it to a visitor.</summary>
    /// <exception cref="ValidationException">A unit has no derivative.</exception>
    public virtual TResult Accept<TResult>(IDrivenMapVisitor<TResult> visitor)
        => KnownUnits.HasThreshold(Unit)
            ? throw new ValidationException(
                "", "unit", $"a threshold has no derivative: give a network of {KnownUnits.DifferentiableNames} units")
            : KnownUnits.Accept(Unit, new DiscretePropagation(), new DrivenMapVisitorAdapter<TResult>(this, visitor));

    /// <summary>The outputs of units.</summary>
    /// <param name="first">Index of the first of them in what is kept of a step.</param>
    /// <param name="suffix">The end of their names.</param>
    private protected IReadOnlyList<KeptActivation> NameUnits(int first, string suffix)
        => [.. Enumerable.Range(0, UnitCount).Select(
            unit => new KeptActivation(first + unit, KnownUnits.GetName(Unit, unit), $"unit {unit}{suffix}"))];

    /// <summary>Creates the network with other parameters, of which there are as many as it has.</summary>
    protected abstract NetworkDefinition Create(IReadOnlyList<double> parameters);

    /// <summary>Creates the network with units of a given type and passes it to a visitor.</summary>
    protected abstract TResult Visit<TUnits, TResult>(TUnits units, INetworkVisitor<TResult> visitor)
        where TUnits : struct, IUnits;

    /// <summary>Creates the driven map with units of a given type and passes it to a visitor.</summary>
    protected abstract TResult Visit<TUnits, TResult>(TUnits units, IDrivenMapVisitor<TResult> visitor)
        where TUnits : struct, IUnits;

    private sealed class NetworkVisitorAdapter<TResult>(NetworkDefinition definition, INetworkVisitor<TResult> visitor)
        : IUnitsVisitor<TResult>
    {
        public TResult Visit<TUnits>(TUnits units)
            where TUnits : struct, IUnits
            => definition.Visit(units, visitor);
    }

    private sealed class DrivenMapVisitorAdapter<TResult>(NetworkDefinition definition,
        IDrivenMapVisitor<TResult> visitor)
        : IUnitsVisitor<TResult>
    {
        public TResult Visit<TUnits>(TUnits units)
            where TUnits : struct, IUnits
            => definition.Visit(units, visitor);
    }
}

/// <summary>An operation on a network of any type.</summary>
public interface INetworkVisitor<out TResult>
{
    /// <summary>Performs the operation on a network.</summary>
    TResult Visit<TNetwork>(TNetwork network)
        where TNetwork : struct, INetwork;
}

/// <summary>
/// The latching neuron: <c>{"network":"latch","unit":"tanh","weight":w,"inputs":[h1, …, hL]}</c>. A second list,
/// <c>"class-0-inputs"</c>, has the inputs of a second class: the targets are positive in the first class and negative
/// in
/// the second.
/// </summary>
public sealed record LatchDefinition : NetworkDefinition
{
    /// <summary>A latching neuron.</summary>
    /// <param name="unit">Name of its unit.</param>
    /// <param name="weight">The self-loop w.</param>
    /// <param name="inputs">
    /// The inputs of the first L steps; if there are two lists, those of sequences with a positive target.
    /// </param>
    /// <param name="class0Inputs">
    /// The inputs of sequences with a negative target; null if there is only one list.
    /// </param>
    public LatchDefinition(
        string unit, double weight, IReadOnlyList<double> inputs, IReadOnlyList<double>? class0Inputs = null)
        : base(unit, units: 1, [weight, .. inputs, .. class0Inputs ?? []])
        => (TrainableInputs, Classes) = (inputs.Count, class0Inputs is null ? 1 : 2);

    /// <summary>L.</summary>
    public int TrainableInputs { get; }

    /// <summary>1 or 2.</summary>
    public int Classes { get; }

    /// <summary>Reads the fields.</summary>
    public static LatchDefinition Read(IFieldReader fields)
    {
        string unit = fields.GetUnitNames("unit", count: 1);
        double weight = fields.GetDouble("weight");
        IReadOnlyList<double> inputs = fields.GetDoubles("inputs", length: null);
        int? length = fields.IsValid("inputs") ? inputs.Count : null;
        return new(
            unit, weight, inputs,
            fields.HasField("class-0-inputs") ? fields.GetDoubles("class-0-inputs", length) : null);
    }

    public override string Kind => "latch";

    public override IReadOnlyList<string> ParameterNames => Networks.ParameterNames.Latch(TrainableInputs, Classes);

    public override IReadOnlyList<double> RecurrentWeights => [Parameters[0]];

    public override IReadOnlyList<int> RecurrentParameters => [0];

    public override IReadOnlyList<double> TrainableInputValues => [.. Parameters.Skip(1).Take(TrainableInputs)];

    public override void Write(IFieldWriter fields)
    {
        fields.WriteString("unit", Unit);
        fields.WriteDouble("weight", Parameters[0]);
        fields.WriteDoubles("inputs", Parameters.Skip(1).Take(TrainableInputs));
        if (Classes == 2)
            fields.WriteDoubles("class-0-inputs", Parameters.Skip(1 + TrainableInputs));
    }

    protected override LatchDefinition Create(IReadOnlyList<double> parameters)
        => new(
            Unit, parameters[0], [.. parameters.Skip(1).Take(TrainableInputs)],
            Classes == 1 ? null : [.. parameters.Skip(1 + TrainableInputs)]);

    protected override TResult Visit<TUnits, TResult>(TUnits units, INetworkVisitor<TResult> visitor)
        => visitor.Visit(new LatchNeuron<TUnits>(TrainableInputs, Classes, units));

    protected override TResult Visit<TUnits, TResult>(TUnits units, IDrivenMapVisitor<TResult> visitor)
        => visitor.Visit(new RecurrentMap<TUnits>(
            units, [Parameters[0]], [1.0], [0.0], [KnownUnits.GetActivation(Unit, unit: 0, output: 0.0)]));
}

/// <summary>
/// The Parity network:
/// <c>{"network":"parity","unit":"tanh","initial-output":0,"weights":[w1,w2,b1,w3,w4,w5,b2]}</c>.
/// </summary>
public sealed record ParityDefinition : NetworkDefinition
{
    /// <summary>The field with y_0.</summary>
    public const string InitialOutputField = "initial-output";

    /// <summary>The Parity network.</summary>
    /// <param name="unit">Name of its units: one for both, or that of the output and that of the hidden unit.</param>
    /// <param name="weights">The seven parameters.</param>
    /// <param name="initialOutput">y_0, in the range of the output unit.</param>
    /// <exception cref="ValidationException">The names of the units or y_0 are invalid.</exception>
    public ParityDefinition(string unit, IReadOnlyList<double> weights, double initialOutput = 0.0)
        : base(unit, units: 2, weights)
    {
        if (ValidateInitialOutput(unit, initialOutput) is { } error)
            throw new ValidationException("", InitialOutputField, error);
        InitialOutput = initialOutput;
    }

    /// <summary>The seven parameters.</summary>
    public IReadOnlyList<double> Weights => Parameters;

    /// <summary>y_0, which is fed back in the first step.</summary>
    public double InitialOutput { get; }

    /// <summary>The validation error of y_0 for units of these names; null if it is valid.</summary>
    internal static string? ValidateInitialOutput(string unit, double initialOutput)
        => KnownUnits.ValidateOutput(unit, unit: 0, initialOutput);

    /// <summary>
    /// Reads the fields. A file without y_0 is one of version 0.1, where it was the lowest output of the unit.
    /// </summary>
    public static ParityDefinition Read(IFieldReader fields)
    {
        string unit = fields.GetUnitNames("unit", count: 2);
        IReadOnlyList<double> weights = fields.GetDoubles("weights", length: 7);
        (double minimum, double maximum) = KnownUnits.GetOutputRange(unit, unit: 0);
        return new(unit, weights, fields.HasField(InitialOutputField)
            ? fields.GetDouble(InitialOutputField, minimum, maximum) : minimum);
    }

    public override string Kind => "parity";

    public override IReadOnlyList<string> ParameterNames => Networks.ParameterNames.Parity;

    /// <summary>The output unit feeds back to itself directly and through the hidden unit: w4 + w5·w2.</summary>
    public override IReadOnlyList<double> RecurrentWeights => [Weights[4] + (Weights[5] * Weights[1])];

    /// <summary>w2 and w4, which multiply y_{t−1}.</summary>
    public override IReadOnlyList<int> RecurrentParameters => [1, 4];

    public override bool HasAdditiveInputs => false;

    public override void Write(IFieldWriter fields)
    {
        fields.WriteString("unit", Unit);
        fields.WriteDouble(InitialOutputField, InitialOutput);
        fields.WriteDoubles("weights", Weights);
    }

    protected override ParityDefinition Create(IReadOnlyList<double> parameters)
        => new(Unit, parameters, InitialOutput);

    protected override TResult Visit<TUnits, TResult>(TUnits units, INetworkVisitor<TResult> visitor)
        => visitor.Visit(new ParityNetwork<TUnits>(units, InitialOutput));

    protected override TResult Visit<TUnits, TResult>(TUnits units, IDrivenMapVisitor<TResult> visitor)
        => visitor.Visit(new ParityMap<TUnits>(
            units, Weights, KnownUnits.GetActivation(Unit, unit: 0, InitialOutput)));
}
