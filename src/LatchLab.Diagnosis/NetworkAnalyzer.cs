using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis;

/// <summary>Applies the theory to one network, in the order of Section IV.</summary>
public static class NetworkAnalyzer
{
    private const int LatchingUnitStarts = 32;
    // attractors whose noise tolerance is analysed: a network of n latches has 2ⁿ
    private const int MaximumExaminedAttractors = 16;
    private const double FinePrecision = 1e-6, CoarsePrecision = 1e-4;

    /// <summary>Analyses a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="constantInputs">The constant inputs; null for all 0.</param>
    /// <param name="options">The analyses and their effort.</param>
    /// <param name="runOptions">The run options.</param>
    /// <exception cref="ValidationException">
    /// A unit has no derivative, or the number of inputs differs from that of the network.
    /// </exception>
    public static NetworkDiagnosis Analyze(
        NetworkDefinition network, IReadOnlyList<double>? constantInputs, NetworkDiagnosisOptions options,
        RunOptions runOptions)
    {
        DrivenSystem driven = DrivenSystem.Create(network);
        constantInputs ??= new double[driven.Inputs];
        DynamicalSystem system = driven.WithConstantInputs(constantInputs);
        IReadOnlyList<Interval> range = options.CreateBox(system);
        InvariantSets sets = InvariantSets.Find(system, range,
            options.CreateSearchOptions(system.Dimension, runOptions.Seed));

        // Before the rest, because it may find another attractor.
        BasinFractions? fractions = sets.HasAttractor
            ? BasinFractions.Estimate(system, sets, range, options, runOptions)
            : null;
        PeriodicOrbit[] examined = [.. sets.Attractors.Take(MaximumExaminedAttractors)];
        double precision = system.Dimension <= 2 ? FinePrecision : CoarsePrecision;
        var tolerance = new NoiseTolerance(network, constantInputs, examined, options.NoiseAt);
        bool canStoreBit = tolerance.MaxStates >= 2;
        NoiseCertificate? twoStateCertificate = canStoreBit ? tolerance.FindLargest(states: 2, precision) : null;
        InitialConditions latchingStarts = InitialConditions.SampleUniform(range, LatchingUnitStarts,
            runOptions.Seed + 2);
        // a unit may diverge with one sign
        bool allDiverge = sets.Attractors.Count == 0 && sets.Unsettled.States.Count == 0;
        IReadOnlyList<int> latching = allDiverge ? [] : LatchingDecomposition.FindLatchingUnits(system, latchingStarts);
        return new()
        {
            Network = network,
            Options = options,
            ConstantInputs = constantInputs,
            RunOptions = runOptions,
            DrivenSystem = driven,
            AutonomousSystem = system,
            ActivationBounds = range,
            InvariantSets = sets,
            InitialStateDestination = InitialStateDestination.Find(network, driven, system, sets, options),
            AnalyticResults = [.. DescribeAnalyticResults(network, system)],
            BasinFractions = fractions,
            IndexSums = [.. Enumerable.Range(1, options.OrbitPeriod).Select(
                period => IndexSum.Compute(system, sets, period))],
            EdgeStates = EdgeState.FindAll(system, sets, options.GetSampleSteps(system.Dimension)),
            Contractions = [.. examined.Select(attractor
                => Contraction.FindEverywhere(system) ?? Contraction.FindLargestNoise(system, attractor.Points))],
            GradientDecays = [.. sets.Attractors.Select(attractor => new GradientDecay(system, attractor))],
            TwoStateCertificate = twoStateCertificate,
            AllStatesCertificate = twoStateCertificate is null || twoStateCertificate.StateCount == tolerance.MaxStates
                || tolerance.MaxStates == 2
                ? twoStateCertificate
                : tolerance.FindLargest(tolerance.MaxStates, precision),
            RequestedCertificate = options.Noise > 0.0 ? tolerance.Certify(options.Noise) : null,
            Attacks = canStoreBit && options.NoiseAt == NoiseLocation.Units
                ? [.. NoiseAttack.FindForEach(system, sets, tolerance.MaxTestedNoise, precision, examined,
                    options.MostSteps)]
                : [],
            LyapunovExponents = ComputeExponents(system, sets, options),
            LatchingUnits = latching.Count < system.Dimension ? latching : [],
            MaximumNoiseTried = tolerance.MaxTestedNoise,
        };
    }

    private static LyapunovSpectrum? ComputeExponents(
        DynamicalSystem system, InvariantSets sets, NetworkDiagnosisOptions options)
        => sets.Unsettled.States.Count == 0
            ? null
            : LyapunovExponents.Compute(
                system,
                sets.Unsettled.States[sets.Unsettled.Representative],
                new LyapunovOptions
                {
                    Exponents = options.Exponents == 0 ? LyapunovOptions.All : options.Exponents,
                    Steps = options.ExponentSteps,
                });

    /// <summary>Describes the special cases of Section IV-A.</summary>
    private static IEnumerable<string> DescribeAnalyticResults(NetworkDefinition network, DynamicalSystem system)
    {
        if (!network.IsAdditiveTanhNetwork)
            yield break;
        int n = system.Dimension;
        double[] w = system.Jacobian(new double[n]);
        bool isOriginFixed = system.Image(new double[n]).All(value => value == 0.0);
        double norm = SquareMatrix.SpectralNorm(w, n);
        if (norm < 1.0)
        {
            string where = isOriginFixed ? "the origin" : "one fixed point, which depends on inputs and biases";
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
