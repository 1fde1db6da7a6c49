using LatchLab.Networks.Cells;

namespace LatchLab.Networks;

/// <summary>Every kind of network that can be trained. To add one, add an entry here.</summary>
public static class KnownNetworkKinds
{
    /// <summary>Those of the paper in its order, then the networks of cells.</summary>
    public static IReadOnlyList<NetworkKind> All { get; } =
    [
        new LatchKind(),
        new FullyConnectedKind(),
        new ParityKind(),
        new ElmanKind(),
        new CellKind<LstmCell>(
            "lstm", "long short-term memory with a forget gate", 3.0,
            (size, m) => new(size.Units, m)),
        new CellKind<PeepholeLstmCell>(
            "lstm-peephole", "long short-term memory whose gates see the cell values", 4.0,
            (size, m) => new(size.Units, m)),
        new CellKind<CoupledLstmCell>(
            "lstm-coupled", "long short-term memory that admits what it does not hold", 5.0,
            (size, m) => new(size.Units, m)),
        new CellKind<ProjectedLstmCell>(
            "lstm-projected", "long short-term memory whose hidden values are projections of its cells", 9.0,
            (size, m) => new(size.Hidden, size.Units, m), hasProjection: true),
        new CellKind<GruCell>(
            "gru", "gated recurrent units, reset after the recurrent weights (PyTorch)", 6.0,
            (size, m) => new(size.Units, m)),
        new CellKind<ResetBeforeGruCell>(
            "gru-reset-before", "gated recurrent units, reset before the recurrent weights (as published)", 7.0,
            (size, m) => new(size.Units, m)),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(kind => kind.Name)];

    /// <summary>The kind of a name in <see cref="Names"/>; latch for any other.</summary>
    public static NetworkKind Find(string name) => All.FirstOrDefault(kind => kind.Name == name) ?? All[0];
}
