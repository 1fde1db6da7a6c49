using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis;

/// <summary>What a network stores, in one sentence: its attractors, and what random starts do.</summary>
internal static class StorageSummary
{
    public static string Describe(NetworkDiagnosis diagnosis)
    {
        InvariantSets sets = diagnosis.InvariantSets;
        int states = diagnosis.StateCount;
        string starts = DescribeStarts(diagnosis);
        string attractorText = sets.Attractors switch
        {
            [] when sets.StableOrbitsWithoutBall.ToArray() is { Length: > 0 } stable =>
                $"{DescribeStable(stable)} found, too close to marginal for a ball on which the map provably contracts",
            [] when sets.HasAttractor =>
                "It stores nothing at a point: no stable fixed point or periodic orbit was found",
            [] => "No stable fixed point or periodic orbit was found",
            [{ Period: 1 }] when starts == "" =>
                "One attractor was found: the network forgets its initial state and stores no bit",
            [{ Period: 1 } only] => $"One attractor was found, a {only.Describe()}",
            [_] => $"One attractor was found, of period {states}: the network can store a phase, one of {states}",
            _ => $"{sets.Attractors.Count} attractors were found, with {states} points: the network can distinguish " +
                $"{states} states, {NumberFormat.Short(Elementary.Log(states) / Elementary.Log(2.0))} " +
                $"{(states == 2 ? "bit" : "bits")}",
        };
        string limitText = sets.Attractors.Count == InvariantSets.MaxAttractors
            ? "; this is the largest number of attractors that is stored" : "";
        return $"{attractorText}{starts}{limitText}.";
    }

    private static string DescribeStable(PeriodicOrbit[] orbits) => orbits switch
    {
        [{ Period: 1 }] => "One stable fixed point was",
        [_] => "One stable periodic orbit was",
        _ => $"{orbits.Length} stable fixed points or periodic orbits were",
    };

    /// <summary>
    /// What random starts do, beginning with a semicolon; empty if all of them reach an attractor. Without any
    /// attractor no starts are sampled, and the orbits of the search stand for them.
    /// </summary>
    private static string DescribeStarts(NetworkDiagnosis diagnosis)
    {
        InvariantSets sets = diagnosis.InvariantSets;
        BasinFractions? shares = diagnosis.BasinFractions;
        int all = shares?.Divergent.Trials ?? sets.OrbitCount;
        int resting = shares is null ? sets.Unsettled.RestingCount : 0;
        int steps = shares?.Steps ?? diagnosis.Options.MostSteps;
        (int Count, string What)[] parts =
        [
            (shares?.PerBasin.Sum(share => share.Successes) ?? 0,
                sets.Attractors.Count == 1 ? "reach it" : "reach one of them"),
            (shares?.QuasiPeriodic.Successes ?? 0, $"move quasi-periodically{DescribeZeroExponent(sets)}"),
            (shares?.Chaotic.Successes ?? 0, $"move chaotically{DescribePositiveExponent(diagnosis)}"),
            (resting, "rest at a fixed point that is not known to be stable"),
            (shares?.Undecided.Successes ?? sets.Unsettled.States.Count - resting,
                $"are undecided after {NumberFormat.WithNoun(steps, "step")}"),
            (shares?.Divergent.Successes ?? sets.DivergentCount, "diverge"),
        ];
        if (parts[0].Count == all)
            return "";
        string allText = NumberFormat.GroupThousands(all);
        string[] texts = [.. parts.Where(part => part.Count > 0).Select(part => part.Count == all
            ? part.What : $"{NumberFormat.GroupThousands(part.Count)} {part.What}")];
        return texts is [var only] ? $"; all {allText} random starts {only}"
            : $"; of {allText} random starts {string.Join(", ", texts[..^1])} and {texts[^1]}";
    }

    private static string DescribeZeroExponent(InvariantSets sets)
    {
        LongTermMotion[] motions =
            [.. sets.Unsettled.Motions.Where(motion => motion.Kind == MotionKind.QuasiPeriodic)];
        return motions.Length == 0 ? ""
            : " (the largest Lyapunov exponent is 0 within " +
                $"{NumberFormat.Short(motions.Max(motion => motion.Error))})";
    }

    private static string DescribePositiveExponent(NetworkDiagnosis diagnosis)
        => diagnosis.LyapunovExponents is { Exponents: [var largest, ..] }
            && diagnosis.InvariantSets is var sets
            && sets.Unsettled.Motions[sets.Unsettled.Representative].Kind == MotionKind.Chaotic
            ? $" (the largest Lyapunov exponent of the first is {NumberFormat.Short(largest.Value)} a step)" : "";
}
