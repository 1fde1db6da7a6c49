using System.Numerics;
using System.Text.Json.Nodes;
using LatchLab.Dynamics;
using LatchLab.Experiments.NetworkAnalysis;
using LatchLab.Experiments.Statistics;
using LatchLab.Numerics;

namespace LatchLab.Cli;

/// <summary>The answer about a network as one JSON document (docs/theory.md); all states are activations.</summary>
internal static class NetworkJson
{
    /// <summary>The document.</summary>
    /// <param name="answer">What was found.</param>
    /// <param name="page">The path of the report; null if none was written.</param>
    public static JsonObject Of(NetworkAnswer answer, string? page)
        => new()
        {
            ["status"] = answer.IsConclusive ? "ok" : "no attractor found",
            ["report"] = page,
            ["variables"] = answer.System.Dimension,
            ["heldInputs"] = Numbers.Json(answer.HeldInputs),
            ["range"] = Json(answer.Range),
            ["knownBeforehand"] = new JsonArray([.. answer.KnownBeforehand.Select(text => JsonValue.Create(text))]),
            ["attractors"] = new JsonArray(
                [.. answer.Sets.Attractors.Select((attractor, i) => Attractor(answer, attractor, i))]),
            ["otherFixedPoints"] = new JsonArray(
                [
                    .. answer.Sets.FixedPoints.Orbits
                        .Where(orbit => !answer.Sets.Attractors.Contains(orbit))
                        .Select(Json),
                ]),
            ["search"] = Search(answer.Sets),
            ["basins"] = answer.Shares is not { } shares ? null : new JsonObject
            {
                ["undecided"] = Json(shares.Undecided),
                ["divergent"] = Json(shares.Divergent),
                ["attractorsLieInTheirReducedSets"] = shares.IsNested,
                ["reducedSetsAreDecidedForAllPowers"] = shares.IsProved,
            },
            ["boundaries"] = new JsonArray([.. answer.Edges.Select(edge => Json(answer, edge))]),
            ["noise"] = Noise(answer),
            ["exponents"] = answer.Exponents is { } spectrum ? Json(spectrum) : null,
            ["latchingUnits"] = new JsonArray([.. answer.LatchingUnits.Select(unit => JsonValue.Create(unit))]),
        };

    private static JsonObject Search(InvariantSets sets)
        => new()
        {
            ["isComplete"] = sets.FixedPoints.IsComplete,
            ["newtonStarts"] = sets.FixedPoints.Starts,
            ["notConverged"] = sets.FixedPoints.NotConverged,
            ["leastResidual"] = Numbers.Json(sets.FixedPoints.LeastResidual),
            ["orbits"] = sets.Starts,
            ["divergentOrbits"] = sets.Divergent,
            ["unsettledOrbits"] = sets.Unsettled.Count,
        };

    private static JsonObject Attractor(NetworkAnswer answer, PeriodicOrbit attractor, int index)
    {
        JsonObject json = Json(attractor);
        json["outputs"] = new JsonArray(
            [.. attractor.Points.Select(point => Numbers.Json(answer.Driven.Outputs(point)))]);
        json["basinShare"] = Json(answer.Shares!.Basin[index]);
        json["reducedShare"] = answer.Shares.Reduced is { } reduced ? Json(reduced[index]) : null;
        json["theorem3"] = answer.Contractions.ElementAtOrDefault(index) is not { } contraction ? null : new JsonObject
        {
            ["noise"] = Numbers.Json(contraction.Noise),
            ["distance"] = Numbers.Json(contraction.Distance),
            ["rate"] = Numbers.Json(contraction.Rate),
        };
        return json;
    }

    private static JsonObject Json(PeriodicOrbit orbit)
        => new()
        {
            ["kind"] = orbit.Describe(),
            ["period"] = orbit.Period,
            ["activations"] = new JsonArray([.. orbit.Points.Select(point => Numbers.Json(point))]),
            ["eigenvalues"] = new JsonArray([.. orbit.Eigenvalues.Select(Json)]),
            ["spectralRadius"] = Numbers.Json(orbit.SpectralRadius),
            ["eigenvalueError"] = Numbers.Json(orbit.EigenvalueError),
            ["norm"] = Numbers.Json(orbit.Norm),
            ["isHyperbolic"] = orbit.IsHyperbolic,
            ["residual"] = Numbers.Json(orbit.Residual),
            ["error"] = Numbers.Json(orbit.Error),
        };

    private static JsonObject Json(NetworkAnswer answer, EdgeState edge)
        => new()
        {
            ["between"] = new JsonArray(Index(answer, edge.One), Index(answer, edge.Other)),
            ["crossing"] = Numbers.Json(edge.Crossing),
            ["edgeState"] = Numbers.Json(edge.Orbit[^1]),
            ["isKnownFixedPoint"] = edge.State is not null,
        };

    /// <summary>The number of a ball's attractor in the list of attractors, from 0.</summary>
    private static int Index(NetworkAnswer answer, TrappingBall ball)
        => answer.Sets.Attractors.Index().First(entry => entry.Item == ball.Orbit).Index;

    private static JsonObject Noise(NetworkAnswer answer)
        => new()
        {
            ["enters"] = Settings.InWords(answer.Question.NoiseAt),
            ["asked"] = answer.AskedCertificate is { } asked ? Certificate(asked) : null,
            ["largestForABit"] = answer.BitCertificate is { } bit ? Certificate(bit) : null,
            ["largestForAllStates"] = answer.FullCertificate is { } full ? Certificate(full) : null,
            ["erasedBy"] = new JsonArray([.. answer.Attacks.Select(attack => new JsonObject
            {
                ["noise"] = attack.Noise,
                ["from"] = Index(answer, attack.From),
                ["to"] = Index(answer, attack.To),
                ["direction"] = new JsonArray([.. attack.Direction.Select(sign => JsonValue.Create(sign))]),
                ["alternates"] = attack.Alternates,
            })]),
            ["largestTried"] = Numbers.Json(answer.LargestNoiseTried),
            ["criticalInput"] = Numbers.Json(NetworkReport.CriticalInput(answer)),
        };

    private static JsonObject Certificate(NoiseCertificate certificate)
        => new()
        {
            ["noise"] = certificate.Noise,
            ["states"] = certificate.States,
            ["sets"] = new JsonArray([.. certificate.Sets.Select(set => new JsonArray([.. set.Select(Json)]))]),
        };

    private static JsonObject Json(LyapunovSpectrum spectrum)
        => new()
        {
            ["status"] = Settings.InWords(spectrum.Status),
            ["exponents"] = new JsonArray([.. spectrum.Exponents.Select(exponent => new JsonObject
            {
                ["value"] = Numbers.Json(exponent.Value),
                ["lower"] = Numbers.Json(exponent.Lower),
                ["upper"] = Numbers.Json(exponent.Upper),
            })]),
            ["sum"] = Numbers.Json(spectrum.Sum),
        };

    private static JsonArray Json(IEnumerable<Interval> box)
        => [.. box.Select(side => new JsonArray(Numbers.Json(side.Lower), Numbers.Json(side.Upper)))];

    private static JsonArray Json(Complex value) => new(Numbers.Json(value.Real), Numbers.Json(value.Imaginary));

    private static JsonObject Json(Proportion share)
        => new()
        {
            ["share"] = Numbers.Json(share.Frequency),
            ["lower"] = Numbers.Json(share.Lower),
            ["upper"] = Numbers.Json(share.Upper),
        };
}
