using System.Diagnostics;
using System.Globalization;
using LatchLab.Dynamics;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Benchmarks;

/// <summary>
/// Measures the computations of Section IV: whole computations, several rounds of each in turn. To add one, add a row
/// to <see cref="Questions"/>.
/// </summary>
internal static class DynamicsTable
{
    private const int Rounds = 5;
    private const double Gain = 1.5; // chaotic

    /// <summary>The computations; each returns a note on its result.</summary>
    private static readonly (string Question, Func<string> Answer)[] Questions =
    [
        ("all exponents of 100 tanh units, 10⁴ steps", () => ComputeExponents(100, LyapunovOptions.All, 10_000)),
        ("the same after every step", () => ComputeExponents(100, LyapunovOptions.All, 10_000, longestBlock: 1)),
        ("the largest exponent of 100 tanh units, 10⁴ steps", () => ComputeExponents(100, 1, 10_000)),
        ("all exponents of 5 tanh units, 10⁵ steps", () => ComputeExponents(5, LyapunovOptions.All, 100_000)),
        ("basins and Γ of two units, 1,000 × 1,000 starts", () => ComputeBasins(1000)),
        ("the largest certified noise of the neuron w = 1.25",
            () => ComputeLargestNoise(new LatchDefinition("tanh", 1.25, []))),
    ];

    /// <summary>Measures and prints a table in Markdown.</summary>
    public static void Print()
    {
        Console.WriteLine("| Question | least s | median s | result |");
        Console.WriteLine("|---|--:|--:|---|");
        var seconds = new double[Questions.Length][];
        var notes = new string[Questions.Length];
        for (int i = 0; i < Questions.Length; i++)
            seconds[i] = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < Questions.Length; i++)
            {
                long begin = Stopwatch.GetTimestamp();
                notes[i] = Questions[i].Answer();
                seconds[i][round] = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            }
        }

        for (int i = 0; i < Questions.Length; i++)
        {
            double median = seconds[i].Order().ElementAt(Rounds / 2);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Questions[i].Question} | {seconds[i].Min():F3} | {median:F3} | {notes[i]} |"));
        }
    }

    private static string ComputeExponents(int units, int exponents, int steps, int longestBlock = 64)
    {
        var options = new LyapunovOptions { Steps = steps, Exponents = exponents, LongestBlock = longestBlock };
        var start = new double[units];
        start[0] = 1.0;
        LyapunovSpectrum spectrum = LyapunovExponents.Compute(CreateNetwork(units), start, options);
        LyapunovExponent largest = spectrum.Exponents[0];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"largest {largest.Value:F4} [{largest.Lower:F4}, {largest.Upper:F4}], " +
            $"least {spectrum.Exponents[^1].Value:F2}, {spectrum.Orthogonalizations:N0} orthogonalisations");
    }

    /// <summary>Two coupled latches with four attractors, every start followed until Γ is decided for all l.</summary>
    private static string ComputeBasins(int points)
    {
        DynamicalSystem system = DynamicalSystem.Create(
            new FullyConnectedDefinition("tanh", 2, 0, [1], [2.0, 0.3, -0.4, 1.8]));
        double[] axis = InitialConditions.Linspace(new(-3.0, 3.0), points);
        Basins basins = Basins.Compute(
            system,
            InvariantSets.Find(system).Balls,
            InitialConditions.Grid(axis, axis),
            threads: Environment.ProcessorCount);
        int reduced = Enumerable.Range(0, basins.Count).Count(basins.IsInReducedSet);
        int undecided = Enumerable.Range(0, basins.Count).Count(start => basins.Label(start) < 0);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{basins.Balls.Count} attractors, {reduced:N0} starts in Γ, {undecided:N0} undecided");
    }

    private static string ComputeLargestNoise(NetworkDefinition network)
    {
        InvariantSets sets = InvariantSets.Find(DynamicalSystem.Create(network));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"b = {new NoiseTolerance(network, [0.0], sets.Attractors).FindLargest(states: 2)!.Noise:G9}");
    }

    /// <summary>Creates a network with uniform weights of variance g²/n.</summary>
    private static FixedInputMap<RecurrentMap<Tanh>> CreateNetwork(int units)
    {
        UniformStream draws = new TrialRandom(Seed: 1, RandomWord: 0, Trial: 0).CreateUniformStream(
            Purpose.InitialParameters);
        double size = Gain * Math.Sqrt(3.0 / units);
        double[] weights = [.. Enumerable.Range(0, units * units).Select(_ => draws.Next(-size, size))];
        return new(new(default, weights, [], new double[units]), []);
    }
}
