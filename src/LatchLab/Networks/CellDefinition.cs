using LatchLab.Foundation;
using LatchLab.Networks.Cells;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// A network of cells with the values of its parameters:
/// <c>{"network":"gru","units":n,"inputs":m,"readout":"linear","wr":[[…]], …,"r":[[…]],"c":[…]}</c>, a field for each
/// block of parameters. With several <c>"layers"</c> the names end in the number of the layer, such as <c>wr-2</c>.
/// </summary>
public sealed record CellDefinition : NetworkDefinition
{
    /// <summary>Most layers of a network.</summary>
    public const int MaximumLayers = 4;

    private readonly LayeredKind _kind;

    /// <summary>A network of cells.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="unit">Name of the units of an Elman network.</param>
    /// <param name="size">The size.</param>
    /// <param name="parameters">The parameters in the order of the network.</param>
    internal CellDefinition(LayeredKind kind, string unit, CellNetworkSize size, IReadOnlyList<double> parameters)
        : base(unit, size.Units, parameters)
        => (_kind, Size) = (kind, size);

    /// <summary>The size.</summary>
    public CellNetworkSize Size { get; }

    /// <summary>The blocks of its parameters.</summary>
    public IReadOnlyList<ParameterBlock> Blocks => _kind.GetBlocks(Size);

    public override string Kind => _kind.Name;

    public override bool IsOfUnits => false;

    public override int Inputs => Size.Inputs;

    /// <summary>The indices of the outputs, which are no units.</summary>
    public override IReadOnlyList<int> Outputs => [.. Enumerable.Range(0, Size.Outputs)];

    public override IReadOnlyList<string> ParameterNames => [.. Blocks.SelectMany(block => block.ParameterNames)];

    public override IReadOnlyList<double> TrainableInputValues
        => [.. Parameters.Skip(Blocks.FirstOrDefault(block => block.Role == BlockRole.LearnedInput)?.Offset ?? 0)
            .Take(Size.LearnedInputs)];

    /// <summary>∂s_t/∂s_{t−1} at the state 0 and the input 0, n rows of n.</summary>
    public override IReadOnlyList<double> RecurrentWeights => Accept(new JacobianAtRest());

    public override IReadOnlyList<int> RecurrentParameters
        => [.. Blocks.Where(block => block.Role == BlockRole.Recurrent)
            .SelectMany(block => Enumerable.Range(block.Offset, block.Count))];

    public override bool HasAdditiveInputs => false;

    public override IReadOnlyList<KeptActivation> KeptActivations
    {
        get
        {
            ICell[] cells = [.. Enumerable.Range(0, Size.Layers).Select(
                layer => _kind.CreateCell(KnownUnits.TanhName, Size, Size.InputsOf(layer)))];
            int state = 0, tape = cells.Sum(cell => cell.Size.State);
            var activations = new List<KeptActivation>();
            foreach ((int layer, ICell cell) in cells.Index())
            {
                string suffix = Size.Layers == 1 ? "" : $" of layer {layer + 1}";
                activations.AddRange(_kind.HasUnits ? NameUnits(state, suffix)
                    : cell.TapeFunctions.SelectMany(gate => Enumerable.Range(0, UnitCount).Select(index
                        => new KeptActivation(tape + gate.First + index, gate.Function,
                            $"{gate.Name}[{index}]{suffix}"))));
                state += cell.Size.State;
                tape += cell.Size.Tape;
            }

            return activations;
        }
    }

    /// <summary>Reads the fields of a kind.</summary>
    public static CellDefinition Read(LayeredKind kind, IFieldReader fields)
    {
        int units = fields.GetInt32("units", 1, FullyConnectedDefinition.MaximumUnits),
            hidden = kind.HasProjection ? fields.GetInt32("projection", 1, FullyConnectedDefinition.MaximumUnits)
                : units,
            inputs = fields.GetInt32("inputs", 1, FullyConnectedDefinition.MaximumUnits),
            outputs = fields.GetInt32("outputs", 1, FullyConnectedDefinition.MaximumUnits),
            layers = fields.HasField("layers") ? fields.GetInt32("layers", 1, MaximumLayers) : 1,
            learnedInputs = fields.HasField("learned-inputs") ? fields.GetInt32("learned-inputs", 0, 1000) : 0;
        TrainedReadout readout = fields.GetChoice("readout", ["linear", "tanh"]) == "tanh"
            ? TrainedReadout.Tanh : TrainedReadout.Linear;
        string unit = kind.HasUnits ? fields.GetUnitNames("unit", units) : KnownUnits.TanhName;
        var size = new CellNetworkSize(units, inputs, layers, learnedInputs, readout, outputs) { Hidden = hidden };
        var parameters = new List<double>();
        foreach (ParameterBlock block in kind.GetBlocks(size))
        {
            parameters.AddRange(block.IsVector
                ? fields.GetDoubles(block.Name, block.Rows) : fields.GetMatrix(block.Name, block.Rows, block.Columns));
        }

        return new(kind, unit, size, parameters);
    }

