using System.Globalization;
using LatchLab.Experiments;

namespace LatchLab.Formats.Sweeps;

/// <summary>
/// From a plan to the text of a sweep file. Settings that all parts share stand once, at the top, and so do the axes
/// and the number of trials that most have; what has its default is left out; values that a range gives exactly are
/// written as that range.
/// </summary>
internal sealed class SweepWriter
{
    private readonly SweepPlan _plan;
    private readonly TomlLines _lines = new();
    private readonly PartSettings[] _settings;
    private readonly string[] _shared;
    private readonly IReadOnlyList<SweepAxis> _axes;
    private readonly int _trials;

    private SweepWriter(SweepPlan plan)
    {
        _plan = plan;
        _settings = [.. plan.Parts.Select(part => new PartSettings(part))];
        _shared = [.. _settings.SelectMany(part => part.Fields).Distinct().Where(IsShared)];
        _trials = plan.Parts.CountBy(part => part.Trials).MaxBy(trials => trials.Value).Key;
        _axes = plan.Parts.GroupBy(part => Key(part.Axes)).MaxBy(group => group.Count())!.First().Axes;
    }

    /// <summary>The text of a plan.</summary>
    public static string Write(SweepPlan plan, IEnumerable<string> comment)
    {
        var writer = new SweepWriter(plan);
        writer.Write(comment);
        return writer._lines.ToString();
    }

    private void Write(IEnumerable<string> comment)
    {
        foreach (string line in comment)
            _lines.Add($"# {line}".TrimEnd());
        WriteTop();
        WriteAxes("axes", _axes, _settings[_plan.Parts.Index().First(part => Key(part.Item.Axes) == Key(_axes)).Index]);
        WriteReport(_plan.Report);
        if (_plan.Parts is [{ Name: "" }])
            return;
        foreach ((SweepPart part, PartSettings settings) in _plan.Parts.Zip(_settings))
            WritePart(part, settings);
    }

    private void WriteTop()
    {
        _lines.AddField("name", TomlLines.Text(_plan.Name));
        AddCount("trials", _trials);
        string seed = _plan.Seed.ToString(CultureInfo.InvariantCulture);
        _lines.AddField("seed", _plan.Seed > long.MaxValue ? TomlLines.Text(seed) : seed);
        if (_plan.LoggedTrials != SweepFile.DefaultLoggedTrials)
            AddCount("logged-trials", _plan.LoggedTrials);
        foreach (string section in CellSettings.Sections)
        {
            string prefix = $"{section}.";
            string[] fields = [.. _shared.Where(field => field.StartsWith(prefix, StringComparison.Ordinal))];
            if (fields.Length > 0)
                _lines.AddHeader($"[{section}]");
            foreach (string field in fields)
            {
                PartSettings owner = _settings.First(part => part.Fields.Contains(field));
                _lines.AddField(field[prefix.Length..], TomlLines.Value(owner.ValueOf(field)!, owner.KindOf(field)));
            }
        }
    }

    private void WritePart(SweepPart part, PartSettings settings)
    {
        _lines.AddHeader("[[parts]]");
        _lines.AddField("name", TomlLines.Text(part.Name));
        if (part.Trials != _trials)
            AddCount("trials", part.Trials);
        bool hasOwnAxes = Key(part.Axes) != Key(_axes);
        if (hasOwnAxes && part.Axes.Count == 0)
            _lines.AddList("axes", []);
        foreach (string field in settings.Fields.Except(_shared).Where(settings.MustBeSaid))
            _lines.AddField(field, TomlLines.Value(settings.ValueOf(field)!, settings.KindOf(field)));
        if (hasOwnAxes)
            WriteAxes("parts.axes", part.Axes, settings);
    }

    private void WriteAxes(string header, IReadOnlyList<SweepAxis> axes, PartSettings settings)
    {
        foreach (SweepAxis axis in axes)
        {
            _lines.AddHeader($"[[{header}]]");
            bool? ofRange = null;
            foreach ((int i, string field) in axis.Fields.Index())
            {
                SettingKind kind = settings.KindOf(field);
                string[] values = [.. axis.Values.Select(point => point[i])];
                SweepRange? range = kind is SettingKind.Number or SettingKind.WholeNumber
                    ? SweepRange.Of(values, kind == SettingKind.WholeNumber)
                    : null;
                if (range is null)
                    _lines.AddList(field, values.Select(value => TomlLines.Value(value, kind)));
                else
                    _lines.AddRange(field, range);
                ofRange ??= range?.IsLogarithmic;
            }

            if (axis.IsLogarithmic != (ofRange ?? SweepAxes.IsLogarithmic(axis.Values)))
                _lines.AddField("scale", TomlLines.Text(PartText.Scales[axis.IsLogarithmic ? 1 : 0]));
        }
    }

    private void WriteReport(ReportChoice report)
    {
        if (report == new ReportChoice())
            return;
        _lines.AddHeader("[report]");
        foreach ((string name, string? field) in new[] { ("x", report.X), ("y", report.Y), ("series", report.Series) })
        {
            if (field is not null)
                _lines.AddField(name, TomlLines.Text(field));
        }

        if (report.Quantities is not null)
            _lines.AddList("quantities", report.Quantities.Select(TomlLines.Text));
    }

    private void AddCount(string name, int count)
        => _lines.AddField(name, count.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// Whether a setting stands at the top: every part that can have it has the same value, and more than one, or the
    /// only one, would have to say it.
    /// </summary>
    private bool IsShared(string field)
    {
        PartSettings[] owners = [.. _settings.Where(part => part.Fields.Contains(field))];
        string? value = owners[0].ValueOf(field);
        return value is not null && owners.Count(part => part.MustBeSaid(field)) >= Math.Min(2, _settings.Length)
            && owners.All(part => part.ValueOf(field) == value);
    }

    /// <summary>What equal axes have in common, and different ones not.</summary>
    private static string Key(IReadOnlyList<SweepAxis> axes)
        => string.Join('\n', axes.SelectMany(axis => axis.Values.Append(axis.Fields).Append([$"{axis.IsLogarithmic}"]))
            .Select(texts => string.Join('\t', texts)));
}
