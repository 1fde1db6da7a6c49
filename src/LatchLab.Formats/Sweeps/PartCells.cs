using LatchLab.Experiments;
using LatchLab.Formats.Toml;
using LatchLab.Tasks;

namespace LatchLab.Formats.Sweeps;

/// <summary>From what a part of a sweep file says to its axes and cells.</summary>
internal sealed class PartCells
{
    private readonly PartText _part;
    private readonly PartNames _names;
    private readonly SettingReader _settings;
    private readonly Mistakes _mistakes;
    private readonly Dictionary<string, string> _fixed = [];
    private readonly AxisValues[]?[] _axes;

    /// <summary>Reads the values; cells are made later.</summary>
    /// <param name="part">The part, whole.</param>
    /// <param name="told">Values that were told to be wrong.</param>
    /// <param name="mistakes">Receives what is wrong.</param>
    public PartCells(PartText part, HashSet<TomlValue> told, Mistakes mistakes)
    {
        _part = part;
        _mistakes = mistakes;
        _names = new PartNames(part, mistakes);
        _settings = new SettingReader(part, _names, told, mistakes);
        foreach (GivenSetting given in part.Fixed.Values)
        {
            if (_settings.Read(given) is { } text)
                _fixed[given.Name] = text;
        }

        _axes = [.. (part.Axes ?? []).Select(ReadAxis)];
    }

    /// <summary>What cells there are.</summary>
    public IReadOnlyList<CellTemplate> Templates => _names.Templates;

    /// <summary>Number of cells; 0 where they cannot be made.</summary>
    public double Count => !_names.AreKnown || _axes.Contains(null)
        ? 0.0
        : _axes.Aggregate(1.0, (product, axis) => product * axis![0].Texts.Count);

    /// <summary>The axes, of use where there are cells.</summary>
    public IReadOnlyList<SweepAxis> Axes
        => [.. _axes.OfType<AxisValues[]>().Zip(_part.Axes ?? [], (settings, given) => Axis(settings, given))];

    /// <summary>Whether some cells have a setting.</summary>
    public bool Have(string name) => _settings.IsKnown(name);

    /// <summary>
    /// Makes the cells; what is wrong between their settings is told once, with the cells that have it.
    /// </summary>
    /// <param name="source">Reads the sequences that a task names.</param>
    public IReadOnlyList<Cell> Make(ISequenceSource? source)
    {
        var cells = new Cell[(int)Count];
        var groups = new Dictionary<string, (InputError First, int Cell, int Count)>();
        var found = new List<InputError>();
        for (int i = 0; i < cells.Length; i++)
        {
            var values = new Dictionary<string, string>(_fixed);
            foreach ((AxisValues setting, int point) in PointsOf(i))
                values[setting.Name] = setting.Texts[point];
            CellTemplate template = PartNames.TemplateOf(values);
            cells[i] = template.Read(values.Where(value => template.Find(value.Key) is not null), found, source);
            foreach (InputError error in found.Where(error => !_settings.IsWrong(error.Field)))
            {
                if (error.Place.Length > 0)
                {
                    _mistakes.Add(error);
                    continue;
                }

                // Of one kind are mistakes that differ in numbers only.
                string kind = string.Concat(
                    $"{error.Field} {error.Problem}".Where(letter => !char.IsAsciiDigit(letter)));
                (InputError first, int cell, int count) = groups.GetValueOrDefault(kind, (error, i, 0));
                groups[kind] = (first, cell, count + 1);
            }

            found.Clear();
        }

        foreach ((InputError error, int cell, int count) in groups.Values)
        {
            string where = $" (in {count} of {cells.Length} cells, such as {Point(cell)})";
            string problem = count == cells.Length ? error.Problem : error.Problem + where;
            _mistakes.Add(PlaceOf(error.Field, cell), error.Field, problem);
        }

        return cells;
    }

    private AxisValues[]? ReadAxis(GivenAxis axis)
    {
        AxisValues?[] read = [.. axis.Settings.Select(_settings.ReadVaried)];
        if (read.Length == 0 || read.Contains(null))
            return null;
        AxisValues[] settings = [.. read.OfType<AxisValues>()];
        int points = settings[0].Texts.Count;
        if (settings.FirstOrDefault(setting => setting.Texts.Count != points) is { } other)
        {
            _mistakes.Add(axis.Place, "axes", $"{settings[0].Name} has {points} values and {other.Name} " +
                $"{other.Texts.Count}: give equally many, or each an axis of its own");
            return null;
        }

        if (settings.Any(setting => _settings.IsWrong(setting.Name)))
            return settings;
        var seen = new Dictionary<string, int>();
        for (int i = 0; i < points; i++)
        {
            string point = string.Join(", ", settings.Select(setting => $"{setting.Name} = {setting.Texts[i]}"));
            if (seen.TryAdd(point, i))
                continue;
            _mistakes.Add(settings[0].Places[i], settings[0].Name,
                $"points {seen[point] + 1} and {i + 1} of this axis are the same: {Quotation.Plain(point)}");
            return null;
        }

        return settings;
    }

    private static SweepAxis Axis(AxisValues[] settings, GivenAxis given)
    {
        IReadOnlyList<string>[] values =
        [
            .. Enumerable.Range(0, settings[0].Texts.Count).Select(point => (IReadOnlyList<string>)
                [.. settings.Select(setting => setting.Texts[point])]),
        ];
        bool? ofRange = settings.FirstOrDefault(setting => setting.IsLogarithmic is not null)?.IsLogarithmic;
        return new(
            [.. settings.Select(setting => setting.Name)],
            values,
            given.IsLogarithmic ?? ofRange ?? SweepAxes.IsLogarithmic(values));
    }

    /// <summary>The settings on axes, and which of its points a cell has, the last axis first.</summary>
    private IEnumerable<(AxisValues Setting, int Point)> PointsOf(int cell)
    {
        for (int axis = _axes.Length - 1; axis >= 0; axis--)
        {
            int points = _axes[axis]![0].Texts.Count;
            foreach (AxisValues setting in _axes[axis]!)
                yield return (setting, cell % points);
            cell /= points;
        }
    }

    private string Point(int cell)
        => string.Join(", ", PointsOf(cell).Reverse()
            .Select(value => $"{value.Setting.Name} = {Quotation.Plain(value.Setting.Texts[value.Point])}"));

    /// <summary>Where a setting of a cell stands; that of the task, where it is a default.</summary>
    private TextPlace PlaceOf(string name, int cell)
    {
        foreach ((AxisValues setting, int point) in PointsOf(cell).Where(value => value.Setting.Name == name))
            return setting.Places[point];
        if (_part.Fixed.TryGetValue(name, out GivenSetting? given))
            return given.Value.Place;
        return name == CellSettings.Task ? _part.Place : PlaceOf(CellSettings.Task, cell);
    }
}