    public override void Write(IFieldWriter fields)
    {
        fields.WriteInt32("units", Size.Units);
        if (_kind.HasProjection)
            fields.WriteInt32("projection", Size.Hidden);
        fields.WriteInt32("inputs", Size.Inputs);
        fields.WriteInt32("outputs", Size.Outputs);
        if (Size.Layers > 1)
            fields.WriteInt32("layers", Size.Layers);
        if (Size.LearnedInputs > 0)
            fields.WriteInt32("learned-inputs", Size.LearnedInputs);
        fields.WriteString("readout", Settings.FormatValue(Size.Readout));
        if (_kind.HasUnits)
            fields.WriteString("unit", Unit);
        foreach (ParameterBlock block in Blocks)
        {
            IEnumerable<double> values = Parameters.Skip(block.Offset).Take(block.Count);
            if (block.IsVector)
                fields.WriteDoubles(block.Name, values);
            else
                fields.WriteMatrix(block.Name, values, block.Columns);
        }
    }

    /// <summary>Creates the network.</summary>
    /// <param name="create">Creates a cell of a size with m inputs.</param>
    internal CellNetwork<TCell> CreateNetwork<TCell>(Func<CellNetworkSize, int, TCell> create)
        where TCell : struct, ICell
        => new(
            [.. Enumerable.Range(0, Size.Layers).Select(layer => create(Size, Size.InputsOf(layer)))],
            Size.LearnedInputs,
            Size.Readout == TrainedReadout.Tanh ? ReadoutKind.Tanh : ReadoutKind.Linear,
            Size.Outputs);

    /// <summary>Creates the network and passes it to a visitor.</summary>
    public TResult Accept<TResult>(ICellNetworkVisitor<TResult> visitor) => _kind.Accept(this, visitor);

    public override TResult Accept<TResult>(INetworkVisitor<TResult> visitor, DiscretePropagation? propagation = null)
        => Accept(new NetworkAdapter<TResult>(visitor));

    public override TResult Accept<TResult>(IDrivenMapVisitor<TResult> visitor)
        => Accept(new MapAdapter<TResult>(Parameters, visitor));

    protected override CellDefinition Create(IReadOnlyList<double> parameters) => new(_kind, Unit, Size, parameters);

    protected override TResult Visit<TUnits, TResult>(TUnits units, INetworkVisitor<TResult> visitor)
        => Accept(visitor);

    protected override TResult Visit<TUnits, TResult>(TUnits units, IDrivenMapVisitor<TResult> visitor)
        => Accept(visitor);

    private sealed class NetworkAdapter<TResult>(INetworkVisitor<TResult> visitor) : ICellNetworkVisitor<TResult>
    {
        public TResult Visit<TCell>(CellNetwork<TCell> network)
            where TCell : struct, ICell
            => visitor.Visit(network);
    }

    private sealed class MapAdapter<TResult>(IReadOnlyList<double> parameters, IDrivenMapVisitor<TResult> visitor)
        : ICellNetworkVisitor<TResult>
    {
        public TResult Visit<TCell>(CellNetwork<TCell> network)
            where TCell : struct, ICell
            => visitor.Visit(new CellMap<TCell>(network, parameters));
    }

    private sealed class JacobianAtRest : IDrivenMapVisitor<double[]>
    {
        public double[] Visit<TMap>(TMap map)
            where TMap : struct, IDrivenMap
        {
            int n = map.Dimension;
            LaneMemory<Scalar> point = new(n + map.Inputs), jacobian = new(n * n);
            MapDerivatives.Jacobian(map, point.Slice(0, point.Length), jacobian.Slice(0, jacobian.Length));
            return jacobian.Doubles.ToArray();
        }
    }
}
