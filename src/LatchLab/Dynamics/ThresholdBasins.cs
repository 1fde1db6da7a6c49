namespace LatchLab.Dynamics;

/// <summary>
/// The cycles of a map of finitely many states, and the states that lead to each. Every state is visited twice: once to
/// find the cycle at the end of its path, once to record its distance.
/// </summary>
internal sealed class ThresholdBasins
{
    private const int Unvisited = -1, OnPath = -2;

    private readonly int[] _successors, _transients;
    private readonly List<int> _representatives = [], _periods = [], _sizes = [], _longestTransients = [];
    private readonly List<long> _transientSums = [];

    /// <summary>Finds the cycles.</summary>
    /// <param name="successors">The successor of each state.</param>
    public ThresholdBasins(int[] successors)
    {
        _successors = successors;
        _transients = new int[successors.Length];
        Labels = new int[successors.Length];
        Array.Fill(Labels, Unvisited);
        var path = new Stack<int>();
        for (int start = 0; start < successors.Length; start++)
        {
            int state = start;
            for (; Labels[state] == Unvisited; state = successors[state])
            {
                Labels[state] = OnPath;
                path.Push(state);
            }

            if (Labels[state] == OnPath)
                AddCycle(state);
            RecordPath(path);
        }
    }

    /// <summary>The number of the attractor of each state.</summary>
    public int[] Labels { get; }

    /// <summary>Number of attractors.</summary>
    public int AttractorCount => _periods.Count;

    /// <summary>Steps from a state to its attractor.</summary>
    public int GetTransient(int state) => _transients[state];

    /// <summary>Number of states of an attractor.</summary>
    public int GetPeriod(int label) => _periods[label];

    /// <summary>Number of states of its basin.</summary>
    public int GetSize(int label) => _sizes[label];

    /// <summary>The longest transient in its basin.</summary>
    public int GetLongestTransient(int label) => _longestTransients[label];

    /// <summary>The mean transient in its basin.</summary>
    public double GetMeanTransient(int label) => (double)_transientSums[label] / _sizes[label];

    /// <summary>The states of an attractor in the order of the map, from the smallest on.</summary>
    public int[] GetCycle(int label)
    {
        var cycle = new int[_periods[label]];
        cycle[0] = _representatives[label];
        for (int t = 1; t < cycle.Length; t++)
            cycle[t] = _successors[cycle[t - 1]];
        return cycle;
    }

    /// <summary>The attractors, the largest basin first, then by their smallest state.</summary>
    public IEnumerable<int> RankAttractors()
        => Enumerable.Range(0, AttractorCount).OrderByDescending(GetSize).ThenBy(label => _representatives[label]);

    private void AddCycle(int first)
    {
        int label = AttractorCount, smallest = first, period = 0;
        int state = first;
        do
        {
            Labels[state] = label;
            smallest = Math.Min(smallest, state);
            period++;
            state = _successors[state];
        }
        while (state != first);
        _representatives.Add(smallest);
        _periods.Add(period);
        _sizes.Add(period);
        _longestTransients.Add(0);
        _transientSums.Add(0);
    }

    /// <summary>Labels the states of a path, from its end on; those on a new cycle have their label already.</summary>
    private void RecordPath(Stack<int> path)
    {
        while (path.TryPop(out int state))
        {
            if (Labels[state] != OnPath)
                continue;
            int next = _successors[state], label = Labels[next], transient = _transients[next] + 1;
            Labels[state] = label;
            _transients[state] = transient;
            _sizes[label]++;
            _transientSums[label] += transient;
            _longestTransients[label] = Math.Max(_longestTransients[label], transient);
        }
    }
}
