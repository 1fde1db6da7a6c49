using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The search of <see cref="RestPoints.Find"/>: which starts Newton's method takes, and which of its ends are the same
/// point. Threads take the starts in order, and ends are compared in that order, so that threads do not change the
/// result, and a deadline cuts it off after a number of starts.
/// </summary>
internal sealed class RestPointSearch
{
    /// <summary>Points closer than this, relative to their size or 1, are the same.</summary>
    private const double Distinct = 1e-6;

    // Errors of degenerate points can be larger, but not so large that neighbours are lost.
    private const double LargestTolerance = 1e-3;

    // Products of a weight and a value at rest in all orbits: some seconds.
    private const double RestWork = 1e10;

    private const int GroupSize = 16, MidpointsPerRound = 256, FurtherStartsPerRound = 64;

    private readonly IReadOnlyList<IReadOnlyList<double>> _visited;
    private readonly RestPointOptions _options;
    private readonly IProgress<RestPointProgress>? _progress;
    private readonly CancellationToken _deadline;
    private readonly CellDefinition _network;
    private readonly double[] _input;
    private readonly RestPointNewton[] _workers;
    private readonly List<(RestPointAnalyzer.Candidate Point, int Starts)> _found = [];
    private readonly HashSet<(int, int)> _pairs = [];
    private int _starts, _notConverged, _rounds;
    private double _smallestResidual = double.NaN;
    private RestPointEnding? _ending;

    public RestPointSearch(
        CellDefinition network, IReadOnlyList<IReadOnlyList<double>> visited, IReadOnlyList<double>? inputs,
        RestPointOptions options, IProgress<RestPointProgress>? progress, CancellationToken deadline)
    {
        (_network, _visited, _options, _progress, _deadline) = (network, visited, options, progress, deadline);
        CellSystem system = CellSystem.Create(network, options.Lanes);
        _input = inputs is null ? new double[system.Inputs] : [.. inputs];
        RestStates.ThrowIfInvalid(system, _input, visited);
        RestStates.ThrowIfInvalid(system, _input, options.FirstStarts);
        _workers = new RestPointNewton[options.Threads];
        for (int thread = 0; thread < _workers.Length; thread++)
        {
            _workers[thread] = new(
                thread == 0 ? system : CellSystem.Create(network, options.Lanes), _input, options.Lanes);
        }
    }

    private CellSystem System => _workers[0].System;

    private int IndexSum => _found.Sum(found => found.Point.Index);

    private IndexVerdict Verdict
        => !System.IsBounded ? IndexVerdict.NotApplicable
            : _found.Exists(found => found.Point.Index == 0) ? IndexVerdict.Undecided
            : IndexSum == 1 ? IndexVerdict.ConsistentWithComplete
            : IndexVerdict.Incomplete;

    public RestPoints Run()
    {
        TryStarts(PlanFirstStarts());
        while (_ending is null)
        {
            int known = _found.Count;
            double[][] starts = PlanFurtherStarts();
            if (starts.Length == 0)
                _ending = RestPointEnding.NothingNew;
            TryStarts(starts);
            if (_found.Count == known && Verdict != IndexVerdict.Incomplete)
                _ending ??= RestPointEnding.NothingNew;
        }

        var points = new RestPoint[_found.Count];
        RunInThreads(points.Length, (newton, i) => points[i] = RestPointAnalyzer.Complete(
            newton, _found[i].Point, _found[i].Starts, points.Length, _options), default);
        return new(
            [.. points.OrderBy(point => point.Stability).ThenBy(point => point.UnstableDirections)
                .ThenBy(point => point.State[0])],
            _starts, _notConverged, _smallestResidual, Verdict, _ending!.Value);
    }

    /// <summary>The given states, the state 0, ends of orbits at rest, visited states, and uniform ones.</summary>
    private List<double[]> PlanFirstStarts()
    {
        List<double[]> starts =
            [.. _options.FirstStarts.Select(state => state.ToArray()), new double[System.Dimension]];
        double[][] visited = RestStates.Choose(_visited, _options.RestOrbits);
        double affordable = RestWork / Math.Max(1.0, (double)visited.Length * _network.Parameters.Count);
        int steps = (int)Math.Clamp(affordable, 1.0, _options.RestSteps);
        foreach (double[] end in RestStates.Follow(_network, visited, _input, steps, _deadline))
        {
            if (!starts.Exists(start => IsNear(start, end, LargestTolerance)))
                starts.Add(end);
        }

        starts.AddRange(RestStates.Choose(_visited, _options.VisitedStarts));
        starts.AddRange(SampleUniform(_options.UniformStarts, _options.Seed));
        return starts;
    }

