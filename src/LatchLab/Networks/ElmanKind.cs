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

    internal override TResult Accept<TResult>(CellDefinition definition, ICellNetworkVisitor<TResult> visitor)
        => KnownUnits.Accept(definition.Unit, new(), new NetworkOfUnits<TResult>(definition, visitor));

    private sealed class NetworkOfUnits<TResult>(CellDefinition definition, ICellNetworkVisitor<TResult> visitor)
        : IUnitsVisitor<TResult>
    {
        public TResult Visit<TUnits>(TUnits units)
            where TUnits : struct, IUnits
            => visitor.Visit(definition.CreateNetwork((size, m) => new ElmanCell<TUnits>(size.Units, m, units)));
    }
}
