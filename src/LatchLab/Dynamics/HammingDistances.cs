namespace LatchLab.Dynamics;

/// <summary>
/// The Hamming distance of each state of n units to the nearest state of another basin. A state next to another basin
/// has the distance 1; every other state has one more than the nearest of its neighbours, which are all in its own
/// basin. The distances are computed in this order, for all states at once.
/// </summary>
/// <param name="labels">The basin of each of the 2ⁿ states.</param>
/// <param name="units">n.</param>
internal sealed class HammingDistances(int[] labels, int units)
{
    private readonly byte[] _distances = new byte[labels.Length];    // 0: not yet known

    /// <summary>The smallest distance of a state of each attractor; null if there is no other basin.</summary>
    /// <param name="attractors">The states of each attractor.</param>
    public int?[] FindFewestFlips(IReadOnlyList<int[]> attractors)
    {
        var fewest = new int?[attractors.Count];
        for (byte distance = 1; distance <= units && fewest.Contains(null) && Extend(distance); distance++)
        {
            for (int i = 0; i < fewest.Length; i++)
            {
                if (fewest[i] is null && attractors[i].Any(state => _distances[state] == distance))
                    fewest[i] = distance;
            }
        }

        return fewest;
    }

    /// <summary>Finds all states at a distance; returns whether there are any.</summary>
    private bool Extend(byte distance)
    {
        bool isAny = false;
        for (int state = 0; state < labels.Length; state++)
        {
            if (_distances[state] == 0 && HasNeighbourAt(state, distance - 1))
            {
                _distances[state] = distance;
                isAny = true;
            }
        }

        return isAny;
    }

    /// <summary>Whether a neighbour has a distance; 0 means that it lies in another basin.</summary>
    private bool HasNeighbourAt(int state, int distance)
    {
        for (int unit = 0; unit < units; unit++)
        {
            int neighbour = state ^ (1 << unit);
            if (distance == 0 ? labels[neighbour] != labels[state] : _distances[neighbour] == distance)
                return true;
        }

        return false;
    }
}
