using LatchLab.Dynamics;
using LatchLab.Networks;

namespace LatchLab.Diagnosis.Questions;

/// <summary>
/// How much noise the stored states survive at rest, added to every value of the state at every step: what is proved
/// harmless, what was seen to erase, and what random noise does. The truth lies between the first two; only together
/// do they say how far apart these are.
/// </summary>
public sealed record NoiseAtRest
{
    /// <summary>The stable fixed points that are examined, those with the largest |λ|.</summary>
    public const int MostStates = 16;

    private const double SmallestNoise = 1e-9, LargestNoise = 4.0;  // of the size of the states

    /// <summary>u, the input of the quiet steps.</summary>
    public required IReadOnlyList<double> HeldInput { get; init; }

    /// <summary>Number of stable fixed points.</summary>
    public required int StableCount { get; init; }

    /// <summary>The examined states, the weakest |λ| first; empty if fewer than two are stable.</summary>
    public required IReadOnlyList<RestPoint> States { get; init; }

    /// <summary>Whether the proof is provided for the cells of the network.</summary>
    public bool IsProofProvided { get; init; } = true;

    /// <summary>[state]: the proofs, null where nothing is proved; null if they were not computed.</summary>
    public IReadOnlyList<RestCertificate?>? Certified { get; init; }

    /// <summary>[state]: the smallest pushes, null where none erases; null if they were not searched for.</summary>
    public IReadOnlyList<NoisePush?>? Erased { get; init; }

    /// <summary>What random noise does; null if it was not measured.</summary>
    public RandomNoise? Random { get; init; }

    /// <summary>The certificates with disjoint boxes, of at least two states; null if there are none.</summary>
    public RestCertificates? Certificates { get; private init; }

    /// <summary>Asks the three questions about the stable fixed points; null if noise is not a question.</summary>
    internal static NoiseAtRest? Ask(
        CellDefinition network, IReadOnlyList<double> input, RestPoints points, DiagnosisOptions options,
        Inquiry asked)
    {
        if (!options.Only.Contains(Question.Noise))
            return null;
        var states = new StoredStates(network, input, points, MostStates, options.Threads);
        var answer = new NoiseAtRest { HeldInput = input, StableCount = states.StableCount, States = [] };
        if (states.Points.Count < 2)
            return answer;
        if (states.StableCount > MostStates)
            asked.Skip("noise", $"is computed for {MostStates} of the {states.StableCount} stable states");
        double size = Math.Max(1.0, states.Points.Max(point => point.State.Max(Math.Abs)));
        answer = answer with { States = states.Points, IsProofProvided = new RestCertifier(network, input).IsProvided };
        if (answer.IsProofProvided)
        {
            answer = answer.With(network, asked.Ask(
                Question.Noise, "noise: proofs", () => Certify(states, options, asked)));
        }

        double proved = FindLeast(answer.Certified?.Select(proof => proof?.Noise));
        answer = answer with
        {
            Erased = asked.Ask(Question.Noise, "noise: pushes", () => NoisePush.FindForEach(
                states, double.IsFinite(proved) ? proved : SmallestNoise * size, LargestNoise * size, asked.Deadline)),
        };
        double erased = FindLeast(answer.Erased?.Select(push => push?.Noise));
        double first = double.IsFinite(erased) ? 2.0 * erased : double.IsFinite(proved) ? 16.0 * proved : 0.01 * size;
        answer = answer with
        {
            Random = asked.Ask(Question.Noise, "noise: random", () => RandomNoise.Measure(
                states, first, SmallestNoise * size, LargestNoise * size, options.Seed, asked.Deadline)),
        };
        if (asked.Deadline.IsCancellationRequested && (answer.Erased is not null || answer.Random is not null))
            asked.Skip("noise", "the budget ended the search for smaller pushes or for larger random noise");
        return answer;
    }

    /// <summary>The least of some numbers; infinite if there is none.</summary>
    private static double FindLeast(IEnumerable<double?>? values)
        => values?.Min() ?? double.PositiveInfinity;

    private static RestCertificate?[] Certify(StoredStates states, DiagnosisOptions options, Inquiry asked)
    {
        var certificates = new RestCertificate?[states.Points.Count];
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Threads,
            CancellationToken = asked.Deadline,
        };
        Parallel.For(0, certificates.Length, parallel, i => certificates[i] = new RestCertifier(
            states.Network, states.Input).Certify(states.Points[i].State, asked.Deadline));
        return certificates;
    }

    private NoiseAtRest With(CellDefinition network, RestCertificate?[]? certificates)
    {
        var apart = new List<RestCertificate>();
        foreach (RestCertificate certificate in (certificates ?? []).OfType<RestCertificate>())
        {
            if (apart.TrueForAll(certificate.IsApartFrom))
                apart.Add(certificate);
        }

        return this with
        {
            Certified = certificates,
            Certificates = apart.Count < 2 ? null : new(network, HeldInput, apart),
        };
    }
}
