using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Finds the largest noise for which <see cref="RestCertificate"/> proves that a stable fixed point is never left. Any
/// vector b′ proves some noise; the best one leaves the same noise in every value.
/// </summary>
/// <remarks>
/// The remainder D·w is nearly quadratic in b′, so that the noise is about β − c·β² for b′ of the mean β. The vector is
/// balanced by repeating <c>b′ ← b + r + D·w</c> at that mean, and β moves to the maximum of the parabola.
/// </remarks>
public sealed class RestCertifier
{
    private const int BalancingSteps = 4, Refinements = 6, MaxHalvings = 120;

    // A step that proves less than this share more noise is the last one: each costs the bounds of a Jacobian.
    private const double SmallestGain = 2e-3;

    // Room for the rounding of another program that verifies the proof; far below the precision of the maximum. Its
    // powers are multiples of 2^−48.
    private const double Margin = 1e-6, VerifiedDigit = 1.0 / (1L << 48);

    private const double Unit = 1.0 / (1L << 52);

    private readonly CellSystem _system;
    private readonly CellEnclosure? _enclosure;
    private readonly double[] _input;

    /// <summary>Creates the certifier of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="input">u, m values.</param>
    public RestCertifier(CellDefinition network, IReadOnlyList<double> input)
    {
        (_system, _input) = (CellSystem.Create(network), [.. input]);
        _enclosure = CellEnclosure.Create(network, input);
    }

    /// <summary>
    /// Whether the bounds exist: not for peepholes, nor for several layers of cells whose weights multiply gated
    /// values.
    /// </summary>
    public bool IsProvided => _enclosure is not null;

    /// <summary>Certifies a fixed point; null if no noise is proved harmless.</summary>
    /// <param name="state">A stable fixed point, N values.</param>
    /// <param name="deadline">Ends the computation.</param>
    /// <exception cref="OperationCanceledException">The deadline was reached.</exception>
    public RestCertificate? Certify(IReadOnlyList<double> state, CancellationToken deadline = default)
    {
        if (_enclosure is null)
            return null;
        double[] s = [.. state], jacobian = _system.Jacobian(s, _input).ToArray();
        return PowerSum.Compute(jacobian, s.Length, deadline) is { } powers
            ? new Search(_enclosure, powers, s, jacobian).FindLargest(deadline) : null;
    }

    /// <summary>The search at one fixed point.</summary>
    private sealed class Search
    {
        private readonly CellEnclosure _enclosure;
        private readonly PowerSum _powers;
        private readonly double[] _state, _matrix, _residual;
        private readonly Interval[] _box;
        private readonly double _rounding;

        public Search(CellEnclosure enclosure, PowerSum powers, double[] state, double[] matrix)
        {
            (_enclosure, _powers, _state, _matrix) = (enclosure, powers, state, matrix);
            _box = [.. state.Select(Interval.From)];
            ReadOnlySpan<Interval> image = enclosure.Step(_box);
            _residual = new double[state.Length];
            for (int i = 0; i < state.Length; i++)
                _residual[i] = (image[i] - _box[i]).Magnitude;
            _rounding = 1.0 + ((state.Length + 10) * Unit);
        }

        public RestCertificate? FindLargest(CancellationToken deadline)
        {
            double[] shape = [.. Enumerable.Repeat(1.0, _state.Length)];
            double mean = 1e-3;
            Trial? best = null;
            for (int halving = 0; best is null; halving++, mean *= 0.5)
            {
                if (halving == MaxHalvings)
                    return null;
                deadline.ThrowIfCancellationRequested();
                best = Balance(shape, mean);
            }

            for (int refinement = 0; refinement < Refinements; refinement++)
            {
                deadline.ThrowIfCancellationRequested();
                double used = best.Mean - best.Noise;
                mean = Math.Clamp(0.5 * best.Mean * best.Mean / used, 0.25 * best.Mean, 64.0 * best.Mean);
                Trial? next = Balance(best.Disturbances, mean);
                if (next is null || next.Noise <= best.Noise)
                    next = Balance(best.Disturbances, Math.Sqrt(mean * best.Mean));
                if (next is null || next.Noise <= best.Noise)
                    break;
                bool isLast = next.Noise < (1.0 + SmallestGain) * best.Noise;
                best = next;
                if (isLast)
                    break;
            }

            return new(_state, best.Noise * (1.0 - Margin), best.Disturbances, best.HalfWidths);
        }

