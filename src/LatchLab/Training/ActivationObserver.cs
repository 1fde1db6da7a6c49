using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>The extrema and the saturated values of units and gates in the networks of the lanes.</summary>
/// <param name="activations">The units and gates.</param>
internal sealed class ActivationObserver<TLane>(IReadOnlyList<KeptActivation> activations)
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly LaneMemory<TLane> _minima = Fill(activations.Count, double.PositiveInfinity),
        _maxima = Fill(activations.Count, double.NegativeInfinity), _saturated = Fill(activations.Count, 0.0),
        _steps = Fill(1, 0.0);

    private readonly KeptActivation[] _activations = [.. activations];

    /// <summary>Adds a step.</summary>
    /// <param name="kept">What the networks keep of it.</param>
    /// <param name="start">Steps before the sequence of a lane starts.</param>
    /// <param name="time">The number of the step.</param>
    public void Add(UncheckedSpan<TLane> kept, TLane start, TLane time)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0);
        _steps.Values[0] += TLane.WhereLess(start, time, one, zero);
        Span<TLane> minima = _minima.Values, maxima = _maxima.Values, saturated = _saturated.Values;
        for (int i = 0; i < _activations.Length; i++)
        {
            TLane value = kept[_activations[i].Index];
            minima[i] = TLane.WhereLess(
                start, time, TLane.WhereLess(value, minima[i], value, minima[i]), minima[i]);
            maxima[i] = TLane.WhereLess(
                start, time, TLane.WhereLess(maxima[i], value, value, maxima[i]), maxima[i]);
            if (_activations[i].UnsaturatedRange is not var (lower, upper))
                continue;
            TLane isSaturated = TLane.WhereLess(
                value, TLane.From(lower), one, TLane.WhereLess(TLane.From(upper), value, one, zero));
            saturated[i] += TLane.WhereLess(start, time, isSaturated, zero);
        }
    }

    /// <summary>What was observed in a lane.</summary>
    public UnitActivity GetActivity(int lane)
    {
        double values = 0.0, saturated = 0.0;
        var constant = new List<int>();
        for (int i = 0; i < _activations.Length; i++)
        {
            if (_activations[i].UnsaturatedRange is not null)
            {
                values += Get(_steps, 0);
                saturated += Get(_saturated, i);
            }

            if (Get(_minima, i).Equals(Get(_maxima, i)))
                constant.Add(i);
        }

        return new(activations, saturated / values, constant, [.. constant.Select(i => Get(_minima, i))]);

        double Get(LaneMemory<TLane> memory, int i) => memory.Doubles[(i * TLane.Count) + lane];
    }

    private static LaneMemory<TLane> Fill(int count, double value)
    {
        var memory = new LaneMemory<TLane>(count);
        memory.Doubles.Fill(value);
        return memory;
    }
}
