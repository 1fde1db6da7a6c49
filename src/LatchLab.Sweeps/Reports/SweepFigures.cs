using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Sweeps.Reports;

/// <summary>The figures of one part of a sweep: one for each quantity, as curves or heat maps.</summary>
internal sealed class SweepFigures(SweepResults results, int part)
{
    // A figure shows at most this many panels; the table of configurations has all numbers.
    private const int MaxPanels = 24;

    private readonly PartLayout _layout = results.Layout.Parts[part];
    private readonly AxisRoles _roles = AxisRoles.Assign(results.Layout.Parts[part], results.Layout.ReportOptions);
    private readonly (int First, IReadOnlyList<ConfigurationResult> Configurations) _partResults =
        results.GetPartResults(part);

    /// <summary>Whether 0 on the horizontal axis stands for all steps of the sequences.</summary>
    private bool HasWindows
        => AxisRoles.GetNumericField(_layout.Axes[XAxis]) == MemoryFinding.LengthField
            && MemoryFinding.IsOfDataset(_partResults.Configurations[0]);

    private int XAxis => _roles.XAxis!.Value;

    /// <summary>Creates the figures; none if no axis is numeric.</summary>
    public IEnumerable<Figure> CreateFigures(ConfigurationTable table)
    {
        if (_roles.XAxis is null)
            yield break;
        foreach (Quantity quantity in GetQuantities())
        {
            Panel[] panels = [.. GetPanelPositions().Select(panelPosition => CreatePanel(quantity, panelPosition))];
            if (panels.Length == 0)
                continue;
            string name = _layout.Name.Length == 0 ? results.Layout.Name : $"{results.Layout.Name}: {_layout.Name}";
            yield return new(
                results.Layout.Parts.Count == 1 ? quantity.Name : FormattableString.Invariant(
                    $"part-{part + 1}-{quantity.Name}"),
                $"{name}: {quantity.Title}",
                $"{DescribeTrials()} {quantity.Note} {(quantity.HasChanceLevel ? results.DescribeChance() : "")}"
                    .TrimEnd(),
                panels,
                Columns: Math.Min(panels.Length, panels.Length > 4 ? 3 : 2),
                table.CreatePartTable(part))
            {
                Remark = CreateRemark(quantity),
            };
        }
    }

    private IEnumerable<Quantity> GetQuantities()
        => from quantity in results.Layout.ReportOptions.Quantities is { } names
                ? Quantity.All.Where(quantity => names.Contains(quantity.Name))
                : Quantity.GetDefaults(results)
           where _partResults.Configurations.Any(configuration => !double.IsNaN(_roles.YAxis is null
               ? quantity.Evaluate(configuration.Summary).Value : GetDrawnValue(quantity, configuration.Summary)))
           select quantity;

    /// <summary>Enumerates the positions along the panel axes, up to the maximum number of panels.</summary>
    private IEnumerable<int[]> GetPanelPositions()
    {
        IEnumerable<int[]> all = [new int[_layout.Axes.Count]];
        foreach (int axis in _roles.PanelAxes)
        {
            all = from position in all
                  from value in Enumerable.Range(0, _layout.Axes[axis].Values.Count)
                  select Move(position, axis, value);
        }

        return all.Take(MaxPanels);
    }

    private Panel CreatePanel(Quantity quantity, int[] panelPosition)
    {
        string title = string.Join(", ",
            _roles.PanelAxes.Select(axis => AxisRoles.FormatPoint(_layout.Axes[axis], panelPosition[axis])));
        return _roles.YAxis is { } y
            ? CreateHeatMap(quantity, title, panelPosition, y)
            : new Chart(title, CreateAxis(XAxis), CreateAxis(quantity),
                [.. CreateCurves(quantity, panelPosition), .. CreateChanceLevel(quantity)])
            { IsDodged = true };
    }

    /// <summary>The level of guessing, if it is the same in the whole part.</summary>
    private IEnumerable<Series> CreateChanceLevel(Quantity quantity)
        => _partResults.Configurations.Select(quantity.GetChance).Distinct().ToArray() is [var chance]
            && double.IsFinite(chance) ? [Series.CreateLevel("chance", chance)] : [];

    private IEnumerable<Series> CreateCurves(Quantity quantity, int[] panelPosition)
    {
        if (_roles.SeriesAxis is not { } axis)
            return CreateCurve(quantity, quantity.Title, panelPosition, colour: 0);
        return Enumerable.Range(0, _layout.Axes[axis].Values.Count).SelectMany(value => CreateCurve(
            quantity, AxisRoles.FormatPoint(_layout.Axes[axis], value), Move(panelPosition, axis, value), value));
    }

