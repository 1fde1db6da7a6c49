using LatchLab.Foundation;
using LatchLab.Networks.Units;

namespace LatchLab.Networks;

/// <summary>
/// Fully connected units:
/// <c>{"network":"fully-connected","unit":"tanh","units":n,"input":0,"output":n−1,"weights":[[…]]}</c>. With
/// <c>"input-weights"</c>, n rows of m numbers, in place of <c>"input"</c>, each of m inputs is fed to all units. With
/// <c>"biases"</c> each unit has a bias: <c>a_t = W·x_{t−1} + V·u_t + b</c>. <c>"outputs":[…]</c> in place of
/// <c>"output"</c> selects several output units. <c>"initial-state"</c> is x_0, which is 0 without it.
/// </summary>
/// <remarks>Parameters: [W | V | b], each row by row; V and b only if they are given.</remarks>
public sealed record FullyConnectedDefinition : NetworkDefinition
{
    /// <summary>Largest number of units that a file may request: n² weights are kept in memory.</summary>
    public const int MaximumUnits = 1000;

    /// <summary>The field with x_0.</summary>
    public const string InitialStateField = "initial-state";

    private const string InputWeightsField = "input-weights", BiasesField = "biases", OutputsField = "outputs";

    /// <summary>Fully connected units, one of which receives the input, with the weight 1.</summary>
    /// <param name="unit">Name of its units: one for all, or one for each.</param>
    /// <param name="units">n.</param>
    /// <param name="input">The unit that receives the input.</param>
    /// <param name="outputs">The output units: at least one, all distinct.</param>
    /// <param name="weights">W, row by row.</param>
    /// <param name="biases">b, n values; null for none.</param>
    public FullyConnectedDefinition(
        string unit,
        int units,
        int input,
        IReadOnlyList<int> outputs,
        IReadOnlyList<double> weights,
        IReadOnlyList<double>? biases = null)
        : base(unit, units, [.. weights, .. biases ?? []])
        => (Units, Input, Outputs, Weights, Biases) = (units, input, outputs, weights, biases);

    /// <summary>Fully connected units, all of which receive the inputs.</summary>
    /// <param name="unit">Name of its units: one for all, or one for each.</param>
    /// <param name="units">n.</param>
    /// <param name="inputWeights">V, row by row: n rows of m ≥ 1 values, v_ik from input k to unit i.</param>
    /// <param name="outputs">The output units: at least one, all distinct.</param>
    /// <param name="weights">W, row by row.</param>
    /// <param name="biases">b, n values; null for none.</param>
    public FullyConnectedDefinition(
        string unit,
        int units,
        IReadOnlyList<double> inputWeights,
        IReadOnlyList<int> outputs,
        IReadOnlyList<double> weights,
        IReadOnlyList<double>? biases = null)
        : base(unit, units, [.. weights, .. inputWeights, .. biases ?? []])
        => (Units, InputWeights, Outputs, Weights, Biases) = (units, inputWeights, outputs, weights, biases);

    /// <summary>n.</summary>
    public int Units { get; }

    /// <summary>The unit that receives the input; null if <see cref="InputWeights"/> are given.</summary>
    public int? Input { get; }

    public override IReadOnlyList<int> Outputs { get; }

    /// <summary>W, row by row.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>V, row by row; null if one unit receives the input.</summary>
    public IReadOnlyList<double>? InputWeights { get; }

    /// <summary>b; null if there are no biases.</summary>
    public IReadOnlyList<double>? Biases { get; }

    /// <summary>The same network that starts from another state.</summary>
    /// <param name="state">x_0, n values in the ranges of the units; null for all 0.</param>
    /// <exception cref="ValidationException">
    /// The number of values is not n, or a unit cannot have its value as an output.
    /// </exception>
    public FullyConnectedDefinition WithInitialState(IReadOnlyList<double>? state)
        => state is not null && ValidateInitialState(state) is { } error
            ? throw new ValidationException("", InitialStateField, error)
            : this with { InitialState = state };

    public override IReadOnlyList<string> ParameterNames
        => Networks.ParameterNames.FullyConnected(Units, InputWeights is null ? 0 : Inputs, Biases is not null);

    public override int Inputs => InputWeights is null ? 1 : InputWeights.Count / Units;

