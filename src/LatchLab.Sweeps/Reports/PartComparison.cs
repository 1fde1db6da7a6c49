using System.Globalization;
using LatchLab.Figures;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Sweeps.Reports;

/// <summary>
/// The figures of a sweep whose parts are compared, like those of Figure 4: a curve for each part, and a row of panels
/// for each group of parts (<see cref="PartName"/>), for example "Latch, back-propagation". The parts with a variant
/// are compared with the part without one in a figure of their own.
/// </summary>
internal sealed class PartComparison
{
    // A panel shows at most this many curves; the table of configurations has all numbers.
    private const int MaxCurves = 14;
    private const string Separator = ", ";

    // The end of an axis of shares, for example errors of a task with two classes, unless one is larger.
    private const double SlightlyAboveChance = 0.6;

    private static readonly Quantity Error = new(
        "error",
        "error on test sequences",
        true,
        summary => summary.TestError,
        "Error: mean over all trials, where a trial that diverged has 0.5; interval by Student's t, Wilson's if all " +
            "trials agree.")
    {
        IsError = true,
    };

    private static readonly Quantity Presentations = new(
        "presentations_to_stop",
        "presentations until it stopped",
        false,
        summary => summary.Presentations,
        "Presentations until a trial stopped by itself, because it converged or because its search was stuck: " +
            "median, where trials that exhausted their budget or diverged count as later than all others.");

    private readonly SweepResults _results;
    private readonly Quantity[] _quantities;
    private readonly string? _xField;
    private readonly string[] _frameFields;
    private readonly bool _isLogarithmic;
    private readonly Point[] _points;

    private PartComparison(SweepResults results)
    {
        _results = results;
        ReportOptions options = results.Layout.ReportOptions;
        _quantities = options.Quantities is { } names
            ? [.. Quantity.All.Where(quantity => names.Contains(quantity.Name))] : [Error, Presentations];
        SweepAxis[] axes = [.. results.Layout.Parts.SelectMany(part => part.Axes)];
        SweepAxis? x = axes.Where(axis => options.X is null
                ? AxisRoles.GetNumbers(axis) is not null : axis.Fields.Contains(options.X))
            .MaxBy(axis => axis.Values.Count);
        _xField = options.X ?? (x is null ? null : AxisRoles.GetNumericField(x));
        _isLogarithmic = x is not null && AxisRoles.IsLogarithmic(x);
        _frameFields = [.. FindFrameFields([.. axes.Where(axis => !IsHorizontal(axis))])];
        _points = _xField is null ? [] : [.. results.Configurations.Index().Select(entry => Locate(entry.Index))];
    }

    /// <summary>The place of a configuration in the figures.</summary>
    private sealed record Point(
        string Row, string Curve, string Variant, string Frame, double X, int Index, ConfigurationResult Result)
    {
        public string Learner => Result[ConfigurationSettings.LearnerField] ?? "";
    }

    private sealed record Curve(string Name, CurveStyle Style, Point[] Points);

    /// <summary>Creates the figures; none if no axis is numeric.</summary>
    public static IReadOnlyList<Figure> CreateFigures(SweepResults results)
    {
        var comparison = new PartComparison(results);
        string[] families =
        [
            "", .. comparison._points.Where(point => point.Variant.Length > 0).Select(point => point.Curve).Distinct(),
        ];
        var figures = from family in families
                      from frame in comparison._points.GroupBy(point => point.Frame)
                      let points = family.Length == 0 ? [.. frame.Where(point => point.Variant.Length == 0)]
                          : comparison.SelectFamily(frame, family)
                      where points.Length > 0
                      select (Family: family, Frame: frame.Key, Points: points);
        return [.. figures.Select((figure, i) => comparison.CreateFigure(
            figure.Family, figure.Frame, figure.Points, i + 1))];
    }

