using LatchLab.Diagnosis.Questions;
using LatchLab.Dynamics;
using LatchLab.Models.Interchange;

namespace LatchLab.Cli;

/// <summary>The numbers of a diagnosis as arrays for other programs (docs/reference/diagnoses.md).</summary>
internal static class DiagnosisArrays
{
    /// <summary>Lists those that were computed.</summary>
    public static IEnumerable<NamedTensor> List(TrainedNetworkDiagnosis diagnosis)
        => [
            .. ListAlongData(diagnosis),
            .. diagnosis.Retention.Index().SelectMany(rest => ListRetention(rest.Item, Prefix(rest.Index))),
            .. diagnosis.Rest.Index().Select(rest => Exponents($"{Prefix(rest.Index)}exponents", rest.Item)),
            .. diagnosis.FixedPoints.Index().SelectMany(rest => ListPoints(rest.Item, Prefix(rest.Index))),
            .. diagnosis.Noise.Index().SelectMany(rest => ListNoise(rest.Item, Prefix(rest.Index))),
            .. diagnosis.SlowPoints is { Points.Count: > 0 } slow ? new[]
            {
                Rows("slow_points", slow.Points.Select(point => point.State)),
                Row("slow_relative_speeds", slow.Points.Select(point => point.RelativeSpeed)),
            } : [],
        ];

    private static string Prefix(int held) => FormattableString.Invariant($"held_{held + 1}_");

    private static IEnumerable<NamedTensor> ListAlongData(TrainedNetworkDiagnosis diagnosis)
    {
        if (diagnosis.Visited is { } visited)
        {
            yield return Rows("visited_states", visited.States);
            yield return Rows("first_orbit", visited.FirstOrbit);
        }

        if (diagnosis.Gradient is { } gradient)
            yield return Rows("gradient_log_norms", gradient.LogNorms);
        if (diagnosis.Influence is { } influence)
            yield return Row("influence", influence.Changes);
        if (diagnosis.Driven is { } driven)
            yield return Exponents("exponents", driven);
        foreach (GateStatistics gate in diagnosis.Gates ?? [])
        {
            string name = FormattableString.Invariant($"gate_{gate.Name}_{gate.Layer + 1}");
            yield return Row($"{name}_means", gate.MeansByUnit);
            yield return Rows($"{name}_first_sequence", gate.FirstSequence);
        }

        foreach (UnitStatistics layer in diagnosis.Units ?? [])
            yield return Row(FormattableString.Invariant($"unit_deviations_{layer.Layer + 1}"), layer.Deviations);
    }

    private static IEnumerable<NamedTensor> ListRetention(RetentionAtRest rest, string prefix)
        =>
        [
            Row($"{prefix}input", rest.HeldInput),
            Row($"{prefix}quiet_steps", rest.Points.Select(point => (double)point.Steps)),
            Row($"{prefix}states_apart", rest.Points.Select(point => (double)point.StatesApart)),
        ];

    private static IEnumerable<NamedTensor> ListPoints(RestPoints rest, string prefix)
    {
        IReadOnlyList<RestPoint> points = rest.Points;
        if (points.Count == 0)
            yield break;
        int known = points.Max(point => point.Eigenvalues.Count);
        yield return Rows($"{prefix}fixed_points", points.Select(point => point.State));
        yield return Rows($"{prefix}fixed_point_outputs", points.Select(point => point.Outputs));
        yield return Row($"{prefix}fixed_point_indices", points.Select(point => (double)point.Index));
        yield return Row(
            $"{prefix}fixed_point_unstable_directions", points.Select(point => (double)point.UnstableDirections));
        yield return Rows($"{prefix}eigenvalues_real", points.Select(
            point => Pad(point.Eigenvalues.Select(value => value.Value.Real), known)));
        yield return Rows($"{prefix}eigenvalues_imaginary", points.Select(
            point => Pad(point.Eigenvalues.Select(value => value.Value.Imaginary), known)));
    }

    private static IEnumerable<NamedTensor> ListNoise(NoiseAtRest noise, string prefix)
    {
        if (noise.States.Count == 0)
            yield break;
        yield return Rows($"{prefix}stored_states", noise.States.Select(state => state.State));
        if (noise.Certified is { } certified)
            yield return Row($"{prefix}noise_proved", certified.Select(proof => proof?.Noise ?? 0.0));
        if (noise.Erased is { } erased)
            yield return Row($"{prefix}noise_erasing", erased.Select(push => push?.Noise ?? double.NaN));
    }

    /// <summary>[exponent]: the value with the ends of its interval.</summary>
    private static NamedTensor Exponents(string name, LyapunovSpectrum spectrum)
        => Rows(name, spectrum.Exponents.Select(
            exponent => (IReadOnlyList<double>)[exponent.Value, exponent.Lower, exponent.Upper]));

    private static IReadOnlyList<double> Pad(IEnumerable<double> values, int count)
        => [.. values.Concat(Enumerable.Repeat(double.NaN, count)).Take(count)];

    private static NamedTensor Row(string name, IEnumerable<double> values)
    {
        double[] all = [.. values];
        return new(name, [all.Length], all);
    }

    private static NamedTensor Rows(string name, IEnumerable<IReadOnlyList<double>> rows)
    {
        IReadOnlyList<double>[] all = [.. rows];
        return new(name, [all.Length, all.Length == 0 ? 0 : all[0].Count], [.. all.SelectMany(row => row)]);
    }
}
