using LatchLab.Figures;

namespace LatchLab.Diagnosis.Questions;

/// <summary>The picture of noise at rest: what is proved, what random noise does, what erases, on one axis.</summary>
internal static class NoiseFigure
{
    /// <summary>Creates the figure of an answer with random noise.</summary>
    public static Figure Create(NoiseAtRest noise)
    {
        Dynamics.RandomNoise random = noise.Random!;
        double ShareOf(int amplitude, Func<IEnumerable<double>, double> combine)
            => combine(random.Shares.Select(shares => shares[amplitude]));
        Series CreateCurve(string name, Func<IEnumerable<double>, double> combine, int colour) => new(
            name, SeriesKind.Curve,
            [.. random.Amplitudes.Select((b, i) => new DataPoint(b, ShareOf(i, combine)))], colour);
        return new(
            "noise", "Noise at rest",
            "The share of runs that come back to their state after random noise in all its values. Vertical lines: " +
                "up to the left one noise of any kind is proved harmless to every state; at the right one a push is " +
                "seen to erase the weakest state.",
            [
                new Chart(
                    "", new Axis("noise b", IsLogarithmic: true), new Axis("share that comes back", 0, 1),
                    [
                        CreateCurve("random, all states", shares => shares.Average(), 0),
                        CreateCurve("random, weakest state", shares => shares.Min(), 1),
                        .. Mark("proved harmless", noise.Certified?.Select(proof => proof?.Noise ?? 0.0), 2),
                        .. Mark("seen to erase", noise.Erased?.Select(
                            push => push?.Noise ?? double.PositiveInfinity), 3),
                    ]),
            ], 1,
            new Table(["state", "quantity", "noise", "share"], [.. ListRows(noise)]));
    }

    /// <summary>A vertical line at the least of the numbers of the states, if that is a noise.</summary>
    private static IEnumerable<Series> Mark(string name, IEnumerable<double>? values, int colour)
        => values?.Min() is { } least && least > 0.0 && double.IsFinite(least)
            ? [new(name, SeriesKind.Path, [new(least, 0.0), new(least, 1.0)], colour)] : [];

    private static IEnumerable<IReadOnlyList<string>> ListRows(NoiseAtRest noise)
    {
        for (int i = 0; i < noise.States.Count; i++)
        {
            string state = Table.FormatInteger(i + 1);
            if (noise.Certified?[i] is { } proof)
                yield return [state, "certified", Table.FormatNumber(proof.Noise), ""];
            if (noise.Erased?[i] is { } push)
                yield return [state, "erased", Table.FormatNumber(push.Noise), ""];
            foreach ((double amplitude, double share) in noise.Random!.Amplitudes.Zip(noise.Random.Shares[i]))
                yield return [state, "random", Table.FormatNumber(amplitude), Table.FormatNumber(share)];
        }
    }
}
