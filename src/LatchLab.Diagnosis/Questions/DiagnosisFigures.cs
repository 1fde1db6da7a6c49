using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis.Questions;

/// <summary>The pictures of a diagnosis.</summary>
internal static class DiagnosisFigures
{
    /// <summary>Creates those whose numbers were computed.</summary>
    public static IEnumerable<Figure> CreateAll(TrainedNetworkDiagnosis diagnosis)
    {
        if (CreateHorizons(diagnosis) is { } horizons)
            yield return horizons;
        if (diagnosis.Retention.Count > 0)
            yield return CreateRetention(diagnosis);
        if ((diagnosis.FixedPoints.Count > 0 || diagnosis.SlowPoints is not null)
            && PortraitFigure.Create(diagnosis) is { } portrait)
        {
            yield return portrait;
        }

        if (diagnosis.FixedPoints is [{ Points.Count: > 0 } points, ..])
            yield return CreateEigenvalues(points);
        if (CreateExponents(diagnosis) is { } exponents)
            yield return exponents;
        if (diagnosis.Noise is [{ Random: not null } noise, ..])
            yield return NoiseFigure.Create(noise);
        if (diagnosis.Gates is { Count: > 0 } gates)
        {
            yield return GateFigures.CreateShares(gates);
            yield return GateFigures.CreateTimes(gates);
        }
    }

    /// <summary>How far back training sees, and how far back the network remembers.</summary>
    private static Figure? CreateHorizons(TrainedNetworkDiagnosis diagnosis)
    {
        var panels = new List<Panel>();
        var rows = new List<IReadOnlyList<string>>();
        if (diagnosis.Gradient is { } gradient)
        {
            // The band is from the least to the largest sequence.
            DataPoint[] points = [.. gradient.MeanLogNorms.Select((mean, k) => new DataPoint(
                k, mean / Elementary.Ln10, gradient.LogNorms.Min(norms => norms[k]) / Elementary.Ln10,
                gradient.LogNorms.Max(norms => norms[k]) / Elementary.Ln10))];
            panels.Add(new Chart(
                "What training sees", new Axis("lag k"), new Axis("log₁₀ ‖∂L/∂s‖"),
                [new("mean of the sequences", SeriesKind.Curve, points, 0), .. MarkTask(diagnosis, points)]));
            rows.AddRange(points.Select(point => Row("gradient", point.X, point.Y)));
        }

        if (diagnosis.Influence is { } influence)
        {
            DataPoint[] points = [.. influence.Changes.Select((change, k) => new DataPoint(
                k, Elementary.Log10(change)))];
            panels.Add(new Chart(
                "What the network remembers", new Axis("lag k"), new Axis("log₁₀ of the change of the outputs"),
                [
                    new("an exchanged input", SeriesKind.Curve, points, 1),
                    Series.CreateLevel("spread of the outputs", Elementary.Log10(influence.OutputSpread)),
                    .. MarkTask(diagnosis, points),
                ]));
            rows.AddRange(points.Select(point => Row("influence", point.X, point.Y)));
        }

        return panels.Count == 0 ? null : new(
            "horizons", "How far back",
            "Left: the gradient of the loss at the last step with respect to the state k steps before; band: the " +
                "least and the largest sequence. Right: the change of the outputs k steps after one input was " +
                "exchanged for that of another sequence (root mean square).",
            panels, panels.Count, new Table(["curve", "lag", "log10"], rows));
    }

    /// <summary>A vertical line at the length of the task.</summary>
    private static IEnumerable<Series> MarkTask(TrainedNetworkDiagnosis diagnosis, DataPoint[] points)
    {
        double[] finite = [.. points.Select(point => point.Y).Where(double.IsFinite)];
        if (diagnosis.Options.TaskLength is { } length && length <= points[^1].X && finite.Length > 0)
        {
            yield return new("the task", SeriesKind.Path,
                [new(length, finite.Min()), new(length, finite.Max())], Series.Grey);
        }
    }

