using LatchLab.Dynamics;
using static LatchLab.Diagnosis.Questions.InvariantText;

namespace LatchLab.Diagnosis.Questions;

/// <summary>The lines about noise: the three numbers together, of the weakest state and of all.</summary>
internal static class NoiseRows
{
    private const string NotComputed = "not computed";

    /// <summary>The lines of a diagnosis.</summary>
    public static IEnumerable<DiagnosisRow> List(TrainedNetworkDiagnosis diagnosis)
    {
        string topic = "noise";
        foreach (NoiseAtRest noise in diagnosis.Noise)
        {
            string input = diagnosis.Noise.Count == 1 ? "" : $"input {DiagnosisRow.FormatVector(noise.HeldInput)}: ";
            if (noise.States.Count == 0)
            {
                yield return new(topic, "per value", input + (noise.StableCount == 1
                    ? "nothing to erase: one stable state at rest" : "nothing to erase: no stable state at rest"));
            }
            else
            {
                yield return new(topic, "per value", $"{input}proved harmless{DescribeProof(noise)} · seen to erase" +
                    $"{DescribeErased(noise)} · random: {DescribeRandom(noise.Random)}");
                string ranges = string.Join(" · ", new[]
                {
                    DescribeRange("proved", noise.Certified?.Select(proof => proof?.Noise)),
                    DescribeRange("seen to erase", noise.Erased?.Select(push => push?.Noise)),
                }.OfType<string>());
                if (ranges.Length > 0)
                    yield return new("", "each state", ranges);
            }

            topic = "";
        }
    }

    private static string DescribeProof(NoiseAtRest noise)
        => !noise.IsProofProvided ? ": not provided for these cells"
            : noise.Certified is not { } certified ? $": {NotComputed}"
            : certified.Any(proof => proof is null) ? ": nothing, of some state"
            : Format($" up to {certified.Min(proof => proof!.Noise):G2}");

    private static string DescribeErased(NoiseAtRest noise)
        => noise.Erased is not { } erased ? $": {NotComputed}"
            : erased.OfType<NoisePush>().MinBy(push => push.Noise) is { } push
                ? Format($" at {push.Noise:G2} ({(push.Alternates ? "alternating" : "constant")} push)") : ": no push";

    private static string DescribeRandom(RandomNoise? random)
    {
        if (random is null)
            return NotComputed;
        (double survived, double lost, double share) = random.Drop;
        string all = double.IsFinite(survived) ? Format($"all runs come back at {survived:G2}, ") : "",
            weakest = double.IsFinite(lost)
                ? Format($"{1.0 - share:0 %} of the weakest state's are lost at {lost:G2}")
                : "larger noise was not tested";
        return Format($"{all}{weakest}, in {random.Steps} steps");
    }

    private static string? DescribeRange(string name, IEnumerable<double?>? values)
        => values?.OfType<double>().ToArray() is { Length: > 1 } numbers
            ? Format($"{name} {numbers.Min():G2} to {numbers.Max():G2}") : null;
}
