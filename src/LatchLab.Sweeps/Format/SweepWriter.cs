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
    private readonly OrderedDictionary<string, PartSettingValue>[] _settings; // [part]: also those on its axes
    private readonly string[][] _fields; // [part]: those that are not on its axes
    private readonly string[] _sharedFields;
    private readonly int _defaultAxes; // the part that has them
    private readonly int _defaultTrials;

    private SweepWriter(SweepPlan plan)
    {
        _plan = plan;
        _settings = [.. plan.Parts.Select(PartSettingValue.Collect)];
        _fields = [.. plan.Parts.Zip(_settings, (part, settings)
            => settings.Keys.Except(part.Axes.SelectMany(axis => axis.Fields)).ToArray())];
        _sharedFields = [.. _fields.SelectMany(fields => fields).Distinct().Where(IsShared)];
        _defaultTrials = plan.Parts.CountBy(part => part.TrialsPerConfiguration).MaxBy(trials => trials.Value).Key;
        _defaultAxes = plan.Parts.Index().GroupBy(part => GetAxesKey(part.Item.Axes)).MaxBy(group => group.Count())!
            .First().Index;
    }

    /// <summary>Returns the text of a plan.</summary>
    public static string Write(SweepPlan plan, IEnumerable<string> comment)
    {
        var writer = new SweepWriter(plan);
        foreach (string line in comment)
            writer._toml.Add($"# {line}".TrimEnd());
        writer.WriteTop();
        writer.WriteAxes("axes", writer._defaultAxes);
        writer.WriteReport(plan.ReportOptions);
        for (int part = 0; part < plan.Parts.Count && plan.Parts is not [{ Name: "" }]; part++)
            writer.WritePart(part);
        return writer._toml.ToString();
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
                AddSetting(field[prefix.Length..], FindUnvaried(field).First());
        }
    }

    private void WritePart(int index)
    {
        SweepPart part = _plan.Parts[index];
        _toml.AddHeader("[[parts]]");
        _toml.AddField("name", TomlWriter.Quote(part.Name));
        if (part.TrialsPerConfiguration != _defaultTrials)
            AddCount("trials", part.TrialsPerConfiguration);
        bool hasOwnAxes = GetAxesKey(part.Axes) != GetAxesKey(_plan.Parts[_defaultAxes].Axes);
        if (hasOwnAxes && part.Axes.Count == 0)
            _toml.AddList("axes", []);
        foreach (string field in _fields[index].Except(_sharedFields))
        {
            if (_settings[index][field] is { IsRequired: true } setting)
                AddSetting(field, setting);
        }

        if (hasOwnAxes)
            WriteAxes("parts.axes", index);
    }

    private void WriteAxes(string header, int part)
    {
        foreach (SweepAxis axis in _plan.Parts[part].Axes)
        {
            _toml.AddHeader($"[[{header}]]");
            bool? rangeIsLogarithmic = null;
            foreach ((int i, string field) in axis.Fields.Index())
            {
                SettingKind kind = _settings[part][field].Kind;
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
        foreach ((string name, string? field) in new[]
            { ("layout", report.Layout), ("x", report.X), ("y", report.Y), ("series", report.Series) })
        {
            if (field is not null)
                _toml.AddField(name, TomlWriter.Quote(field));
        }

        if (report.Quantities is not null)
            _toml.AddList("quantities", report.Quantities.Select(TomlWriter.Quote));
    }

    private void AddCount(string name, int count)
        => _toml.AddField(name, count.ToString(CultureInfo.InvariantCulture));

    private void AddSetting(string name, PartSettingValue setting)
        => _toml.AddField(name, TomlWriter.FormatValue(setting.Value!, setting.Kind));

    /// <summary>
    /// Whether a setting is written at the top level: every part has it, with the same value unless it is on an axis,
    /// and at least two parts (or the only part) would otherwise have to write it.
    /// </summary>
    private bool IsShared(string field)
    {
        PartSettingValue[] settings = [.. FindUnvaried(field)];
        return _settings.All(part => part.ContainsKey(field))
            && settings[0].Value is { } value
            && settings.Count(setting => setting.IsRequired) >= Math.Min(2, _settings.Length)
            && settings.All(setting => setting.Value == value);
    }

    /// <summary>Returns a setting in all parts that have it, but not on their axes.</summary>
    private IEnumerable<PartSettingValue> FindUnvaried(string field)
        => _settings.Where((_, part) => _fields[part].Contains(field)).Select(settings => settings[field]);

    /// <summary>Returns a key that is equal for equal axes only.</summary>
    private static string GetAxesKey(IReadOnlyList<SweepAxis> axes)
        => string.Join('\n', axes.SelectMany(axis => axis.Values.Append(axis.Fields).Append([$"{axis.IsLogarithmic}"]))
            .Select(texts => string.Join('\t', texts)));
}
