using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>Bounds of parameters: a step that would leave them ends there.</summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
internal sealed class ParameterBounds<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    private readonly LaneParameters<TLane> lower;
    private readonly LaneParameters<TLane> upper;
    private bool any; // as long as there are none, nothing is done

    /// <summary>No bounds yet.</summary>
    public ParameterBounds(int bundles, int count)
    {
        lower = new(bundles, count);
        upper = new(bundles, count);
        lower.Memory.Numbers.Fill(double.NegativeInfinity);
        upper.Memory.Numbers.Fill(double.PositiveInfinity);
    }

    /// <summary>The bounds of a lane.</summary>
    public void Set(int lane, SearchSpace space)
    {
        lower.Fill(lane, double.NegativeInfinity);
        upper.Fill(lane, double.PositiveInfinity);
        foreach (int i in space.Free)
        {
            lower[lane, i] = space.Lower(i);
            upper[lane, i] = space.Upper(i);
            any |= double.IsFinite(space.Lower(i)) || double.IsFinite(space.Upper(i));
        }
    }

    /// <summary>Moves every parameter that is outside to its bound.</summary>
    public void Apply(LaneParameters<TLane> parameters)
    {
        if (!any)
            return;
        Span<TLane> values = parameters.Memory.Values, least = lower.Memory.Values, most = upper.Memory.Values;
        for (int i = 0; i < values.Length; i++)
        {
            TLane value = TLane.WhereLess(values[i], least[i], least[i], values[i]);
            values[i] = TLane.WhereLess(most[i], value, most[i], value);
        }
    }
}
