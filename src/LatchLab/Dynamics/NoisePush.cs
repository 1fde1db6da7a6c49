namespace LatchLab.Dynamics;

/// <summary>
/// The counterpart of <see cref="RestCertificate"/>: small noise that drives a network from a stable fixed point to
/// another. It is the same at every step, or of alternating sign, ±b in each value of the state.
/// </summary>
/// <param name="Noise">b, the smallest that was found.</param>
/// <param name="Direction">±1 for each value.</param>
/// <param name="Alternates">Whether it changes its sign at every step.</param>
/// <param name="To">
/// Where the network goes: an index in <see cref="StoredStates.All"/>, or <see cref="StoredStates.Diverged"/>.
/// </param>
public sealed record NoisePush(double Noise, IReadOnlyList<int> Direction, bool Alternates, int To)
{
    private const int PushedSteps = 600;
    private const int Targets = 2;          // nearest points of each kind that pushes aim at
    private const int EigenvectorSteps = 500;
    private const double Growth = 4.0;      // of the noise, until it erases
    private const int Bisections = 8;       // of this factor: 4^(1/256) is 1.005

    /// <summary>
    /// Finds the smallest push that erases each state; null for one without any. The pushes aim at the nearest saddles
    /// with one unstable direction, at the nearest stable points, and both ways along the left eigenvectors of the
    /// leading eigenvalues of the state and of these saddles, which are normal to the boundary of the basin there.
    /// </summary>
    /// <param name="states">The states.</param>
    /// <param name="smallest">The smallest noise that is tested.</param>
    /// <param name="largest">The noise from which on no further is tested.</param>
    /// <param name="deadline">
    /// When it is cancelled, the search ends and returns the smallest pushes so far, if every state has one.
    /// </param>
    /// <exception cref="OperationCanceledException">The deadline was reached before.</exception>
    public static IReadOnlyList<NoisePush?> FindForEach(
        StoredStates states, double smallest, double largest, CancellationToken deadline = default)
    {
        Candidate[] candidates = [.. from entry in states.Points.Index()
                                     from push in ListDirections(states, entry.Item)
                                     select new Candidate(entry.Index, push.Direction, push.Alternates)];
        double[] FindBest() => [.. states.Points.Select((_, i) => candidates.Where(
            candidate => candidate.State == i).Min(candidate => candidate.High))];
        try
        {
            for (double noise = smallest; noise < largest; noise *= Growth)
            {
                double[] best = FindBest();
                Test(states, [.. candidates.Where(candidate => double.IsInfinity(best[candidate.State]))],
                    _ => noise, deadline);
            }

            for (int bisection = 0; bisection < Bisections; bisection++)
            {
                // A push that already fails at the best of its state cannot become the best.
                double[] best = FindBest();
                Test(states,
                    [.. candidates.Where(candidate => candidate.Low < best[candidate.State]
                        && double.IsFinite(candidate.High))],
                    candidate => Math.Sqrt(candidate.Low * candidate.High), deadline);
            }
        }
        catch (OperationCanceledException) when (Array.TrueForAll(FindBest(), double.IsFinite))
        {
            // What was found erases.
        }

        return [.. states.Points.Select((_, i) => candidates.Where(
            candidate => candidate.State == i && double.IsFinite(candidate.High))
            .MinBy(candidate => candidate.High) is { } best
                ? new NoisePush(best.High, best.Direction, best.Alternates, best.To) : null)];
    }

    private static void Test(
        StoredStates states, Candidate[] candidates, Func<Candidate, double> choose, CancellationToken deadline)
    {
        if (candidates.Length == 0)
            return;
        double[] noise = [.. candidates.Select(choose)];
        int[] destinations = states.FindDestinations(
            [.. candidates.Select(candidate => states.Points[candidate.State].State.ToArray())], PushedSteps,
            (orbit, t, values) =>
            {
                double size = candidates[orbit].Alternates && t % 2 == 0 ? -noise[orbit] : noise[orbit];
                for (int i = 0; i < values.Length; i++)
                    values[i] = size * candidates[orbit].Direction[i];
            }, deadline);
        foreach ((int i, Candidate candidate) in candidates.Index())
        {
            int to = destinations[i];
            bool isErased = to == StoredStates.Diverged
                || (to >= 0 && states.All[to] != states.Points[candidate.State]);
            if (isErased)
                (candidate.High, candidate.To) = (noise[i], to);
            else
                candidate.Low = noise[i];
        }
    }

    private static IEnumerable<(int[] Direction, bool Alternates)> ListDirections(StoredStates states, RestPoint from)
    {
        IEnumerable<RestPoint> Nearest(Func<RestPoint, bool> isTarget) => states.All.Where(isTarget)
            .OrderBy(point => StoredStates.Distance(point, from)).Take(Targets);
        var directions = new List<int[]>();
        foreach (RestPoint to in Nearest(point => point.UnstableDirections == 1).Concat(Nearest(
            point => point.Stability == RestPointStability.Stable && point != from)))
        {
            directions.Add([.. to.State.Zip(from.State, (target, start) => target >= start ? 1 : -1)]);
        }

        (int[] leading, bool alternates) = FindLeadingDirection(states, from);
        foreach (int[] direction in Nearest(point => point.UnstableDirections == 1)
            .Select(saddle => FindLeadingDirection(states, saddle).Direction).Prepend(leading))
        {
            directions.AddRange([direction, [.. direction.Select(sign => -sign)]]);
        }

        IEnumerable<(int[], bool)> distinct = directions.DistinctBy(direction => string.Join("", direction))
            .Select(direction => (direction, false));
        return alternates ? distinct.Append((leading, true)) : distinct;
    }

    /// <summary>
    /// The signs of the left eigenvector of the leading eigenvalue, and whether that is negative: repeated products
    /// with the transposed Jacobian.
    /// </summary>
    private static (int[] Direction, bool Alternates) FindLeadingDirection(StoredStates states, RestPoint point)
    {
        double[] state = [.. point.State], vector = [.. state.Select((_, i) => 1.0 + (0.1 * (i % 7)))], next = [];
        ReadOnlySpan<double> jacobian = CellSystem.Create(states.Network).Jacobian(state, [.. states.Input]);
        double product = 0.0;
        for (int step = 0; step < EigenvectorSteps; step++)
        {
            next = new double[state.Length];
            for (int i = 0; i < state.Length; i++)
            {
                for (int j = 0; j < state.Length; j++)
                    next[j] += vector[i] * jacobian[(i * state.Length) + j];
            }

            double size = next.Max(Math.Abs);
            if (!(size > 0.0))
                break;
            product = next.Zip(vector, (a, b) => a * b).Sum();
            vector = [.. next.Select(value => value / size)];
        }

        return ([.. vector.Select(value => value >= 0.0 ? 1 : -1)], product < 0.0);
    }

    /// <summary>A push whose size is searched for: it fails at Low and erases at High.</summary>
    private sealed class Candidate(int state, int[] direction, bool alternates)
    {
        public int State => state;

        public int[] Direction => direction;

        public bool Alternates => alternates;

        public double Low { get; set; }

        public double High { get; set; } = double.PositiveInfinity;

        public int To { get; set; }
    }
}
