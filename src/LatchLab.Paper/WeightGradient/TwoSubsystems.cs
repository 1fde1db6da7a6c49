using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Paper.Claims;

namespace LatchLab.Paper.WeightGradient;

/// <summary>
/// The two sub-systems of Section IV-B. A, a unit without a self-loop, responds incorrectly to an event at time 0. B, a
/// neuron with the self-loop w_B, receives A's output times a weight: <c>a_t = w_B·x_{t−1} + v·x^A_{t−1}</c>, x_0 = 0.
/// The target of B has the opposite sign. A correction of A requires the gradient <c>∂C/∂x^A_0 = v·∂C/∂h_1</c>, where
/// h_1 = v·x^A_0 is the first input of B. After time 0 the output of A is noise.
/// </summary>
internal sealed class TwoSubsystems(ulong seed)
{
    private const int SequenceCount = 30;
    private const double EventInput = 1.5;   // of A at time 0
    private const double NoiseInput = 0.02;  // of A after time 0: uniform between minus and plus this
    // v: moves B into its reduced attracting set in one step, for w_B up to 4
    private const double ConnectionWeight = 2.0;
    private const double Target = -0.8;    // the paper's target, of the class that A did not detect

    private static readonly int[] Lengths = [10, 20, 50];

    /// <summary>The values of w_B at which the claim is tested: B forgets, or B has latched.</summary>
    private static readonly (double Weight, string Description)[] EvaluatedWeights =
        [(0.5, "before B can latch"), (1.25, "with B latching"), (2.0, "with B latching firmly")];

    private static readonly double[] Weights = [.. Enumerable.Range(5, 46).Select(i => i / 20.0)];

    /// <summary>|∂C/∂x^A_0| against w_B, for several T.</summary>
    public IReadOnlyList<Series> Curves { get; } =
    [
        .. Lengths.Select((length, i) => new Series(
            $"T = {length}",
            SeriesKind.Curve,
            [.. Weights.Select(
                weight => GeometricMean.Compute(weight, ComputeGradientsAtA(weight, length, seed), seed))],
            i)),
    ];

    public static string CaptionText
        => $"A receives an input of {EventInput} at time 0 and uniform noise within ±{NoiseInput} after it; " +
            $"v = {ConnectionWeight}; C = ½(x_T − d)² with d = {Target}, the class that A did not detect; " +
            $"{SequenceCount} sequences per point.";

    /// <summary>Describes where the gradient is largest.</summary>
    public string DescribeMaxima()
        => "The gradient at A's output is largest at w_B = " + string.Join(", ", Curves.Select(
            curve => $"{NumberFormat.Short(curve.Points.MaxBy(point => point.Y).X)} for {curve.Name}")) + ".";

    /// <summary>
    /// Tests the claim: from the shortest to the longest T the gradient becomes negligible at each tested w_B.
    /// </summary>
    public Claim EvaluateClaim() => ClaimEvaluator.Evaluate(
        TheoryClaims.SmallGradientsAtA,
        [
            .. EvaluatedWeights.Select(evaluated =>
            {
                (int shortest, int longest) = (Lengths[0], Lengths[^1]);
                double[] ratios =
                [
                    .. ComputeGradientsAtA(evaluated.Weight, longest, seed).Zip(
                        ComputeGradientsAtA(evaluated.Weight, shortest, seed),
                        (atLongest, atShortest) => atLongest / atShortest),
                ];
                double mean = ratios.Average(ratio => Elementary.Log10(ratio));
                return new PartSample(
                    $"{evaluated.Description} (w_B = {NumberFormat.Short(evaluated.Weight)})",
                    TheoryClaims.SmallGradientsAtA.Rules[0],
                    [[.. ratios.Select(ratio => ratio < TheoryClaims.NegligibleShare ? 1.0 : 0.0)]])
                {
                    Remark = $"the gradient at A's output changes by a factor of 10 to the power " +
                        $"{NumberFormat.Short(mean)} from T = {shortest} to T = {longest}",
                };
            }),
        ]);

    /// <summary>Computes |∂C/∂x^A_0| for each sequence.</summary>
    internal static IEnumerable<double> ComputeGradientsAtA(double weight, int length, ulong seed)
        => Enumerable.Range(0, SequenceCount).Select(sequence =>
        {
            double[] inputs = [
                .. GenerateOutputsOfA(seed, sequence, length).Select(output => ConnectionWeight * output)];
            var b = new LatchDefinition("tanh", weight, inputs[..1]);
            return Math.Abs(ConnectionWeight * SequenceGradient.Compute(b, inputs[1..], Target).Gradient[1]);
        });

    /// <summary>x^A_t, t = 0 … T − 1.</summary>
    internal static IEnumerable<double> GenerateOutputsOfA(ulong seed, int sequence, int length)
    {
        UniformStream random = new TrialRandom(seed, SystemGradientTerms.RandomWord, Trial: 1).CreateUniformStream(
            Purpose.TestNoise, sequence);
        return Enumerable.Range(0, length)
            .Select(t => t == 0 ? EventInput : NoiseInput * ((2.0 * random.Next()) - 1.0))
            .Select(input => Elementary.Tanh(input));
    }
}
