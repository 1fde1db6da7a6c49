using LatchLab.Networks.Cells;

namespace LatchLab.Networks;

/// <summary>Networks of a cell whose functions are fixed: <see cref="CellNetwork{TCell}"/>.</summary>
/// <typeparam name="TCell">The cell.</typeparam>
public sealed record CellKind<TCell> : LayeredKind
    where TCell : struct, ICell
{
    private readonly Func<CellNetworkSize, int, TCell> _create;

    /// <summary>Creates the kind.</summary>
    /// <param name="name">Name of the kind.</param>
    /// <param name="description">One line.</param>
    /// <param name="randomWordPart">The number that selects random numbers; it never changes.</param>
    /// <param name="create">Creates a cell of a size with m inputs.</param>
    /// <param name="hasProjection">Whether the hidden values are projections.</param>
    public CellKind(
        string name, string description, double randomWordPart, Func<CellNetworkSize, int, TCell> create,
        bool hasProjection = false)
    {
        (Name, Description, RandomWordPart, _create) = (name, description, randomWordPart, create);
        HasProjection = hasProjection;
    }

    public override string Name { get; }

    public override string Description { get; }

    public override double RandomWordPart { get; }

    public override bool HasUnits => false;

    public override bool HasProjection { get; }

    public override (string Hold, string Admit) TimeScaleBiases
        => ((ICell)_create(new(1, 1, 1, 0, default, 1), 1)).TimeScaleBiases;

    public override IEnumerable<(string Setting, string Reason)> FindIdleSettings(NetworkDesign design)
        => base.FindIdleSettings(design).Append(
            (nameof(NetworkDesign.Unit), $"the functions of {Name} cells are fixed; elman has a choice"));

    internal override ICell CreateCell(string unit, CellNetworkSize size, int inputs) => _create(size, inputs);

    internal override TResult Accept<TResult>(CellDefinition definition, ICellNetworkVisitor<TResult> visitor)
        => visitor.Visit(definition.CreateNetwork(_create));
}
