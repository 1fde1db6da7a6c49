using System.Globalization;
using LatchLab.Foundation;

namespace LatchLab.Sweeps.Format;

/// <summary>
/// Converts a plan to the text of a sweep file. Settings that all parts share are written once, at the top level, like
/// the most common axes and number of trials. Default values are omitted. Values that a range gives exactly are written
/// as a range.
/// </summary>
internal sealed class SweepWriter
{
    private readonly SweepPlan _plan;
    private readonly TomlWriter _toml = new();
    private readonly PartSettingValues[] _settings;
    private readonly string[] _sharedFields;
    private readonly IReadOnlyList<SweepAxis> _defaultAxes;
    private readonly int _defaultTrials;

    private SweepWriter(SweepPlan plan)
    {
        _plan = plan;
        _settings = [.. plan.Parts.Select(part => new PartSettingValues(part))];
        _sharedFields = [.. _settings.SelectMany(part => part.Fields).Distinct().Where(IsShared)];
        _defaultTrials = plan.Parts.CountBy(part => part.TrialsPerConfiguration).MaxBy(trials => trials.Value).Key;
        _defaultAxes = plan.Parts.GroupBy(part => GetAxesKey(part.Axes)).MaxBy(group => group.Count())!.First().Axes;
    }

    /// <summary>Returns the text of a plan.</summary>
    public static string Write(SweepPlan plan, IEnumerable<string> comment)
    {
        var writer = new SweepWriter(plan);
        writer.Write(comment);
        return writer._toml.ToString();
    }

    private void Write(IEnumerable<string> comment)
    {
        foreach (string line in comment)
            _toml.Add($"# {line}".TrimEnd());
        WriteTop();
        WriteAxes("axes", _defaultAxes,
            _settings[_plan.Parts.Index().First(part => GetAxesKey(part.Item.Axes) == GetAxesKey(_defaultAxes)).Index]);
        WriteReport(_plan.ReportOptions);
        if (_plan.Parts is [{ Name: "" }])
            return;
        foreach ((SweepPart part, PartSettingValues settings) in _plan.Parts.Zip(_settings))
            WritePart(part, settings);
    }

    private void WriteTop()
    {
        _toml.AddField("name", TomlWriter.Quote(_plan.Name));
        AddCount("trials", _defaultTrials);
        string seed = _plan.Seed.ToString(CultureInfo.InvariantCulture);
        _toml.AddField("seed", _plan.Seed > long.MaxValue ? TomlWriter.Quote(seed) : seed);
        if (_plan.LoggedTrials != SweepFile.DefaultLoggedTrials)
            AddCount("logged-trials", _plan.LoggedTrials);
        foreach (string section in ConfigurationSettings.Sections)
        {
            string prefix = $"{section}.";
            string[] fields = [.. _sharedFields.Where(field => field.StartsWith(prefix, StringComparison.Ordinal))];
            if (fields.Length > 0)
                _toml.AddHeader($"[{section}]");
            foreach (string field in fields)
            {
                PartSettingValues owner = _settings.First(part => part.Fields.Contains(field));
                _toml.AddField(field[prefix.Length..],
                    TomlWriter.FormatValue(owner.GetCommonValue(field)!, owner.GetKind(field)));
            }
        }
    }

    private void WritePart(SweepPart part, PartSettingValues settings)
    {
        _toml.AddHeader("[[parts]]");
        _toml.AddField("name", TomlWriter.Quote(part.Name));
        if (part.TrialsPerConfiguration != _defaultTrials)
            AddCount("trials", part.TrialsPerConfiguration);
        bool hasOwnAxes = GetAxesKey(part.Axes) != GetAxesKey(_defaultAxes);
        if (hasOwnAxes && part.Axes.Count == 0)
            _toml.AddList("axes", []);
        foreach (string field in settings.Fields.Except(_sharedFields).Where(settings.IsRequired))
            _toml.AddField(field, TomlWriter.FormatValue(settings.GetCommonValue(field)!, settings.GetKind(field)));
        if (hasOwnAxes)
            WriteAxes("parts.axes", part.Axes, settings);
    }

    private void WriteAxes(string header, IReadOnlyList<SweepAxis> axes, PartSettingValues settings)
    {
        foreach (SweepAxis axis in axes)
        {
            _toml.AddHeader($"[[{header}]]");
            bool? rangeIsLogarithmic = null;
            foreach ((int i, string field) in axis.Fields.Index())
            {
                SettingKind kind = settings.GetKind(field);
                string[] values = [.. axis.Values.Select(point => point[i])];
                SweepRange? range = kind is SettingKind.Number or SettingKind.Integer
                    ? SweepRange.Infer(values, kind == SettingKind.Integer)
                    : null;
                if (range is null)
                    _toml.AddList(field, values.Select(value => TomlWriter.FormatValue(value, kind)));
                else
                    _toml.AddRange(field, range);
                rangeIsLogarithmic ??= range?.IsLogarithmic;
            }

            if (axis.IsLogarithmic != (rangeIsLogarithmic ?? SweepAxes.IsLogarithmic(axis.Values)))
                _toml.AddField("scale", TomlWriter.Quote(PartSyntax.ScaleNames[axis.IsLogarithmic ? 1 : 0]));
        }
    }

    private void WriteReport(ReportOptions report)
    {
        if (report == new ReportOptions())
            return;
        _toml.AddHeader("[report]");
        foreach ((string name, string? field) in new[] { ("x", report.X), ("y", report.Y), ("series", report.Series) })
        {
            if (field is not null)
                _toml.AddField(name, TomlWriter.Quote(field));
        }

        if (report.Quantities is not null)
            _toml.AddList("quantities", report.Quantities.Select(TomlWriter.Quote));
    }

    private void AddCount(string name, int count)
        => _toml.AddField(name, count.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// Whether a setting is written at the top level: every part that can have it has the same value, and at least two
    /// parts (or the only part) would otherwise have to write it.
    /// </summary>
    private bool IsShared(string field)
    {
        PartSettingValues[] partsWithField = [.. _settings.Where(part => part.Fields.Contains(field))];
        string? value = partsWithField[0].GetCommonValue(field);
        return value is not null && partsWithField.Count(part => part.IsRequired(field))
            >= Math.Min(2, _settings.Length)
            && partsWithField.All(part => part.GetCommonValue(field) == value);
    }

    /// <summary>Returns a key that is equal for equal axes only.</summary>
    private static string GetAxesKey(IReadOnlyList<SweepAxis> axes)
        => string.Join('\n', axes.SelectMany(axis => axis.Values.Append(axis.Fields).Append([$"{axis.IsLogarithmic}"]))
            .Select(texts => string.Join('\t', texts)));
}