    private static Figure CreateRetention(TrainedNetworkDiagnosis diagnosis)
    {
        Series[] series = [.. diagnosis.Retention.Index().Select(rest => new Series(
            diagnosis.Retention.Count == 1 ? "states told apart" : $"held input {rest.Index + 1}", SeriesKind.Curve,
            [.. rest.Item.Points.Select(point => new DataPoint(
                point.Steps + 1.0, point.StatesApart))], rest.Index))];
        return new(
            "retention", "What is left at rest",
            "Of the states that the data visit, how many are still told apart after quiet steps with a held input.",
            [
                new Chart(
                    "", new Axis("quiet steps + 1", IsLogarithmic: true), new Axis("states told apart", Minimum: 0),
                    series),
            ], 1,
            new Table(
                ["held_input", "steps", "states_apart", "output_spread"],
                [.. diagnosis.Retention.Index().SelectMany(rest => rest.Item.Points.Select(point =>
                    (IReadOnlyList<string>)
                    [
                        Table.FormatInteger(rest.Index + 1), Table.FormatInteger(point.Steps),
                        Table.FormatInteger(point.StatesApart), Table.FormatNumber(point.OutputSpread),
                    ]))]));
    }

    /// <summary>The eigenvalues of the fixed points beside the unit circle.</summary>
    private static Figure CreateEigenvalues(RestPoints points)
    {
        const int circlePoints = 180;
        IEnumerable<IGrouping<RestPointStability, RestPoint>> kinds =
            points.Points.GroupBy(point => point.Stability);
        return new(
            "eigenvalues", "Eigenvalues of the fixed points",
            "Each point is an eigenvalue of the Jacobian at a fixed point at rest: inside the unit circle a " +
                "displacement decays, outside it grows.",
            [
                new Chart(
                    "", new Axis("Re λ"), new Axis("Im λ"),
                    [
                        .. kinds.Select(kind => new Series(
                            VerdictText.GetName(kind.Key), SeriesKind.Dots,
                            [.. kind.SelectMany(point => point.Eigenvalues).Select(
                                value => new DataPoint(value.Value.Real, value.Value.Imaginary))],
                            (int)kind.Key)),
                        new("unit circle", SeriesKind.Path,
                            [.. Enumerable.Range(0, circlePoints + 1).Select(i => new DataPoint(
                                Math.Cos(2.0 * Math.PI * i / circlePoints),
                                Math.Sin(2.0 * Math.PI * i / circlePoints)))],
                            Series.Grey),
                    ])
                {
                    HasEqualScales = true,
                },
            ], 1,
            new Table(
                ["point", "stability", "re", "im"],
                [.. points.Points.Index().SelectMany(entry => entry.Item.Eigenvalues.Select(value =>
                    (IReadOnlyList<string>)
                    [
                        Table.FormatInteger(entry.Index + 1), VerdictText.GetName(entry.Item.Stability),
                        Table.FormatNumber(value.Value.Real), Table.FormatNumber(value.Value.Imaginary),
                    ]))]));
    }

    private static Figure? CreateExponents(TrainedNetworkDiagnosis diagnosis)
    {
        (string Name, LyapunovSpectrum Spectrum)[] spectra =
        [
            .. diagnosis.Driven is { } driven ? [("with the data", driven)] : Array.Empty<(string, LyapunovSpectrum)>(),
            .. diagnosis.Rest.Index().Select(
                rest => (diagnosis.Rest.Count == 1 ? "at rest" : $"at rest, input {rest.Index + 1}", rest.Item)),
        ];
        if (!spectra.Any(entry => entry.Spectrum.Exponents.Any(exponent => double.IsFinite(exponent.Value))))
            return null;
        return new(
            "exponents", "What grows and what dies",
            "Lyapunov exponents, natural logarithms a step, with 95 % intervals: above 0 small differences grow.",
            [
                new Chart(
                    "", new Axis("number"), new Axis("λ"),
                    [
                        .. spectra.Select((entry, index) => new Series(
                            entry.Name, SeriesKind.Curve,
                            [.. entry.Spectrum.Exponents.Select((exponent, i) => new DataPoint(
                                i + 1, exponent.Value, exponent.Lower, exponent.Upper))], index)),
                        Series.CreateLevel("0", 0.0),
                    ])
                {
                    IsDodged = true,
                },
            ], 1,
            new Table(
                ["orbit", "number", "exponent", "lower", "upper"],
                [.. spectra.SelectMany(entry => entry.Spectrum.Exponents.Select((exponent, i) =>
                    (IReadOnlyList<string>)
                    [
                        entry.Name, Table.FormatInteger(i + 1), Table.FormatNumber(exponent.Value),
                        Table.FormatNumber(exponent.Lower), Table.FormatNumber(exponent.Upper),
                    ]))]));
    }

    private static IReadOnlyList<string> Row(string curve, double lag, double value)
        => [curve, Table.FormatNumber(lag), Table.FormatNumber(value)];
}
