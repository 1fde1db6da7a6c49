// How far a discrete adjoint propagates back (Section V-D). A threshold unit with a positive self-loop w = 1.5 is
// at +1, and its target at the last step is −1. For each interpretation of eq. (9), the program prints how often the
// adjoint is nonzero k steps before the end, its mean size, and how often its sign is correct.
#:project ../src/LatchLab/LatchLab.csproj

using System.Globalization;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

const int samples = 200_000;
const double weight = 1.5;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
foreach (double epsilon in (double[])[0.03, 0.5])
{
    foreach (PropagationInterpretation interpretation in Enum.GetValues<PropagationInterpretation>())
    {
        var unit = new Threshold(new() { Propagation = interpretation, Epsilon = epsilon });
        var uniforms = new UniformStream(seed: 1, Purpose.DiscretePropagation, item: 0, randomWord: 0, trial: 0);
        int[] steps = [1, 5, 10, 20, 40];
        var there = new int[steps[^1] + 1];
        var right = new int[steps[^1] + 1];
        var size = new double[steps[^1] + 1];
        for (int sample = 0; sample < samples; sample++)
        {
            // The gradient of the cost with respect to the output, x − d; the required change has the opposite sign.
            var signal = new Scalar(1.0 + 0.8);
            for (int k = 1; k < there.Length && signal.Value != 0.0; k++)
            {
                Scalar atActivation = unit.Backward(
                    0, signal, new Scalar(1.0), new Scalar(weight), new Scalar(uniforms.Next()));
                signal = new Scalar(weight) * atActivation;
                there[k] += signal.Value != 0.0 ? 1 : 0;
                right[k] += signal.Value > 0.0 ? 1 : 0;
                size[k] += Math.Abs(signal.Value);
            }
        }

        Console.WriteLine($"ε = {epsilon}, {interpretation}:");
        foreach (int k in steps)
        {
            string share = there[k] == 0 ? "-" : $"{(double)right[k] / there[k]:0.000}";
            Console.WriteLine(
                $"  {k,2} steps back: nonzero {(double)there[k] / samples:0.00000}, correct sign {share}, " +
                $"mean size {(there[k] == 0 ? 0.0 : size[k] / there[k]):0.00}");
        }
    }
}