    /// <summary>
    /// Finds the fields with a figure for each value: those on axes of at least half of the parts. An axis of several
    /// fields is known by the one that most parts have, for example the noise for which a learning rate was tuned.
    /// </summary>
    private IEnumerable<string> FindFrameFields(SweepAxis[] axes)
    {
        int parts = _results.Layout.Parts.Count;
        while (axes.SelectMany(axis => axis.Fields).CountBy(field => field).DefaultIfEmpty()
            .MaxBy(field => field.Value) is var (field, count) && 2 * count >= parts)
        {
            yield return field;
            axes = [.. axes.Where(axis => !axis.Fields.Contains(field))];
        }
    }

    /// <summary>
    /// Selects the variants of a curve and the curve itself, in the rows that have both. What the variants change is
    /// named with the curve, too.
    /// </summary>
    private Point[] SelectFamily(IEnumerable<Point> points, string family)
    {
        ILookup<bool, Point> all = points.Where(point => point.Curve == family)
            .ToLookup(point => point.Variant.Length > 0);
        Point[] variants = [.. all[true]], references =
            [.. all[false].Where(point => variants.Any(variant => variant.Row == point.Row))];
        string changed = string.Join(Separator, references.Take(1).SelectMany(first => first.Result.Settings)
            .Where(setting => !_frameFields.Append(_xField).Contains(setting.Field)
                && references.All(point => point.Result[setting.Field] == setting.Value)
                && variants.Any(point => (point.Result[setting.Field] ?? setting.Value) != setting.Value))
            .Select(setting => AxisRoles.FormatSetting(setting.Field, setting.Value)));
        string name = changed.Length == 0 ? family : $"{family} ({changed})";
        return
        [
            .. references.Select(point => point with { Curve = name }),
            .. variants.Select(point => point with { Curve = point.Variant }),
        ];
    }

    private Figure CreateFigure(string family, string frame, IReadOnlyList<Point> points, int number)
    {
        string[] allCurves = [.. points.Select(point => point.Curve).Distinct()];
        string[] curves = [.. allCurves.Take(MaxCurves)];
        IReadOnlyList<CurveStyle> styles = LearnerStyles.Assign(
            [.. curves.Select(curve => points.First(point => point.Curve == curve).Learner)]);
        double largestShare = points.Any(point => _quantities.Any(
            quantity => quantity.IsShare && Evaluate(quantity, point).Upper > SlightlyAboveChance))
            ? 1.0 : SlightlyAboveChance;
        Panel[] panels =
        [
            .. from row in points.Select(point => point.Row).Distinct()
               from quantity in _quantities
               select CreatePanel(row, CreateAxis(quantity), quantity,
                   [.. curves.Zip(styles, (name, style) => CreateCurve(row, name, style))
                       .Where(curve => curve.Points.Length > 0)],
                   points.Min(point => point.Result.Summary.Budget)),
        ];
        string[] details = [.. new[] { family, frame }.Where(text => text.Length > 0)];
        return new(
            FormattableString.Invariant($"comparison-{number}"),
            $"{_results.Layout.Name}: {(details.Length == 0 ? "comparison" : string.Join(Separator, details))}",
            string.Join(' ', _quantities.Select(quantity => quantity.Note).Prepend(DescribeTrials(points))
                .Append(_quantities.Any(quantity => quantity.HasChanceLevel) ? _results.DescribeChance() : ""))
                .TrimEnd(),
            panels,
            Columns: _quantities.Length,
            CreateTable(points))
        {
            Remark = allCurves.Length > MaxCurves
                ? FormattableString.Invariant($"The first {MaxCurves} of {allCurves.Length} curves; the table has all.")
                : "",
        };

        Curve CreateCurve(string row, string name, CurveStyle style)
            => new(name, style, [.. points.Where(point => point.Row == row && point.Curve == name)
                .OrderBy(point => point.X)]);

        Axis CreateAxis(Quantity quantity)
            => quantity.IsShare ? new(quantity.Title, 0.0, largestShare) : new(quantity.Title, IsLogarithmic: true);
    }

