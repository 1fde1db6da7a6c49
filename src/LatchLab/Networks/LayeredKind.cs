using LatchLab.Foundation;
using LatchLab.Networks.Cells;
using LatchLab.Networks.Units;

namespace LatchLab.Networks;

/// <summary>
/// Kinds of networks that consist of layers of cells with n hidden values each, and a trained readout of the last
/// layer.
/// </summary>
public abstract record LayeredKind : NetworkKind
{
    public override bool SupportsTrainableInputs => true;

    public override bool HasOutputUnits => false;

    public override bool HasBoundedOutputs(NetworkDesign design) => design.Readout == TrainedReadout.Tanh;

    /// <summary>Whether its hidden values are projections: <see cref="NetworkDesign.Projection"/>.</summary>
    public virtual bool HasProjection => false;

    public override string DescribeUnits(NetworkDesign design)
        => (design.Layers == 1 ? "" : $"{design.Layers} layers of ") + base.DescribeUnits(design) +
            (HasProjection ? $" projected to {CountHidden(design)}" : "") +
            $", {Settings.FormatValue(design.Readout)} readout";

    public override IReadOnlyList<double> GetRandomWordParts(NetworkDesign design)
        =>
        [
            .. base.GetRandomWordParts(design),
            .. HasProjection ? (double[])[CountHidden(design)] : [],
            .. design.Layers == 1 ? (double[])[] : [design.Layers],
        ];

    public override bool HasCurvature => false;

    public override bool PropagatesThroughThresholds => false;

    public override IReadOnlyList<ParameterBlock> GetBlocks(NetworkDesign design, NetworkShape shape)
        => GetBlocks(SizeOf(design, shape));

    public override IReadOnlyList<(double Minimum, double Maximum)> GetOutputRanges(NetworkDesign design, int outputs)
        => [.. Enumerable.Repeat((-1.0, 1.0), outputs)];

    public override IEnumerable<(string Setting, string Reason)> FindIdleSettings(NetworkDesign design)
    {
        yield return (nameof(NetworkDesign.InitialOutput), NetworkDesign.NoInitialOutput(Name));
        string reason = $"a network of {Name} cells always has them";
        yield return (nameof(NetworkDesign.Biases), reason);
        yield return (nameof(NetworkDesign.InputWeights), reason);
        if (!HasProjection)
            yield return (nameof(NetworkDesign.Projection), NetworkDesign.NoProjection(Name));
    }

    public override NetworkDefinition CreateDefinition(
        NetworkDesign design, NetworkShape shape, IReadOnlyList<double> values)
        => new CellDefinition(
            this, HasUnits ? design.Unit : KnownUnits.TanhName, SizeOf(design, shape), values);

    private CellNetworkSize SizeOf(NetworkDesign design, NetworkShape shape)
        => new(design.Units, shape.Inputs, design.Layers, shape.TrainableInputs, design.Readout, shape.Outputs)
        {
            Hidden = CountHidden(design),
        };

    private int CountHidden(NetworkDesign design)
        => !HasProjection ? design.Units : design.Projection > 0 ? design.Projection : (design.Units + 1) / 2;

    /// <summary>The blocks of the parameters of a network of a given size.</summary>
    internal IReadOnlyList<ParameterBlock> GetBlocks(CellNetworkSize size)
    {
        var blocks = new List<ParameterBlock>();
        int offset = 0;
        for (int layer = 0; layer < size.Layers; layer++)
        {
            ICell cell = CreateCell(KnownUnits.TanhName, size, size.InputsOf(layer));
            string suffix = size.Layers == 1 ? "" : $"-{layer + 1}";
            blocks.AddRange(cell.Blocks.Select(
                block => block with { Name = block.Name + suffix, Offset = block.Offset + offset }));
            offset += cell.Parameters;
        }

        for (int c = 1; size.LearnedInputs > 0 && c >= 0; c--)
        {
            blocks.Add(new($"u{c}", BlockRole.LearnedInput, size.LearnedInputs, 1, offset));
            offset += size.LearnedInputs;
        }

        blocks.Add(new("r", BlockRole.Readout, size.Outputs, size.Hidden, offset));
        blocks.Add(new("c", BlockRole.ReadoutBias, size.Outputs, 1, offset + (size.Outputs * size.Hidden)));
        return blocks;
    }

    internal override NetworkFileKind FileKind => new(
        Name,
        [
            "units", .. HasProjection ? ["projection"] : Array.Empty<string>(), "inputs", "outputs", "readout",
            .. HasUnits ? ["unit"] : Array.Empty<string>(),
            .. NamesOf(layers: 1),
        ],
        Example,
        fields => CellDefinition.Read(this, fields))
    {
        OptionalFields =
        [
            "layers", "learned-inputs", "u1", "u0",
            .. NamesOf(CellDefinition.MaximumLayers).Except(NamesOf(layers: 1)),
        ],
    };

    private IEnumerable<string> NamesOf(int layers)
        => GetBlocks(new(1, 1, layers, LearnedInputs: 0, default, 1)).Select(block => block.Name);

    private string Example
    {
        get
        {
            IEnumerable<string> blocks = GetBlocks(new(1, 1, 1, LearnedInputs: 0, default, 1))
                .Select(block => block.IsVector ? $"\"{block.Name}\":[0.5]" : $"\"{block.Name}\":[[0.5]]");
            string unit = HasUnits ? "\"unit\":\"tanh\"," : "",
                projection = HasProjection ? "\"projection\":1," : "";
            return $"{{\"network\":\"{Name}\",\"units\":1,{projection}\"inputs\":1,\"outputs\":1," +
                $"\"readout\":\"linear\",{unit}{string.Join(",", blocks)}}}";
        }
    }

    /// <summary>Creates a cell with m inputs, for its sizes and blocks.</summary>
    internal abstract ICell CreateCell(string unit, CellNetworkSize size, int inputs);

    /// <summary>Creates the network of a definition and passes it to a visitor.</summary>
    internal abstract TResult Accept<TResult>(CellDefinition definition, ICellNetworkVisitor<TResult> visitor);
}

/// <summary>The size of a network of cells.</summary>
/// <param name="Units">n, the units of a layer.</param>
/// <param name="Inputs">m.</param>
/// <param name="Layers">Number of layers.</param>
/// <param name="LearnedInputs">L, the learned inputs of a class.</param>
/// <param name="Readout">The kind of the readout.</param>
/// <param name="Outputs">k.</param>
public readonly record struct CellNetworkSize(
    int Units, int Inputs, int Layers, int LearnedInputs, TrainedReadout Readout, int Outputs)
{
    /// <summary>The hidden values of a layer: n, unless a projection forms another number of them.</summary>
    public int Hidden { get; init; } = Units;

    /// <summary>The values that a layer reads: the inputs, or the hidden values of the layer below.</summary>
    public int InputsOf(int layer) => layer == 0 ? Inputs : Hidden;
}

/// <summary>Kinds of trained readouts.</summary>
public enum TrainedReadout
{
    /// <summary>y = R·h + c.</summary>
    Linear,

    /// <summary>y = tanh(R·h + c).</summary>
    Tanh,
}
