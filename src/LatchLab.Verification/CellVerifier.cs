using System.Globalization;
using System.Numerics;

namespace LatchLab.Verification;

/// <summary>
/// Repeats, in integer arithmetic, the proof that noise of at most b never drives a network of cells from a state that
/// it stores. For each state s the certificate gives the vectors b′ and w. It is valid if, entry by entry, (1)
/// <c>b + |F(s, u) − s| + D·w ≤ b′</c>, where D bounds the distance of the Jacobian from a matrix A over the box
/// |x − s| ≤ w; (2) <c>Σ_{k≥0} |A^k|·b′ ≤ w</c>; (3) no two boxes have a point in common; (4) there are at least two
/// states.
/// </summary>
/// <remarks>
/// By (2) the set of all <c>s + Σ_k A^k·e_k</c> with |e_k| ≤ b′ lies in the box. A step with noise η maps its point x
/// to F(s) + J̃·(x − s) + η with J̃ among the bounds of the Jacobian, so to s + A·(x − s) + e with |e| ≤ b′ by (1):
/// again into the set. A is the Jacobian at s, rounded to multiples of 2^−48; the certificate does not contain it.
/// </remarks>
internal static class CellVerifier
{
    private const int MostStates = 1000;    // all pairs are compared

    /// <summary>Verifies a certificate.</summary>
    public static VerificationResult Verify(CellCertificate certificate)
    {
        CellState[] states = certificate.States;
        (BigInteger? margin, string? violation) = (null, FindInvalidBoxes(certificate));
        for (int i = 0; i < states.Length && violation is null; i++)
        {
            violation = FindViolation(certificate, states[i], out BigInteger slack);
            if (violation is not null)
                violation = $"state {i}: {violation}";
            margin = margin is null ? slack : BigInteger.Min(margin.Value, slack);
        }

        double[] noise = [.. states.Select(state => FixedPointInterval.ToDouble(state.Noise))];
        double least = noise.Length == 0 ? 0.0 : noise.Min();
        string proof = string.Create(CultureInfo.InvariantCulture,
            $"{states.Length} states stay distinguishable forever under any noise of at most {least:R} in every " +
            $"value of the state; the strongest withstands {(noise.Length == 0 ? 0.0 : noise.Max()):R}");
        return new(violation is null, violation ?? proof, states.Length, least,
            FixedPointInterval.ToDouble(margin ?? BigInteger.Zero));
    }

    private static string? FindInvalidBoxes(CellCertificate certificate)
    {
        CellState[] states = certificate.States;
        if (states.Length is < 2 or > MostStates)
            return states.Length < 2 ? "fewer than two states store no bit" : $"more than {MostStates} states";
        if (certificate.Dimension > PowerBound.MostValues)
            return $"more than {PowerBound.MostValues} values of a state";
        for (int i = 0; i < states.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                bool areApart = Enumerable.Range(0, certificate.Dimension).Any(k =>
                    BigInteger.Abs(states[i].State[k] - states[j].State[k])
                        > states[i].HalfWidths[k] + states[j].HalfWidths[k]);
                if (!areApart)
                    return $"the boxes of states {j} and {i} have a point in common";
            }
        }

        return null;
    }

    /// <summary>Describes the first violation of conditions 1 and 2; null if there is none.</summary>
    private static string? FindViolation(CellCertificate certificate, CellState state, out BigInteger margin)
    {
        int n = certificate.Dimension;
        margin = BigInteger.Zero;
        Differential[] center = Step(certificate, [.. state.State.Select(FixedPointInterval.Singleton)]),
            box = Step(
                certificate, [.. state.State.Zip(state.HalfWidths, (value, width)
                    => FixedPointInterval.Singleton(value).Widen(width))]);
        int shift = FixedPointInterval.FractionBits - PowerBound.EntryBits;
        var matrix = new long[n * n];
        BigInteger? smallest = null;
        for (int i = 0; i < n; i++)
        {
            BigInteger used = state.Noise + center[i].Value.FarthestFrom(state.State[i]);
            for (int j = 0; j < n; j++)
            {
                BigInteger entry = center[i].Gradient[j].Lower >> shift;
                if (!PowerBound.IsInRange(entry))
                    return "the Jacobian has an entry above 512";
                matrix[(i * n) + j] = (long)entry;
                used += FixedPointInterval.Ceiling(
                    box[i].Gradient[j].FarthestFrom(entry << shift) * state.HalfWidths[j]);
            }

            BigInteger slack = state.Disturbances[i] - used;
            smallest = smallest is null ? slack : BigInteger.Min(smallest.Value, slack);
            if (slack.Sign < 0)
            {
                return $"noise and remainder of value {i} exceed its disturbance by " +
                    CertificateVerifier.Format(-slack);
            }
        }

        margin = smallest!.Value;
        return new PowerBound(matrix, n).FindFailure(state.Disturbances, state.HalfWidths);
    }

    /// <summary>Bounds of F over a box, with its derivatives.</summary>
    private static Differential[] Step(CellCertificate certificate, FixedPointInterval[] box)
    {
        Differential[] state = [.. box.Select((side, i) => Differential.OfState(side, i, box.Length))],
            input = [.. certificate.Input.Select(value => new Differential(
                FixedPointInterval.Singleton(value), new FixedPointInterval[box.Length]))];
        var next = new List<Differential>();
        foreach ((CellStep layer, (int hidden, int cells)) in certificate.Layers.Zip(certificate.Sizes))
        {
            Differential[] image = layer.Apply(
                input, state[next.Count..(next.Count + hidden)],
                state[(next.Count + hidden)..(next.Count + hidden + cells)]);
            next.AddRange(image);
            input = image[..hidden];
        }

        return [.. next];
    }
}
