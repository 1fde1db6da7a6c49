using System.Numerics;
using System.Text.Json.Nodes;
using LatchLab.Diagnosis;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Statistics;

namespace LatchLab.Cli;

/// <summary>
/// The diagnosis of a network as one JSON document (docs/explanation/theory.md); all states are activations.
/// </summary>
internal static class NetworkJson
{
    /// <summary>Creates the document.</summary>
    /// <param name="answer">The diagnosis.</param>
    /// <param name="page">The path of the report; null if none was written.</param>
    public static JsonObject ToJson(NetworkDiagnosis answer, string? page)
        => new()
        {
            ["report"] = page,
            ["variables"] = answer.AutonomousSystem.Dimension,
            ["constantInputs"] = JsonOutput.ToJson(answer.ConstantInputs),
            ["range"] = ToJson(answer.ActivationBounds),
            ["initialState"] = ToJson(answer.InitialStateDestination),
            ["analyticResults"] = new JsonArray([.. answer.AnalyticResults.Select(text => JsonValue.Create(text))]),
            ["attractors"] = new JsonArray(
                [.. answer.InvariantSets.Attractors.Select((attractor, i) => AttractorToJson(answer, attractor, i))]),
            ["otherFixedPoints"] = new JsonArray(
                [
                    .. answer.InvariantSets.FixedPoints.Orbits
                        .Where(orbit => !answer.InvariantSets.Attractors.Contains(orbit))
                        .Select(ToJson),
                ]),
            ["otherPeriodicOrbits"] = new JsonArray([.. answer.InvariantSets.OtherPeriodicOrbits.Select(ToJson)]),
            ["indexSums"] = new JsonArray([.. answer.IndexSums.Select(ToJson)]),
            ["search"] = SearchToJson(answer.InvariantSets),
            ["basins"] = answer.BasinFractions is not { } shares ? null : new JsonObject
            {
                ["quasiPeriodic"] = ToJson(shares.QuasiPeriodic),
                ["chaotic"] = ToJson(shares.Chaotic),
                ["undecided"] = ToJson(shares.Undecided),
                ["undecidedAfterSteps"] = shares.Steps,
                ["divergent"] = ToJson(shares.Divergent),
                ["attractorsLieInTheirReducedSets"] = shares.IsNested,
                ["reducedSetsAreDecidedForAllPowers"] = shares.IsProved,
            },
            ["boundaries"] = new JsonArray([.. answer.EdgeStates.Select(edge => ToJson(answer, edge))]),
            ["noise"] = NoiseToJson(answer),
            ["exponents"] = answer.LyapunovExponents is { } spectrum ? ToJson(spectrum) : null,
            ["latchingUnits"] = new JsonArray([.. answer.LatchingUnits.Select(unit => JsonValue.Create(unit))]),
        };

    private static JsonObject ToJson(InitialStateDestination destination)
        => new()
        {
            ["outputs"] = JsonOutput.ToJson(destination.Outputs),
            ["attractor"] = destination.Attractor,
            ["steps"] = destination.Steps,
            ["restsAt"] = destination.RestsAt is { } point ? JsonOutput.ToJson(point) : null,
            ["motion"] = destination.Motion is { } motion ? Settings.FormatValue(motion.Kind) : null,
        };

    private static JsonObject SearchToJson(InvariantSets sets)
        => new()
        {
            ["isComplete"] = sets.FixedPoints.IsComplete,
            ["newtonStarts"] = sets.FixedPoints.NewtonStarts,
            ["notConverged"] = sets.FixedPoints.NotConverged,
            ["leastResidual"] = JsonOutput.ToJson(sets.FixedPoints.SmallestResidual),
            ["orbits"] = sets.OrbitCount,
            ["divergentOrbits"] = sets.DivergentCount,
            ["unsettledOrbits"] = sets.Unsettled.States.Count,
            ["unsettledMotions"] = new JsonArray([.. sets.Unsettled.Motions.Select(motion => new JsonObject
            {
                ["kind"] = Settings.FormatValue(motion.Kind),
                ["exponent"] = JsonOutput.ToJson(motion.Exponent),
                ["error"] = JsonOutput.ToJson(motion.Error),
            })]),
        };

    private static JsonObject ToJson(IndexSum sum)
        => new()
        {
            ["period"] = sum.Period,
            ["points"] = sum.Points,
            ["sum"] = sum.Sum,
            ["degenerate"] = sum.Degenerate,
            ["verdict"] = Settings.FormatValue(sum.Verdict),
            ["missing"] = sum.Missing,
        };

    private static JsonObject AttractorToJson(NetworkDiagnosis answer, PeriodicOrbit attractor, int index)
    {
        JsonObject json = ToJson(attractor);
        json["outputs"] = new JsonArray(
            [.. attractor.Points.Select(point => JsonOutput.ToJson(answer.DrivenSystem.Outputs(point)))]);
        json["basinShare"] = ToJson(answer.BasinFractions!.PerBasin[index]);
        json["reducedShare"] = answer.BasinFractions.PerReducedSet is { } reduced ? ToJson(reduced[index]) : null;
        json["theorem3"] = answer.Contractions.ElementAtOrDefault(index) is not { } contraction ? null : new JsonObject
        {
            ["noise"] = JsonOutput.ToJson(contraction.NoiseBound),
            ["anyNoise"] = double.IsInfinity(contraction.NoiseBound),
            ["distance"] = JsonOutput.ToJson(contraction.Radius),
            ["rate"] = JsonOutput.ToJson(contraction.Rate),
        };
        json["gradient"] = ToJson(answer.GradientDecays[index]);
        return json;
    }