    /// <summary>
    /// Midpoints of pairs of points, the closest pairs first; if all were tried and points are missing, means of random
    /// triples, and uniform states.
    /// </summary>
    private double[][] PlanFurtherStarts()
    {
        var pairs = (from i in Enumerable.Range(0, _found.Count)
                     from j in Enumerable.Range(0, i)
                     where !_pairs.Contains((i, j))
                     orderby PeriodicOrbit.Distance(_found[i].Point.State, _found[j].Point.State)
                     select (i, j)).Take(MidpointsPerRound).ToArray();
        _pairs.UnionWith(pairs);
        if (pairs.Length > 0)
            return [.. pairs.Select(pair => MeanOf(pair.i, pair.j))];
        if (Verdict != IndexVerdict.Incomplete)
            return [];
        ulong seed = _options.Seed + (ulong)++_rounds;
        UniformStream draws = new TrialRandom(seed, FixedPoints.RandomWord, Trial: 1).CreateUniformStream(
            Purpose.StartingPoints);
        int DrawPoint() => (int)draws.Next(0.0, _found.Count);
        return
        [
            .. Enumerable.Range(0, _found.Count < 3 ? 0 : FurtherStartsPerRound)
                .Select(_ => MeanOf(DrawPoint(), DrawPoint(), DrawPoint())),
            .. SampleUniform(FurtherStartsPerRound, seed),
        ];
    }

    private double[] MeanOf(params int[] points)
        => [.. Enumerable.Range(0, System.Dimension)
            .Select(i => points.Sum(point => _found[point].Point.State[i]) / points.Length)];

    private IEnumerable<double[]> SampleUniform(int count, ulong seed)
        => FixedPoints.SampleUniform(RestStates.Enclose(_visited, System.Dimension), count, seed);

    private void TryStarts(IReadOnlyList<double[]> starts)
    {
        int planned = _starts + starts.Count;
        foreach (double[][] group in starts.Take(_options.MaxStarts - _starts).Chunk(GroupSize))
        {
            if (_ending is not null)
                return;
            var results = new RestPointNewton.Result?[group.Length];
            RunInThreads(group.Length, (newton, i) => results[i] = newton.Solve(group[i], _deadline), _deadline);
            foreach (RestPointNewton.Result result in results.TakeWhile(result => result is not null).Select(r => r!))
                Add(result);
            if (_deadline.IsCancellationRequested)
                _ending = RestPointEnding.Deadline;
            _progress?.Report(new(_starts, planned, _found.Count, IndexSum));
        }

        if (_starts >= _options.MaxStarts)
            _ending ??= RestPointEnding.StartsUsedUp;
    }

    private void Add(RestPointNewton.Result result)
    {
        if (_ending is not null)
            return;
        _starts++;
        if (!result.HasConverged)
        {
            _notConverged++;
            if (double.IsFinite(result.Residual) && !(result.Residual >= _smallestResidual))
                _smallestResidual = result.Residual;
            return;
        }

        int known = FindKnown(result.State, error: 0.0);
        RestPointAnalyzer.Candidate? candidate = known < 0 ? RestPointAnalyzer.Examine(_workers[0], result) : null;
        if (candidate is not null)
            known = FindKnown(result.State, candidate.PositionError);
        if (known >= 0)
            _found[known] = (_found[known].Point, _found[known].Starts + 1);
        else
            _found.Add((candidate!, 1));
        if (_found.Count >= _options.MaxPoints)
            _ending = RestPointEnding.PointsUsedUp;
    }

    private int FindKnown(double[] state, double error)
        => _found.FindIndex(found => IsNear(
            found.Point.State, state, Math.Clamp(found.Point.PositionError + error, Distinct, LargestTolerance)));

    private static bool IsNear(double[] a, double[] b, double tolerance)
        => PeriodicOrbit.Distance(a, b) <= tolerance * Math.Max(1.0, a.Max(Math.Abs));

    /// <summary>Runs an operation for 0 … count − 1, in this order, until the deadline.</summary>
    private void RunInThreads(int count, Action<RestPointNewton, int> operation, CancellationToken deadline)
    {
        int next = -1;
        Parallel.For(0, Math.Min(count, _workers.Length), thread =>
        {
            for (int i = Interlocked.Increment(ref next); i < count && !deadline.IsCancellationRequested;
                i = Interlocked.Increment(ref next))
            {
                operation(_workers[thread], i);
            }
        });
    }
}
