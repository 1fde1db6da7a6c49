// How far back a discrete error signal gets (Section V-D): a threshold unit with a positive self-loop w = 1.5 sits at
// +1 and is asked at the last step to be at −1. For each reading of eq. (9): how often a signal is still there k steps
// before, its mean size, and how often it still asks for the right change.
#:project ../src/LatchLab/LatchLab.csproj

using System.Globalization;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

const int samples = 200_000;
const double weight = 1.5;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
foreach (double epsilon in (double[])[0.03, 0.5])
{
    foreach (PropagationInterpretation reading in Enum.GetValues<PropagationInterpretation>())
    {
        var unit = new Threshold(new() { Propagation = reading, Epsilon = epsilon });
        var uniforms = new UniformStream(seed: 1, Purpose.DiscretePropagation, item: 0, randomWord: 0, trial: 0);
        int[] steps = [1, 5, 10, 20, 40];
        var there = new int[steps[^1] + 1];
        var right = new int[steps[^1] + 1];
        var size = new double[steps[^1] + 1];
        for (int sample = 0; sample < samples; sample++)
        {
            // The gradient of the cost at the output, x − d; its opposite is the change that is wanted.
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

        Console.WriteLine($"ε = {epsilon}, {reading}:");
        foreach (int k in steps)
        {
            string share = there[k] == 0 ? "-" : $"{(double)right[k] / there[k]:0.000}";
            Console.WriteLine($"  {k,2} steps back: there {(double)there[k] / samples:0.00000}, right {share}, " +
                $"mean size {(there[k] == 0 ? 0.0 : size[k] / there[k]):0.00}");
        }
    }
}
