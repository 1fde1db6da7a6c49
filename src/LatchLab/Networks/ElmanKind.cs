using LatchLab.Networks.Cells;
using LatchLab.Networks.Units;

namespace LatchLab.Networks;

/// <summary>Simple recurrent networks with a choice of units: <see cref="ElmanCell{TUnits}"/>.</summary>
public sealed record ElmanKind : LayeredKind
{
    public override string Name => "elman";

    public override string Description => "fully connected units with a readout, in one or several layers (Elman 1990)";

    public override double RandomWordPart => 8.0;

    internal override ICell CreateCell(string unit, CellNetworkSize size, int inputs)
        => new ElmanCell<Tanh>(size.Units, inputs, default);

    internal override TResult Accept<TResult>(CellDefinition definition, INetworkVisitor<TResult> visitor)
        => KnownUnits.Accept(definition.Unit, new(), new NetworkOfUnits<TResult>(definition, visitor));

    internal override TResult Accept<TResult>(CellDefinition definition, IDrivenMapVisitor<TResult> visitor)
        => KnownUnits.Accept(definition.Unit, new(), new MapOfUnits<TResult>(definition, visitor));

    private sealed class NetworkOfUnits<TResult>(CellDefinition definition, INetworkVisitor<TResult> visitor)
        : IUnitsVisitor<TResult>
    {
        public TResult Visit<TUnits>(TUnits units)
            where TUnits : struct, IUnits
            => visitor.Visit(definition.CreateNetwork((size, m) => new ElmanCell<TUnits>(size.Units, m, units)));
    }

    private sealed class MapOfUnits<TResult>(CellDefinition definition, IDrivenMapVisitor<TResult> visitor)
        : IUnitsVisitor<TResult>
    {
        public TResult Visit<TUnits>(TUnits units)
            where TUnits : struct, IUnits
            => visitor.Visit(new CellMap<ElmanCell<TUnits>>(
                definition.CreateNetwork((size, m) => new ElmanCell<TUnits>(size.Units, m, units)),
                definition.Parameters));
    }
}
