using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Sweeps.Reports;
using LatchLab.Sweeps.Toml;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Sweeps.Format;

/// <summary>
/// Converts a sweep file to a plan: first the top level, then every part with its inherited settings, then the
/// configurations of each part, then the limits and options that concern all parts.
/// </summary>
internal sealed class SweepReader
{
    private const string Name = "name", Parts = "parts", Report = "report", Seed = "seed";
    private const string LoggedTrials = "logged-trials";

    private readonly ValidationErrors _errors;
    private readonly TomlTableReader _topLevel;
    private readonly IDatasetSource? _source;
    private readonly Action<SourceLocation, string> _note;
    private readonly IReadOnlyDictionary<string, string> _overrides;

    private SweepReader(
        TomlTable root, IDatasetSource? source, ValidationErrors errors, Action<SourceLocation, string> note,
        IReadOnlyDictionary<string, string>? overrides)
    {
        _source = source;
        _note = note;
        _overrides = overrides ?? new Dictionary<string, string>();
        _errors = errors;
        _topLevel = new(root, "", [.. PartSyntax.Fields, Seed, LoggedTrials, Report, Parts], errors);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="source">The text of the file.</param>
    /// <param name="name">The default name of the plan.</param>
    /// <param name="datasets">Reads the datasets that the file names; null if it names none.</param>
    /// <param name="note">Receives a message for each former name in the file; null for none.</param>
    /// <param name="overrides">Settings that replace those of the file; null for none.</param>
    /// <exception cref="ValidationException">
    /// The file is not a valid sweep. Lists every error with its line and column.
    /// </exception>
    public static SweepPlan Read(
        SourceText source, string name, IDatasetSource? datasets, Action<string>? note,
        IReadOnlyDictionary<string, string>? overrides = null)
    {
        var errors = new ValidationErrors(source.Name);
        var reader = new SweepReader(TomlParser.Parse(source, errors), datasets, errors,
            (location, text) => note?.Invoke(location.Line == 0 ? text // about a setting of the command line
                : FormattableString.Invariant($"{source.Name}:{location.Line}: {text}")), overrides);
        SweepPlan plan = reader.Read(name);
        errors.ThrowIfAny();
        return plan;
    }

    private SweepPlan Read(string name)
    {
        PartSyntax topLevelPart = PartSyntax.Read(_topLevel, _note);
        foreach ((string path, string value) in _overrides)
            topLevelPart.Override(path, value);
        ulong seed = _topLevel.GetUInt64(Seed) ?? SweepFile.DefaultSeed;
        long? logged = _topLevel.GetInt64(LoggedTrials, 0, SweepFile.MaximumTrials);
        PartSyntax[] parts = [.. ReadParts(topLevelPart)];
        var reportedValues = new HashSet<TomlValue>(ReferenceEqualityComparer.Instance);
        PartConfigurations[] configurations = [
            .. parts.Select(part => new PartConfigurations(part, reportedValues, _errors))];
        if (_topLevel.Find(Parts) is { } field)
            ValidateTopLevel(topLevelPart, field, configurations);
        ValidateCounts(parts, configurations);
        bool isSmall = configurations.Sum(part => part.Count) <= SweepFile.MaximumConfigurations;
        SweepPart[] sweepParts =
        [
            .. parts.Zip(configurations, (part, partConfigurations) => new SweepPart(
                _topLevel.Find(Parts) is null ? "" : part.DisplayName ?? "", partConfigurations.Axes,
                isSmall ? partConfigurations.CreateConfigurations(_source) : [], part.Trials ?? 1)),
        ];
        if (isSmall && !_errors.HasErrors)
            CheckEffects(parts, configurations);
        return new(topLevelPart.DisplayName ?? name, seed, sweepParts)
        {
            LoggedTrials = (int?)logged ?? SweepFile.DefaultLoggedTrials,
            ReportOptions = ReadReport(sweepParts),
        };
    }

    private IEnumerable<PartSyntax> ReadParts(PartSyntax topLevelPart)
    {
        if (_topLevel.GetTables(Parts) is not { } tables)
        {
            yield return topLevelPart;
            yield break;
        }

        var lines = new Dictionary<string, int>();
        foreach (TomlTable table in tables)
        {
            var reader = new TomlTableReader(table, "", PartSyntax.Fields, _errors);
            PartSyntax part = PartSyntax.Read(reader, _note);
            foreach (string path in _overrides.Keys)
                part.Remove(path);
            if (reader.Find(Name) is null)
                _errors.Add(table.Location, Parts, "a part without a name; give each part a unique name");
            else if (part.DisplayName is { } name && !lines.TryAdd(name, table.Location.Line))
                _errors.Add(reader.Find(Name)!.Location, Name, $"the part on line {lines[name]} has this name already");
            yield return part.InheritFrom(topLevelPart, _errors);
        }
    }

    /// <summary>Reports settings of the top level that no part uses.</summary>
    private void ValidateTopLevel(PartSyntax topLevelPart, TomlField parts, PartConfigurations[] configurations)
    {
        if (configurations.Length == 0)
            _errors.Add(parts.Location, Parts, "an empty list of parts; give at least one part, or omit parts");
        foreach (SettingSyntax given in topLevelPart.FixedSettings.Values
            .Where(given => configurations.Length > 0 && !configurations.Any(part => part.Has(given.Name))))
            SettingReader.ReportUnknown(given, configurations.SelectMany(part => part.Templates).Distinct(), _errors);
    }

    /// <summary>
    /// Reports the settings with one value that have no effect in any configuration. An inherited setting must have one
    /// in some part; the parts where it has none, or that do not have the setting, are noted.
    /// </summary>
    private void CheckEffects(PartSyntax[] parts, PartConfigurations[] configurations)
    {
        var reported = new HashSet<string>();
        foreach ((PartSyntax part, PartConfigurations created) in parts.Zip(configurations))
        {
            foreach (SettingSyntax given in part.FixedSettings.Values.Where(given => !created.HasEffect(given.Name)))
            {
                string? idleReason = created.FindIdleReason(given.Name);
                string reason = idleReason ?? "its configurations do not have this setting";
                if (IsFormerlyPrinted(part, given))
                    _note(given.Location, $"{given.DisplayName} has no effect: {reason}");
                else if (!part.InheritedSettings.Contains(given.Name))
                    _errors.Add(given.Location, given.DisplayName, $"has no effect: {reason}");
                else if (configurations.Any(other => other.HasEffect(given.Name)))
                    _note(given.Location, $"{given.DisplayName} has no effect in part {part.DisplayName}: {reason}");
                else if (idleReason is not null && reported.Add(given.Name))
                    _errors.Add(given.Location, given.DisplayName, $"has no effect in any part: {reason}");
            }
        }
    }

    /// <summary>
    /// Whether a setting without effect is one that <c>run --print figure-2b</c> of version 0.1 wrote: its files remain
    /// readable, with a note.
    /// </summary>
    private static bool IsFormerlyPrinted(PartSyntax part, SettingSyntax given)
        => given.Name == "network.weight" && part.FindSetting("network.perfect-weight") is not null;

    private void ValidateCounts(PartSyntax[] parts, PartConfigurations[] configurations)
    {
        foreach (PartSyntax part in parts.Where(part => part.Trials is null && !_errors.HasErrorsFor("trials")))
            _errors.Add(part.Location, "trials", "missing; the number of trials of each configuration is needed");
        double count = configurations.Sum(part => part.Count);
        double trials = parts.Zip(configurations,
            (part, partConfigurations) => (part.Trials ?? 0) * partConfigurations.Count).Sum();
        if (count > SweepFile.MaximumConfigurations)
            ReportTooMany("configurations", count, SweepFile.MaximumConfigurations, "make the axes shorter");
        else if (trials > SweepFile.MaximumTrials)
            ReportTooMany("trials", trials, SweepFile.MaximumTrials, "give fewer per configuration");

        void ReportTooMany(string what, double number, long maximum, string remedy)
            => _errors.Add(_topLevel.Table.Location, "", FormattableString.Invariant(
                $"{number:G15} {what} in all, but at most {maximum} can be run: {remedy}"));
    }

    private ReportOptions ReadReport(SweepPart[] parts)
    {
        if (_topLevel.Find(Report) is not { } field)
            return new();
        if (field.Value is not TomlTable table)
        {
            _errors.Add(field.Value.Location, Report, $"{field.Value.Description}, where [report] is needed");
            return new();
        }

        string[] axes = [.. parts.SelectMany(part => part.Axes).SelectMany(axis => axis.Fields).Distinct()];
        var report = new TomlTableReader(table, $"{Report}.", ["x", "y", "series", "quantities"], _errors);
        var usedFields = new HashSet<string>();
        return new()
        {
            X = Axis("x"),
            Y = Axis("y"),
            Series = Axis("series"),
            Quantities = report.GetChoices("quantities", [.. Quantity.All.Select(quantity => quantity.Name)]),
        };

        string? Axis(string name)
        {
            string? axisField = report.GetString(name, "a field on an axis");
            if (axisField is null)
                return null;
            axisField = FormerNames.GetName(axisField, text => _note(report.Find(name)!.Location, text));
            if (_overrides.ContainsKey(axisField))
                return null; // it has one value now
            string hint = NearestName.FormatSuggestion(axisField, axes);
            TomlValue value = report.Find(name)!.Value;
            if (!axes.Contains(axisField) && axes.Length > 0)
                report.ReportInvalid(name, value, $"a field on an axis, {string.Join(" or ", axes)},", hint);
            else if (axes.Length == 0 && !_errors.HasErrors)
                report.ReportInvalid(name, value, "a field on an axis", "; the sweep has no axes");
            else if (!usedFields.Add(axisField))
                report.ReportInvalid(name, value, "a field that the report does not use yet");
            return axisField;
        }
    }
}