    private static JsonObject ToJson(GradientDecay decay)
    {
        DecayTime? time = decay.FindTime(NetworkSummary.SmallShare);
        return new()
        {
            ["isBound"] = decay.IsBound,
            ["logPerStep"] = JsonOutput.ToJson(decay.LogRate),
            ["stepsTo1Percent"] = time?.Steps,
            ["isProved"] = time?.IsProved,
            ["log10After100"] = JsonOutput.ToJson(decay.GetLogNorm(100) / Elementary.Ln10),
        };
    }

    private static JsonObject ToJson(PeriodicOrbit orbit)
        => new()
        {
            ["kind"] = orbit.Describe(),
            ["period"] = orbit.Period,
            ["activations"] = new JsonArray([.. orbit.Points.Select(point => JsonOutput.ToJson(point))]),
            ["eigenvalues"] = new JsonArray([.. orbit.Eigenvalues.Select(ToJson)]),
            ["spectralRadius"] = JsonOutput.ToJson(orbit.SpectralRadius),
            ["eigenvalueError"] = JsonOutput.ToJson(orbit.EigenvalueError),
            ["norm"] = JsonOutput.ToJson(orbit.JacobianNorm),
            ["isHyperbolic"] = orbit.IsHyperbolic,
            ["unstableDirections"] = orbit.UnstableDirections,
            ["index"] = IndexSum.Index(orbit, power: 1),
            ["residual"] = JsonOutput.ToJson(orbit.Residual),
            ["error"] = JsonOutput.ToJson(orbit.PositionError),
        };

    private static JsonObject ToJson(NetworkDiagnosis answer, EdgeState edge)
        => new()
        {
            ["between"] = new JsonArray(FindAttractorIndex(answer, edge.First),
                FindAttractorIndex(answer, edge.Second)),
            ["crossing"] = JsonOutput.ToJson(edge.BoundaryPoint),
            ["edgeState"] = JsonOutput.ToJson(edge.Orbit[^1]),
            ["isKnownFixedPoint"] = edge.NearestOrbit is { Period: 1 },
            ["knownPeriod"] = edge.NearestOrbit?.Period,
        };

    /// <summary>The index, from 0, of a ball's attractor in the list of attractors.</summary>
    private static int FindAttractorIndex(NetworkDiagnosis answer, TrappingBall ball)
        => answer.InvariantSets.Attractors.Index().First(entry => entry.Item == ball.Orbit).Index;

    private static JsonObject NoiseToJson(NetworkDiagnosis answer)
        => new()
        {
            ["enters"] = Settings.FormatValue(answer.Options.NoiseAt),
            ["attractors"] = answer.InvariantSets.Attractors.Count,
            ["states"] = answer.StateCount,
            ["examinedAttractors"] = answer.Contractions.Count,
            ["examinedStates"] = answer.ExaminedStateCount,
            ["requested"] = answer.RequestedCertificate is { } requested ? CertificateToJson(answer, requested) : null,
            ["largestForABit"] = answer.TwoStateCertificate is { } bit ? CertificateToJson(answer, bit) : null,
            ["largestForAllStates"] =
                answer.AllStatesCertificate is { } full ? CertificateToJson(answer, full) : null,
            ["erasedBy"] = new JsonArray([.. answer.Attacks.Select(attack => new JsonObject
            {
                ["noise"] = attack.Noise,
                ["from"] = FindAttractorIndex(answer, attack.From),
                ["to"] = FindAttractorIndex(answer, attack.To),
                ["direction"] = new JsonArray([.. attack.Direction.Select(sign => JsonValue.Create(sign))]),
                ["alternates"] = attack.Alternates,
            })]),
            ["largestTried"] = JsonOutput.ToJson(answer.MaximumNoiseTried),
            ["criticalInput"] = JsonOutput.ToJson(NetworkReport.ComputeCriticalInput(answer)),
        };

    private static JsonObject CertificateToJson(NetworkDiagnosis answer, NoiseCertificate certificate)
        => new()
        {
            ["noise"] = certificate.Noise,
            ["states"] = certificate.StateCount,
            ["ofStates"] = answer.ExaminedStateCount,
            ["sets"] = new JsonArray([.. certificate.Sets.Select(set => new JsonArray([.. set.Select(ToJson)]))]),
        };

    private static JsonObject ToJson(LyapunovSpectrum spectrum)
        => new()
        {
            ["status"] = Settings.FormatValue(spectrum.Status),
            ["exponents"] = new JsonArray([.. spectrum.Exponents.Select(
                exponent => JsonOutput.ToJson("value", exponent.Value, exponent.Lower, exponent.Upper))]),
            ["sum"] = JsonOutput.ToJson(spectrum.Sum),
        };

    private static JsonArray ToJson(IEnumerable<Interval> box)
        => [.. box.Select(side => new JsonArray(JsonOutput.ToJson(side.Lower), JsonOutput.ToJson(side.Upper)))];

    private static JsonArray ToJson(Complex value)
        => new(JsonOutput.ToJson(value.Real), JsonOutput.ToJson(value.Imaginary));

    private static JsonObject ToJson(Proportion share)
        => JsonOutput.ToJson("share", share.Frequency, share.Lower, share.Upper);
}