    private Chart CreatePanel(string row, Axis axis, Quantity quantity, Curve[] curves, double smallestBudget)
    {
        Series[] series =
        [
            .. from curve in curves
               select new Series(
                   curve.Name,
                   SeriesKind.Curve,
                   [.. from point in curve.Points
                       let estimate = Evaluate(quantity, point)
                       select new DataPoint(point.X, estimate.Value, estimate.Lower, estimate.Upper)
                       {
                           IsCensored = estimate.IsCensored,
                       }],
                   curve.Style.Colour,
                   curve.Style.Marker),
        ];
        var budgets = quantity.IsShare ? []
            : from budget in curves.SelectMany(curve => curve.Points).Select(point => point.Result.Summary.Budget)
                  .Where(double.IsFinite).Distinct().Order()
              select budget == smallestBudget ? Series.CreateLevel("budget", budget)
                  : Series.CreateLevel("larger budgets", budget, colour: 6);
        return new(
            row,
            new Axis(AxisRoles.FormatField(_xField!), IsLogarithmic: _isLogarithmic),
            axis,
            [.. series, .. budgets])
        {
            IsDodged = true,
        };
    }

    /// <summary>Estimates a quantity; by default those of a comparison, which count every trial.</summary>
    private Estimate Evaluate(Quantity quantity, Point point)
        => quantity.Evaluate(_results.Layout.ReportOptions.Quantities is null ? point.Result.Compared
            : point.Result.Summary);

    private Table CreateTable(IReadOnlyList<Point> points)
        => new(
            [
                "part", "configuration", .. _frameFields.Append(_xField!).Select(ConfigurationTable.ToColumnName),
                "trials", "converged",
                .. from quantity in _quantities
                   from end in Quantity.EndNames
                   select ConfigurationTable.ToColumnName(quantity.Name) + end,
            ],
            [.. from point in points
                let estimates = _quantities.Select(quantity => Evaluate(quantity, point))
                select (string[])
                [
                    _results.GetPart(point.Index).Name,
                    Table.FormatInteger(point.Index),
                    .. _frameFields.Append(_xField!).Select(field => point.Result[field] ?? ""),
                    Table.FormatInteger(point.Result.Summary.Trials),
                    Table.FormatInteger(point.Result.Summary[StopReason.Converged]),
                    .. estimates.SelectMany(Quantity.GetEnds).Select(Table.FormatNumber),
                ]]);

    /// <summary>
    /// Finds the place of a configuration. Values of the axes that are neither horizontal nor those of the frame become
    /// part of the name of the curve.
    /// </summary>
    private Point Locate(int index)
    {
        ConfigurationResult result = _results.Configurations[index];
        (PartLayout part, int indexInPart) = _results.FindPart(index);
        var name = PartName.Parse(part.Name);
        string further = string.Concat(
            from axis in part.Axes.Zip(part.GetCoordinates(indexInPart))
            where !IsHorizontal(axis.First) && !IsFrame(axis.First)
            select $" ({AxisRoles.FormatPoint(axis.First, axis.Second)})");
        string frame = string.Join(Separator, _frameFields.Where(field => result[field] is not null)
            .Select(field => AxisRoles.FormatSetting(field, result[field]!)));
        bool isNumber = double.TryParse(
            result[_xField!], NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        double x = isNumber ? number : double.NaN;
        return name.Variant.Length == 0
            ? new(name.Row, name.Curve + further, "", frame, x, index, result)
            : new(name.Row, name.Curve, name.Variant + further, frame, x, index, result);
    }

    private bool IsHorizontal(SweepAxis axis) => axis.Fields.Contains(_xField);

    /// <summary>Whether the frame says which point of an axis a configuration has.</summary>
    private bool IsFrame(SweepAxis axis)
    {
        int[] fields = [.. Enumerable.Range(0, axis.Fields.Count).Where(i => _frameFields.Contains(axis.Fields[i]))];
        return axis.Values.Select(point => string.Join('\t', fields.Select(field => point[field]))).Distinct().Count()
            == axis.Values.Count;
    }

    private static string DescribeTrials(IReadOnlyList<Point> points)
    {
        long[] trials = [.. points.Select(point => point.Result.Summary.Trials)];
        return trials.Min() == trials.Max()
            ? FormattableString.Invariant($"{trials[0]:N0} trials per configuration.")
            : FormattableString.Invariant($"{trials.Min():N0} to {trials.Max():N0} trials per configuration.");
    }
}
