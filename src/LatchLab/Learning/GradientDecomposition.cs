using LatchLab.Foundation;
using LatchLab.Networks;

namespace LatchLab.Learning;

/// <summary>
/// Eq. (4) for one sequence: the gradient as a sum over time, <c>∂C/∂W = Σ_τ ∂C/∂a_τ·∂a_τ/∂W</c>, τ = 1 … T. Each term
/// is the derivative with respect to the parameters at time τ, treated as independent variables: a recurrent network
/// unrolled in time is a deep network with shared weights, and τ is its layer. Only the Euclidean norm of each term is
/// kept, so that memory does not grow with T times the number of parameters.
/// </summary>
/// <remarks>
/// The norms are over the parameters. They are the same whether the state is written as activations a, as in eq. (4),
/// or as outputs x = f(a).
/// </remarks>
public sealed class GradientDecomposition
{
    /// <summary>The default share of Σ‖term‖ within the gradient horizon.</summary>
    public const double DefaultHorizonShare = 0.99;

    private readonly double[] _tailSums;    // [k]: Σ‖term‖ of the last k, added from the end

    private GradientDecomposition(double[] outputs, double[] norms, double[] gradient)
    {
        Outputs = outputs;
        TermNorms = norms;
        Gradient = gradient;
        _tailSums = new double[norms.Length + 1];
        for (int k = 1; k <= norms.Length; k++)
            _tailSums[k] = _tailSums[k - 1] + norms[^k];
    }

    /// <summary>x_T of each output.</summary>
    public IReadOnlyList<double> Outputs { get; }

    /// <summary>x_T of a network that has one output.</summary>
    public double Output => Outputs[0];

    /// <summary>‖term‖ at [τ − 1]; T ≥ 1 values.</summary>
    public IReadOnlyList<double> TermNorms { get; }

    /// <summary>The sum of the terms for each parameter, which is the gradient.</summary>
    public IReadOnlyList<double> Gradient { get; }

    /// <summary>
    /// The norm of the gradient, at most <see cref="TotalNorm"/>: terms of opposite direction cancel.
    /// </summary>
    public double GradientNorm => EuclideanNorm([.. Gradient]);

    /// <summary>Σ‖term‖.</summary>
    public double TotalNorm => _tailSums[^1];

    /// <summary>The terms of the cost ½Σ(x_T − d)² over the outputs.</summary>
    /// <param name="network">The network with its parameters.</param>
    /// <param name="inputs">[t − 1][input]: the given inputs of the sequence; trainable inputs precede them.</param>
    /// <param name="targets">d, the target of each output at the last step.</param>
    /// <exception cref="ValidationException">
    /// The sequence is empty or too long to keep every state, the number of inputs per step or of targets does not
    /// match the network, or a unit is not differentiable.
    /// </exception>
    public static GradientDecomposition Compute(
        NetworkDefinition network, IReadOnlyList<double> inputs, params IReadOnlyList<double> targets)
        => Compute(network, inputs, SequenceGradient.ClassOf(targets), targets);

    /// <summary>
    /// The terms of the output x_T itself (of the sum of all outputs) in a sequence of class 1. The terms of any cost
    /// of one output are these times ∂C/∂x_T.
    /// </summary>
    /// <inheritdoc cref="Compute(NetworkDefinition, IReadOnlyList{double}, IReadOnlyList{double})"/>
    public static GradientDecomposition ComputeForOutput(NetworkDefinition network, IReadOnlyList<double> inputs)
        => Compute(network, inputs, sequenceClass: 1, targets: null);

    /// <summary>The share of the last k terms in Σ‖term‖; NaN where all terms are zero or one is not finite.</summary>
    /// <param name="k">0 … T.</param>
    public double ShortTermShare(int k) => double.IsFinite(TotalNorm) ? _tailSums[k] / TotalNorm : double.NaN;

    /// <summary>
    /// The share of all but the last k terms, those of τ ≤ T − k. They are summed directly, so that the share is
    /// accurate even where it is far below the rounding error of 1. NaN as for <see cref="ShortTermShare"/>.
    /// </summary>
    /// <param name="k">0 … T.</param>
    public double LongTermShare(int k)
        => double.IsFinite(TotalNorm) ? TermNorms.Take(TermNorms.Count - k).Sum() / TotalNorm : double.NaN;

    /// <summary>
    /// The gradient horizon: the smallest k such that the last k terms contain the given share of Σ‖term‖. It is 0 if
    /// all terms are zero, and null if a term is not finite.
    /// </summary>
    /// <param name="share">Above 0, at most 1.</param>
    public int? Horizon(double share = DefaultHorizonShare)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1.0);
        return double.IsFinite(TotalNorm) ? Array.FindIndex(_tailSums, sum => sum >= share * TotalNorm) : null;
    }

    /// <summary>
    /// The largest difference between the sum of the terms and the gradient of the same cost from back-propagation. It
    /// is due to rounding only.
    /// </summary>
    public double MaxDifference(SequenceGradient reference)
        => Gradient.Zip(reference.Gradient, (sum, gradient) => Math.Abs(sum - gradient)).Max();

    private static GradientDecomposition Compute(
        NetworkDefinition network, IReadOnlyList<double> inputs, int sequenceClass, IReadOnlyList<double>? targets)
    {
        SequenceGradient.ThrowIfNotDifferentiable(network);
        return network.Accept(new Visitor(network.Parameters, inputs, sequenceClass, targets));
    }

    /// <summary>√Σv²; scaled by the largest element where the squares underflow or overflow.</summary>
    internal static double EuclideanNorm(ReadOnlySpan<double> values)
    {
        // such a sum has seven significant digits, which are enough for a norm of 1e-158
        const double minReliableSum = 1e-317;
        double squares = 0.0, largest = 0.0, scaled = 0.0;
        foreach (double value in values)
            squares += value * value;
        if (squares >= minReliableSum && double.IsFinite(squares))
            return Math.Sqrt(squares);
        foreach (double value in values)
            largest = Math.Max(largest, Math.Abs(value)); // NaN propagates
        if (largest == 0.0 || !double.IsFinite(largest))
            return largest;
        foreach (double value in values)
            scaled += value / largest * (value / largest);
        return largest * Math.Sqrt(scaled);
    }

    private sealed class Visitor(
        IReadOnlyList<double> parameters, IReadOnlyList<double> inputs, int sequenceClass,
        IReadOnlyList<double>? targets)
        : INetworkVisitor<GradientDecomposition>
    {
        public GradientDecomposition Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            var run = new SingleSequenceRun<TNetwork>(network, parameters, inputs, sequenceClass);
            double[] outputGradients = targets is null
                ? [.. Enumerable.Repeat(1.0, network.Readout.Outputs)]
                : run.OutputErrors(targets);
            var norms = new double[run.Length];
            var gradient = new double[network.Parameters];
            run.Backpropagate<GradientDescent>(outputGradients, (term, t) =>
            {
                norms[t - 1] = EuclideanNorm(term);
                for (int i = 0; i < gradient.Length; i++)
                    gradient[i] += term[i];
            });
            return new(run.Outputs, norms, gradient);
        }
    }
}
