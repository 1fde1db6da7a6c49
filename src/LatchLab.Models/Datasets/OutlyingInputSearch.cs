using LatchLab.Tasks;

namespace LatchLab.Models.Datasets;

/// <summary>
/// Searches the values of one input, as they are read, for one that is far from all others: whose distance from the
/// nearest other value exceeds <see cref="LargestDistance"/> standard deviations of the others.
/// </summary>
/// <param name="input">The index of the input.</param>
internal sealed class OutlyingInputSearch(int input)
{
    /// <summary>
    /// In values with exponential tails, the distance between the largest two is exponential, with a mean of one
    /// deviation of a tail, however many there are (Rényi 1953): it exceeds 20 with a probability of e⁻²⁰, 2·10⁻⁹.
    /// </summary>
    private const double LargestDistance = 20.0;

    private const int LeastOthers = 10; // of fewer values the deviation says little

    private (double Value, int Line) _lowest = (double.PositiveInfinity, 0);
    private (double Value, int Line) _highest = (double.NegativeInfinity, 0);
    private Statistics _others = new(); // of all values but these two

    /// <summary>Adds the next value.</summary>
    public void Add(double value, int line)
    {
        (double Value, int Line) other = (value, line);
        if (other.Value > _highest.Value)
            (_highest, other) = (other, _highest);
        if (other.Value < _lowest.Value && double.IsFinite(other.Value))
            (_lowest, other) = (other, _lowest);
        if (double.IsFinite(other.Value))
            _others.Add(other.Value);
    }

    /// <summary>The value that is farthest from the others; null if none is far.</summary>
    public OutlyingInput? Find()
    {
        double above = _highest.Value - _others.Highest, below = _others.Lowest - _lowest.Value;
        double distance = Math.Max(above, below) / _others.Deviation;
        if (_others.Count < LeastOthers || !(distance > LargestDistance && double.IsFinite(distance)))
            return null;
        Statistics all = _others;
        all.Add(_lowest.Value);
        all.Add(_highest.Value);
        return above > below
            ? new(input, _highest.Value, _highest.Line, distance, all.Mean, all.Deviation,
                (_lowest.Value, _others.Highest))
            : new(input, _lowest.Value, _lowest.Line, distance, all.Mean, all.Deviation,
                (_others.Lowest, _highest.Value));
    }

    /// <summary>Count, mean, squared deviations and range of values (Welford 1962).</summary>
    private struct Statistics()
    {
        private double _squaredDeviations;

        public long Count { get; private set; }

        public double Mean { get; private set; }

        public double Lowest { get; private set; } = double.PositiveInfinity;

        public double Highest { get; private set; } = double.NegativeInfinity;

        public readonly double Deviation => Math.Sqrt(_squaredDeviations / Count);

        public void Add(double value)
        {
            double difference = value - Mean;
            Mean += difference / ++Count;
            _squaredDeviations += difference * (value - Mean);
            (Lowest, Highest) = (Math.Min(Lowest, value), Math.Max(Highest, value));
        }
    }
}
