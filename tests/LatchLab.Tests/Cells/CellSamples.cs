using LatchLab.Networks;
using LatchLab.Networks.Cells;
using LatchLab.Networks.Units;

namespace LatchLab.Tests.Cells;

/// <summary>An operation on cells of any type.</summary>
internal interface ICellVisitor<out TResult>
{
    TResult Visit<TCell>(params TCell[] layers)
        where TCell : struct, ICell;
}

/// <summary>Every cell by its name in the file of references, of any size.</summary>
internal static class CellSamples
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "rnn_tanh", "rnn_relu", "gru_reset_after", "gru_reset_before", "lstm", "lstm_coupled", "lstm_peephole",
        "lstm_projected", "gru_two_layers", "lstm_three_layers",
    ];

    public static TResult Accept<TResult>(string name, int n, int m, ICellVisitor<TResult> visitor) => name switch
    {
        "rnn_tanh" => visitor.Visit(new ElmanCell<Tanh>(n, m, default)),
        "rnn_relu" => visitor.Visit(new ElmanCell<Relu>(n, m, default)),
        "gru_reset_after" => visitor.Visit(new GruCell(n, m)),
        "gru_reset_before" => visitor.Visit(new ResetBeforeGruCell(n, m)),
        "lstm" => visitor.Visit(new LstmCell(n, m)),
        "lstm_coupled" => visitor.Visit(new CoupledLstmCell(n, m)),
        "lstm_peephole" => visitor.Visit(new PeepholeLstmCell(n, m)),
        "lstm_projected" => visitor.Visit(new ProjectedLstmCell(n - 1, n, m)),
        "gru_two_layers" => visitor.Visit(new GruCell(n, m), new GruCell(n, n)),
        _ => visitor.Visit(new LstmCell(n, m), new LstmCell(n + 2, n), new LstmCell(n - 1, n + 2)),
    };

    /// <summary>A network of the cell.</summary>
    public static TResult Accept<TResult>(
        string name, int n, int m, int learnedInputs, ReadoutKind readout, int outputs,
        INetworkVisitor<TResult> visitor)
        => Accept(name, n, m, new NetworkOf<TResult>(learnedInputs, readout, outputs, visitor));

    private sealed class NetworkOf<TResult>(
        int learnedInputs, ReadoutKind readout, int outputs, INetworkVisitor<TResult> visitor) : ICellVisitor<TResult>
    {
        public TResult Visit<TCell>(params TCell[] layers)
            where TCell : struct, ICell
            => visitor.Visit(new CellNetwork<TCell>(layers, learnedInputs, readout, outputs));
    }
}
