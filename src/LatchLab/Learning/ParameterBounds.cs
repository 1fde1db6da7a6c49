using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>Bounds of parameters: a step beyond a bound ends at the bound.</summary>
internal sealed class ParameterBounds<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    private readonly LaneParameters<TLane> _lower;
    private readonly LaneParameters<TLane> _upper;
    private bool _hasBounds; // false: nothing to clamp

    /// <summary>Creates infinite bounds.</summary>
    public ParameterBounds(int bundles, int count)
    {
        _lower = new(bundles, count);
        _upper = new(bundles, count);
        _lower.Memory.Doubles.Fill(double.NegativeInfinity);
        _upper.Memory.Doubles.Fill(double.PositiveInfinity);
    }

    public void Set(int lane, SearchSpace space)
    {
        _lower.Fill(lane, double.NegativeInfinity);
        _upper.Fill(lane, double.PositiveInfinity);
        foreach (int i in space.TrainableParameters)
        {
            _lower[lane, i] = space.LowerBound(i);
            _upper[lane, i] = space.UpperBound(i);
            _hasBounds |= double.IsFinite(space.LowerBound(i)) || double.IsFinite(space.UpperBound(i));
        }
    }

    /// <summary>Moves every parameter that is out of bounds to its bound.</summary>
    public void Clamp(LaneParameters<TLane> parameters)
    {
        if (!_hasBounds)
            return;
        Span<TLane> values = parameters.Memory.Values, minima = _lower.Memory.Values, maxima = _upper.Memory.Values;
        for (int i = 0; i < values.Length; i++)
        {
            TLane value = TLane.WhereLess(values[i], minima[i], minima[i], values[i]);
            values[i] = TLane.WhereLess(maxima[i], value, maxima[i], value);
        }
    }
}
