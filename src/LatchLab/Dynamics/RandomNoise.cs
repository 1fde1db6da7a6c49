using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// How often a network returns to its stable fixed points after independent noise, uniform in [−b, b], in every value
/// of the state.
/// </summary>
/// <param name="Steps">Steps with noise.</param>
/// <param name="Runs">Runs from each state.</param>
/// <param name="Amplitudes">The values of b, ascending.</param>
/// <param name="Shares">[state][amplitude]: the share of the runs that come back.</param>
public sealed record RandomNoise(
    int Steps, int Runs, IReadOnlyList<double> Amplitudes, IReadOnlyList<IReadOnlyList<double>> Shares)
{
    private const int DefaultSteps = 2000, DefaultRuns = 40;
    private const int TrialRuns = 8;        // of the search for the amplitude at which a state is lost
    private const int PairsTogether = 256;  // random numbers that are drawn at once, in pairs

    // The amplitudes that are reported, beside the first power of 2 at which a trial run was lost.
    private static readonly double[] Factors = [0.5, 0.70710678118654757, 1.0, 1.4142135623730951];

    /// <summary>
    /// The largest amplitude at which all runs came back, and the smallest at which some did not, with the share of
    /// the weakest state; NaN where there is none.
    /// </summary>
    public (double Survived, double Lost, double Share) Drop
    {
        get
        {
            double[] weakest = [.. Amplitudes.Select((_, i) => Shares.Min(shares => shares[i]))];
            int lost = Array.FindIndex(weakest, share => share < 1.0);
            return (
                lost == 0 ? double.NaN : Amplitudes[lost < 0 ? Amplitudes.Count - 1 : lost - 1],
                lost < 0 ? double.NaN : Amplitudes[lost], lost < 0 ? 1.0 : weakest[lost]);
        }
    }

    /// <summary>
    /// Searches for the amplitude at which the first state is lost, by doubling or halving it, and measures around it.
    /// </summary>
    /// <param name="states">The states, at least one.</param>
    /// <param name="first">The first amplitude.</param>
    /// <param name="least">The amplitude below which none is tested.</param>
    /// <param name="largest">The amplitude from which on no further is tested.</param>
    /// <param name="seed">The seed of the noise.</param>
    /// <param name="deadline">When it is cancelled, the amplitudes so far are returned; null if there are none.</param>
    public static RandomNoise? Measure(
        StoredStates states, double first, double least, double largest, ulong seed,
        CancellationToken deadline = default)
    {
        var amplitudes = new List<double>();
        var shares = new List<double[]>();
        try
        {
            bool IsSurvived(double noise) => FindShares(states, noise, TrialRuns, seed, deadline).Min() == 1.0;
            double amplitude = first;
            if (IsSurvived(amplitude))
            {
                for (amplitude *= 2.0; amplitude < largest && IsSurvived(amplitude);)
                    amplitude *= 2.0;
            }
            else
            {
                while (amplitude > least && !IsSurvived(0.5 * amplitude))
                    amplitude *= 0.5;
            }

            foreach (double factor in Factors)
            {
                shares.Add(FindShares(states, factor * amplitude, DefaultRuns, seed, deadline));
                amplitudes.Add(factor * amplitude);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // What was measured is returned.
        }

        return amplitudes.Count == 0 ? null : new(
            DefaultSteps, DefaultRuns, amplitudes,
            [.. states.Points.Select((_, i) => (double[])[.. shares.Select(share => share[i])])]);
    }

    /// <summary>The share of the runs of each state that come back after noise of an amplitude.</summary>
    internal static double[] FindShares(
        StoredStates states, double amplitude, int runs, ulong seed, CancellationToken deadline)
    {
        Stream[] streams = [.. from state in Enumerable.Range(0, states.Points.Count)
                               from run in Enumerable.Range(0, runs)
                               select new Stream(seed, (state * DefaultRuns) + run)];
        int[] destinations = states.FindDestinations(
            [.. streams.Select((_, i) => states.Points[i / runs].State.ToArray())], DefaultSteps,
            (orbit, _, values) => streams[orbit].Fill(amplitude, values), deadline);
        return [.. states.Points.Select((point, state) => destinations.Skip(state * runs).Take(runs).Count(
            to => to >= 0 && states.All[to] == point) / (double)runs)];
    }

    /// <summary>The noise of one run; with another amplitude the same numbers, scaled.</summary>
    private sealed class Stream(ulong seed, int number)
    {
        private readonly double[] _first = new double[PairsTogether], _second = new double[PairsTogether];
        private int _drawn, _used;

        public void Fill(double amplitude, Span<double> values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                int index = _used++ % (2 * PairsTogether);
                if (index == 0)
                {
                    new TrialRandom(seed, FixedPoints.RandomWord, number).FillUniforms(
                        Purpose.Perturbation, item: 0, _drawn, _first, _second);
                    _drawn += PairsTogether;
                }

                double uniform = index % 2 == 0 ? _first[index / 2] : _second[index / 2];
                values[i] = amplitude * ((2.0 * uniform) - 1.0);
            }
        }
    }
}
