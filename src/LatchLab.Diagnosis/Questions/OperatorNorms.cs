using LatchLab.Dynamics;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis.Questions;

/// <summary>
/// By how much a gradient can grow at most within k steps, whatever the loss: the norm ‖∂s_T/∂s_{T−k}‖₂ along one
/// sequence.
/// </summary>
/// <param name="Lags">The lags k.</param>
/// <param name="LogNorms">ln of the norm at each lag.</param>
public sealed record OperatorNorms(IReadOnlyList<int> Lags, IReadOnlyList<double> LogNorms)
{
    /// <summary>The largest state for which the norms are computed: all its unit vectors are pulled back.</summary>
    public const int LargestState = 256;

    private static readonly int[] KnownLags = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

    /// <summary>The largest norm.</summary>
    public double Largest => Elementary.Exp(LogNorms.Max());

    /// <summary>Computes the norms; null for a state that is too large.</summary>
    /// <param name="network">The network.</param>
    /// <param name="sequence">[step][input].</param>
    /// <param name="stateSize">N.</param>
    /// <param name="cancellation">Ends the computation.</param>
    public static OperatorNorms? Compute(
        CellDefinition network, double[][] sequence, int stateSize, CancellationToken cancellation = default)
    {
        if (stateSize > LargestState)
            return null;
        int length = sequence.Length;
        NetworkTrajectories run = NetworkTrajectories.Run(network, [.. Enumerable.Repeat(sequence, stateSize)]);
        double[] rows = SquareMatrix.Identity(stateSize);   // [row of the product][state]
        int[] lags = [.. KnownLags.Where(lag => lag < length), length];
        var logNorms = new double[lags.Length];
        int done = 0;
        foreach ((int index, int lag) in lags.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            run.PullBack(length - done, length - lag, rows);
            done = lag;
            logNorms[index] = Elementary.Log(SquareMatrix.SpectralNorm(rows, stateSize));
        }

        return new(lags, logNorms);
    }
}