        /// <summary>The noise that a b′ of a mean proves, after balancing; null if none.</summary>
        private Trial? Balance(double[] shape, double mean)
        {
            double scale = mean / shape.Average();
            double[] disturbances = [.. shape.Select(value => value * scale)];
            Trial? best = null;
            for (int step = 0; step < BalancingSteps; step++)
            {
                Trial? trial = Prove(disturbances, mean);
                if (trial is null)
                    break;
                bool isLast = best is { Noise: > 0.0 } && trial.Noise < (1.0 + SmallestGain) * best.Noise;
                if (best is null || trial.Noise > best.Noise)
                    best = trial;
                if (isLast)
                    break;
                double noise = mean - trial.Remainders.Average();
                if (noise <= 0.0)
                    break;
                disturbances = [.. trial.Remainders.Select(value => noise + value)];
            }

            return best is { Noise: > 0.0 } ? best : null;
        }

        /// <summary>The noise that b′ proves, possibly negative; null if there is no bound of Σ|A^k|·b′.</summary>
        private Trial? Prove(double[] disturbances, double mean)
        {
            if (_powers.Bound(disturbances) is not { } halfWidths)
                return null;
            double room = 1.0 + Margin + FindVerifiedError(disturbances, halfWidths);
            for (int i = 0; i < halfWidths.Length; i++)
            {
                halfWidths[i] *= room;
                _box[i] = Interval.From(_state[i]) + new Interval(-halfWidths[i], halfWidths[i]);
            }

            double[] remainders = BoundRemainders(halfWidths);
            double noise = double.PositiveInfinity;
            for (int i = 0; i < remainders.Length; i++)
                noise = Math.Min(noise, Math.BitDecrement(disturbances[i] - remainders[i]));
            return double.IsFinite(noise) ? new(noise, mean, disturbances, halfWidths, remainders) : null;
        }

        /// <summary>
        /// The share by which a verifier overestimates Σ|A^k|·b′ that rounds each of m powers by 2^−49: the sum of all
        /// errors of a row is at most m·2^−48·Σb′, of which the later powers make w/b′ times as much.
        /// </summary>
        private double FindVerifiedError(double[] disturbances, double[] halfWidths)
            => 2.0 * VerifiedDigit * _powers.Count * disturbances.Sum() / disturbances.Min()
                * halfWidths.Zip(disturbances, (width, disturbance) => width / disturbance).Max();

        /// <summary>Upper bounds of r + D·w over the box.</summary>
        private double[] BoundRemainders(double[] halfWidths)
        {
            ReadOnlySpan<Interval> jacobian = _enclosure.Jacobian(_box);
            int n = halfWidths.Length;
            var remainders = new double[n];
            for (int i = 0; i < n; i++)
            {
                double sum = 0.0;
                for (int j = 0; j < n; j++)
                {
                    Interval entry = jacobian[(i * n) + j];
                    double value = _matrix[(i * n) + j];
                    sum += Math.Max(entry.Upper - value, value - entry.Lower) * halfWidths[j];
                }

                // Terms that are not negative, each with an error of two roundings, or that underflow.
                remainders[i] = (_residual[i] + sum + (n * double.Epsilon)) * _rounding;
            }

            return remainders;
        }

        private sealed record Trial(
            double Noise, double Mean, double[] Disturbances, double[] HalfWidths, double[] Remainders);
    }
}