    /// <summary>A curve, and the level with all steps of the sequences, which is no number of steps.</summary>
    private IEnumerable<Series> CreateCurve(Quantity quantity, string name, int[] position, int colour)
    {
        Estimate Evaluate(int index) => quantity.Evaluate(GetSummary(Move(position, XAxis, index)));
        bool hasWindows = HasWindows;
        bool IsAllSteps(double number) => hasWindows && number == 0.0;
        yield return new(
            name,
            SeriesKind.Curve,
            [.. from point in GetAxisPoints(XAxis)
                where !IsAllSteps(point.Number)
                let estimate = Evaluate(point.Index)
                select new DataPoint(point.Number, estimate.Value, estimate.Lower, estimate.Upper)
                {
                    IsCensored = estimate.IsCensored,
                }],
            colour);
        foreach ((double _, int index) in GetAxisPoints(XAxis).Where(point => IsAllSteps(point.Number)))
        {
            string series = _roles.SeriesAxis is null ? "" : $", {name}";
            if (Evaluate(index) is { IsCensored: false } all)
                yield return Series.CreateLevel($"all steps{series}", all.Value, colour);
        }
    }

    private HeatMap CreateHeatMap(Quantity quantity, string title, int[] panelPosition, int y)
        => new(
            title,
            CreateAxis(XAxis),
            CreateAxis(y),
            [.. GetAxisPoints(XAxis).Select(point => point.Number)],
            [.. GetAxisPoints(y).Select(point => point.Number)],
            [.. from row in GetAxisPoints(y)
                let position = Move(panelPosition, y, row.Index)
                select GetAxisPoints(XAxis)
                    .Select(point => GetDrawnValue(quantity, GetSummary(Move(position, XAxis, point.Index))))
                    .ToList()],
            quantity.Title)
        {
            ColourAxis = quantity.IsShare && !quantity.IsError ? null : CreateColourAxis(quantity),
        };

    /// <summary>
    /// The axis of the colours of all heat maps of the part: the values of its configurations. That of errors, which
    /// may all be small, begins at 0.
    /// </summary>
    private Axis CreateColourAxis(Quantity quantity)
    {
        double[] values =
        [
            .. _partResults.Configurations.Select(configuration => GetDrawnValue(quantity, configuration.Summary))
                .Where(double.IsFinite),
        ];
        return quantity.IsError ? new(quantity.Title, 0.0, RoundUp(values.Max()))
            : new(quantity.Title, values.Min(), values.Max(), IsLogarithmic: true);
    }

    /// <summary>The next number of one digit.</summary>
    private static double RoundUp(double value)
    {
        double unit = value > 0.0 ? Math.Pow(10.0, Math.Floor(Math.Log10(value))) : 1.0;
        return Math.Max(1.0, Math.Ceiling(value / unit)) * unit;
    }

    /// <summary>The value that a heat map shows; NaN for a censored one, of which only a bound is known.</summary>
    private static double GetDrawnValue(Quantity quantity, OutcomeSummary summary)
        => quantity.Evaluate(summary) is { IsCensored: false } estimate ? estimate.Value : double.NaN;

    /// <summary>Returns the numbers of an axis, ascending, each with its index.</summary>
    private IEnumerable<(double Number, int Index)> GetAxisPoints(int axis)
        => (AxisRoles.GetNumbers(_layout.Axes[axis]) ?? [.. Enumerable.Range(1, _layout.Axes[axis].Values.Count)
                .Select(number => (double)number)])
            .Select((number, index) => (number, index)).OrderBy(point => point.number);

    private OutcomeSummary GetSummary(int[] position)
        => _partResults.Configurations[_layout.GetConfigurationIndex(position)].Summary;

    /// <summary>Returns a position with another value on one axis.</summary>
    private static int[] Move(int[] position, int axis, int value)
        => [.. position[..axis], value, .. position[(axis + 1)..]];

    private Axis CreateAxis(int axis)
        => new(AxisRoles.GetName(_layout.Axes[axis]), IsLogarithmic: AxisRoles.IsLogarithmic(_layout.Axes[axis]));

    private static Axis CreateAxis(Quantity quantity)
        => quantity.IsShare ? new(quantity.Title, 0.0, 1.0) : new(quantity.Title, IsLogarithmic: true);

    private string DescribeTrials()
    {
        long endedTrials = _partResults.Configurations.Sum(configuration => configuration.Summary.Trials),
            plannedTrials = (long)_layout.TrialsPerConfiguration * _partResults.Configurations.Count;
        string trials = FormattableString.Invariant($"{_layout.TrialsPerConfiguration:N0} trials per configuration");
        return endedTrials == plannedTrials
            ? $"{trials}."
            : FormattableString.Invariant($"{trials}; {endedTrials:N0} of {plannedTrials:N0} are complete so far.");
    }

    private string CreateRemark(Quantity quantity)
    {
        long all = _roles.PanelAxes.Aggregate(1L, (product, axis) => product * _layout.Axes[axis].Values.Count);
        string panels = all > MaxPanels
            ? FormattableString.Invariant($"The first {MaxPanels} of {all:N0} panels; the table has all.")
            : "";
        int empty = _roles.YAxis is null ? 0 : _partResults.Configurations.Count(
            configuration => double.IsNaN(GetDrawnValue(quantity, configuration.Summary)));
        string cells = empty == 0 ? ""
            : $"{NumberFormat.WithNoun(empty, "cell")} without a colour: " +
                (quantity == Quantity.Presentations ? "more than half of the trials did not converge."
                    : "no trial has the quantity.");
        return $"{panels} {cells}".Trim();
    }
}