    /// <summary>Reads the definition from its fields.</summary>
    public static FullyConnectedDefinition Read(IFieldReader fields)
    {
        int units = fields.GetInt32("units", 1, MaximumUnits);
        int? checkedUnits = fields.IsValid("units") ? units : null;
        int maxIndex = (checkedUnits ?? MaximumUnits) - 1;
        string unit = fields.GetUnitNames("unit", checkedUnits);
        fields.RequireExactlyOne("input", InputWeightsField);
        int input = fields.HasField("input") ? fields.GetInt32("input", 0, maxIndex) : 0;
        fields.RequireExactlyOne("output", OutputsField);
        int output = fields.HasField("output") ? fields.GetInt32("output", 0, maxIndex) : 0;
        IReadOnlyList<int> outputs =
            fields.HasField(OutputsField) ? fields.GetDistinctInt32s(OutputsField, 0, maxIndex) : [output];
        IReadOnlyList<double> weights = fields.GetMatrix("weights", checkedUnits, checkedUnits);
        IReadOnlyList<double>? inputWeights =
            fields.HasField(InputWeightsField) ? fields.GetMatrix(InputWeightsField, checkedUnits, columns: null)
                : null;
        IReadOnlyList<double>? biases = fields.HasField(BiasesField) ? fields.GetDoubles(BiasesField, checkedUnits)
            : null;
        FullyConnectedDefinition definition = inputWeights is null
            ? new(unit, units, input, outputs, weights, biases)
            : new(unit, units, inputWeights, outputs, weights, biases);
        return fields.HasField(InitialStateField)
            ? definition with { InitialState = ReadInitialState(fields, checkedUnits, unit) } : definition;
    }

    private static IReadOnlyList<double> ReadInitialState(IFieldReader fields, int? units, string unit)
        => fields.GetDoubles(InitialStateField, units, units is null || !fields.IsValid("unit") ? null
            : i => KnownUnits.GetOutputRange(unit, i));

    private string? ValidateInitialState(IReadOnlyList<double> state)
        => state.Count != Units ? $"{state.Count} values are given, but the network has {Units} units: give as many"
            : state.Index().Select(entry => KnownUnits.ValidateOutput(Unit, entry.Index, entry.Item) is { } error
                ? $"unit {entry.Index}: {error}" : null).FirstOrDefault(error => error is not null);

    public override string Kind => "fully-connected";

    public override IReadOnlyList<double> RecurrentWeights => Weights;

    public override IReadOnlyList<int> RecurrentParameters => [.. Enumerable.Range(0, Weights.Count)];

    public override void Write(IFieldWriter fields)
    {
        fields.WriteInt32("units", Units);
        fields.WriteString("unit", Unit);
        if (Input is { } input)
            fields.WriteInt32("input", input);
        if (Outputs is [var output])
            fields.WriteInt32("output", output);
        else
            fields.WriteInt32s(OutputsField, Outputs);
        fields.WriteMatrix("weights", Weights, Units);
        if (InputWeights is not null)
            fields.WriteMatrix(InputWeightsField, InputWeights, Inputs);
        if (Biases is not null)
            fields.WriteDoubles(BiasesField, Biases);
        if (InitialState is not null)
            fields.WriteDoubles(InitialStateField, InitialState);
    }

    protected override FullyConnectedDefinition Create(IReadOnlyList<double> parameters)
    {
        double[] weights = [.. parameters.Take(Weights.Count)];
        double[]? biases = Biases is null ? null : [.. parameters.Skip(parameters.Count - Units)];
        FullyConnectedDefinition network = Input is { } input
            ? new(Unit, Units, input, Outputs, weights, biases)
            : new(Unit, Units, [.. parameters.Skip(Weights.Count).Take(InputWeights!.Count)], Outputs, weights, biases);
        return network with { InitialState = InitialState };
    }

    protected override TResult Visit<TUnits, TResult>(TUnits units, INetworkVisitor<TResult> visitor)
        => (Input, Outputs, Biases, InitialState) is ({ } input, [var output], null, null)
            ? Units == FiveUnits<TUnits>.Count && !TUnits.IsStochastic
                ? visitor.Visit(new FiveUnits<TUnits>(input, output, units))
                : visitor.Visit(new FullyConnected<TUnits, RecurrentWeightsOnly>(
                    Units, inputs: 1, input, [output], hasBiases: false, units))
            : visitor.Visit(new FullyConnected<TUnits, InputWeightsOrBiases>(
                Units, Inputs, Input, [.. Outputs], Biases is not null, units, InitialState?.ToArray()));

    protected override TResult Visit<TUnits, TResult>(TUnits units, IDrivenMapVisitor<TResult> visitor)
        => visitor.Visit(new RecurrentMap<TUnits>(
            units,
            Weights,
            InputWeights ?? [.. Enumerable.Range(0, Units).Select(unit => unit == Input ? 1.0 : 0.0)],
            Biases ?? new double[Units],
            [.. Enumerable.Range(0, Units).Select(
                unit => KnownUnits.GetActivation(Unit, unit, InitialState?[unit] ?? 0.0))]));
}
