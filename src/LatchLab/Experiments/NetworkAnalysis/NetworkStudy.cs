using LatchLab.Dynamics;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Experiments.NetworkAnalysis;

/// <summary>Asks every question of the theory of one network: the order is that of Section IV.</summary>
public static class NetworkStudy
{
    private const int LatchingStarts = 32;
    private const int MostExamined = 16;        // attractors whose noise is examined: a net of n latches has 2ⁿ
    private const double FinePrecision = 1e-6, CoarsePrecision = 1e-4;

    /// <summary>Computes the answer.</summary>
    /// <param name="network">The network.</param>
    /// <param name="heldInputs">Its constant inputs; none for all 0.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="options">How to run.</param>
    /// <exception cref="InputException">
    /// A unit has no slope, or the inputs are not as many as the network has.
    /// </exception>
    public static NetworkAnswer Of(
        NetworkDefinition network, IReadOnlyList<double>? heldInputs, NetworkQuestion question, RunOptions options)
    {
        DrivenSystem driven = DrivenSystem.Of(network);
        heldInputs ??= new double[driven.Inputs];
        DynamicalSystem system = driven.Hold(heldInputs);
        Interval[] range = system.Range();
        InvariantSets sets = InvariantSets.Of(system, range, question.Effort(system.Dimension, options.Seed));

        PeriodicOrbit[] examined = [.. sets.Attractors.Take(MostExamined)];
        double precision = system.Dimension <= 2 ? FinePrecision : CoarsePrecision;
        var tolerance = new NoiseTolerance(network, heldInputs, examined, question.NoiseAt);
        bool canHold = tolerance.MostStates >= 2;
        NoiseCertificate? bit = canHold ? tolerance.Largest(states: 2, precision) : null;
        StartPoints latchingStarts = StartPoints.Spread(range, LatchingStarts, options.Seed + 2);
        bool allDiverge = sets.Attractors.Count == 0 && sets.Unsettled.Count == 0; // a unit may do that with one sign
        IReadOnlyList<int> latching = allDiverge ? [] : Projection.LatchingUnits(system, latchingStarts);
        return new()
        {
            Network = network,
            Question = question,
            HeldInputs = heldInputs,
            Options = options,
            Driven = driven,
            System = system,
            Range = range,
            Sets = sets,
            KnownBeforehand = [.. Beforehand(network, system)],
            Shares = sets.Attractors.Count == 0
                ? null
                : BasinShares.Of(system, sets, range, question.Samples, options, question.MostSteps),
            Edges = EdgeState.Of(system, sets),
            Contractions = [.. examined.Select(attractor => Contraction.Best(system, attractor.Points))],
            BitCertificate = bit,
            FullCertificate = bit is null || bit.States == tolerance.MostStates || tolerance.MostStates == 2
                ? bit
                : tolerance.Largest(tolerance.MostStates, precision),
            AskedCertificate = question.Noise > 0.0 ? tolerance.Certify(question.Noise) : null,
            Attacks = canHold && question.NoiseAt == NoisePlace.Units
                ? [.. NoiseAttack.OnEach(system, sets, tolerance.LargestTried, precision, examined)]
                : [],
            Exponents = ExponentsOf(system, sets, question),
            LatchingUnits = latching.Count < system.Dimension ? latching : [],
            LargestNoiseTried = tolerance.LargestTried,
        };
    }

    private static LyapunovSpectrum? ExponentsOf(
        DynamicalSystem system, InvariantSets sets, NetworkQuestion question)
        => sets.Unsettled.Count == 0
            ? null
            : LyapunovExponents.Of(
                system,
                sets.Unsettled[0],
                new LyapunovOptions
                {
                    Exponents = question.Exponents == 0 ? LyapunovOptions.All : question.Exponents,
                    Steps = question.ExponentSteps,
                });

    /// <summary>The special cases that Section IV-A names.</summary>
    private static IEnumerable<string> Beforehand(NetworkDefinition network, DynamicalSystem system)
    {
        if (!network.HasAdditiveInputs || network.Unit != KnownUnits.TanhName)
            yield break;
        int n = system.Dimension;
        double[] w = system.Jacobian(new double[n]);
        bool isAtRest = system.Image(new double[n]).All(value => value == 0.0);
        double norm = SquareMatrix.Norm(w, n);
        if (norm < 1.0)
        {
            string where = isAtRest ? "the origin" : "one fixed point, which the inputs and biases move";
            yield return $"|W| = {norm:G6} is below 1: the map contracts everywhere, and the only attractor is " +
                $"{where}.";
        }

        if (w.SequenceEqual(SquareMatrix.Transpose(w, n)))
        {
            double least = SquareMatrix.Eigenvalues(w, n).Min(value => value.Real);
            yield return least > -1.0
                ? $"W is symmetric and its least eigenvalue, {least:G6}, is above −1: all attractors are fixed " +
                    "points (Marcus, Waugh and Westervelt 1991)."
                : $"W is symmetric with a least eigenvalue of {least:G6}, not above −1: orbits of period 2 are " +
                    "possible.";
        }
    }
}
