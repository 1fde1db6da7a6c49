using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Sweeps.Toml;
using LatchLab.Tasks;

namespace LatchLab.Sweeps.Format;

/// <summary>
/// Converts a sweep file to a plan: first the top level, then every part with its inherited settings, then the
/// configurations of each part, then the limits and options that concern all parts.
/// </summary>
internal sealed class SweepReader(
    TomlTableReader topLevel, Action<SourceLocation, string> note, IReadOnlyDictionary<string, string> overrides)
{
    private const string Name = "name", Parts = "parts", Seed = "seed";
    private const string LoggedTrials = "logged-trials";

    // A note names at most this many parts.
    private const int MaxNotedParts = 2;

    private readonly ValidationErrors _errors = topLevel.Errors;

    /// <summary>Reads a file; the parameters are those of <see cref="SweepFile.Read"/>.</summary>
    /// <exception cref="ValidationException">
    /// The file is not a valid sweep. Lists every error with its line and column.
    /// </exception>
    public static SweepPlan Read(
        SourceText source, string name, IDatasetSource? datasets, Action<string>? note,
        IReadOnlyDictionary<string, string>? overrides = null)
    {
        var errors = new ValidationErrors(source.Name);
        var topLevel = new TomlTableReader(TomlParser.Parse(source, errors), "",
            [.. PartSyntax.Fields, Seed, LoggedTrials, ReportReader.Section, Parts], errors);
        var reader = new SweepReader(topLevel, WriteNote, overrides ?? new Dictionary<string, string>());
        SweepPlan plan = reader.Read(name, datasets);
        errors.ThrowIfAny();
        return plan;

        void WriteNote(SourceLocation location, string text)
            => note?.Invoke(location.Line == 0 ? text // about a setting of the command line
                : FormattableString.Invariant($"{source.Name}:{location.Line}: {text}"));
    }

    private SweepPlan Read(string name, IDatasetSource? datasets)
    {
        PartSyntax shared = PartSyntax.Read(topLevel, note);
        foreach ((string path, string value) in overrides)
            shared.Override(path, value);
        ulong seed = topLevel.GetUInt64(Seed) ?? SweepFile.DefaultSeed;
        long? logged = topLevel.GetInt64(LoggedTrials, 0, SweepFile.MaximumTrials);
        PartSyntax[] syntaxes = topLevel.GetTables(Parts) is { } tables ? [.. ReadParts(tables, shared)] : [shared];
        PartConfigurations[] parts = [.. syntaxes.Select(part => new PartConfigurations(part, _errors))];
        if (topLevel.Find(Parts) is { } field)
            ValidateTopLevel(shared, field, parts);
        ValidateCounts(parts);
        bool isSmall = parts.Sum(part => part.Count) <= SweepFile.MaximumConfigurations;
        SweepPart[] sweepParts =
        [
            .. parts.Select(part => new SweepPart(
                part.Syntax == shared ? "" : part.Syntax.DisplayName ?? "", part.Axes,
                isSmall ? part.CreateConfigurations(datasets) : [], part.Syntax.Trials ?? 1)),
        ];
        if (isSmall && !_errors.HasErrors)
            CheckEffects(parts);
        return new(shared.DisplayName ?? name, seed, sweepParts)
        {
            LoggedTrials = (int?)logged ?? SweepFile.DefaultLoggedTrials,
            ReportOptions = ReportReader.Read(topLevel, note, overrides, parts),
        };
    }

    private IEnumerable<PartSyntax> ReadParts(IReadOnlyList<TomlTable> tables, PartSyntax shared)
    {
        var lines = new Dictionary<string, int>();
        foreach (TomlTable table in tables)
        {
            var reader = new TomlTableReader(table, "", PartSyntax.Fields, _errors);
            PartSyntax part = PartSyntax.Read(reader, note);
            foreach (string path in overrides.Keys)
                part.Remove(path);
            if (reader.Find(Name) is null)
                _errors.Add(table.Location, Parts, "a part without a name; give each part a unique name");
            else if (part.DisplayName is { } name && !lines.TryAdd(name, table.Location.Line))
                _errors.Add(reader.Find(Name)!.Location, Name, $"the part on line {lines[name]} has this name already");
            yield return part.InheritFrom(shared, _errors);
        }
    }

    /// <summary>Reports settings of the top level that no part has.</summary>
    private void ValidateTopLevel(PartSyntax shared, TomlField field, PartConfigurations[] parts)
    {
        if (parts.Length == 0)
        {
            _errors.Add(field.Location, Parts, "an empty list of parts; give at least one part, or omit parts");
            return;
        }

        ConfigurationTemplate[] templates = [.. parts.SelectMany(part => part.Templates).Distinct()];
        foreach (SettingSyntax given in shared.FixedSettings.Values)
        {
            if (templates.All(template => template.FindSetting(given.Name) is null))
                SettingReader.ReportUnknown(given, templates, _errors);
        }
    }

    /// <summary>
    /// Reports the settings with one value that have no effect in any configuration. An inherited setting must have one
    /// in some part; the parts where it has none, or that do not have the setting, are noted.
    /// </summary>
    private void CheckEffects(PartConfigurations[] parts)
    {
        var reported = new HashSet<string>();
        var partsWithout = new OrderedDictionary<(SettingSyntax Setting, string Reason), List<string>>();
        foreach (PartConfigurations part in parts)
        {
            foreach (SettingSyntax given in part.Syntax.FixedSettings.Values.Where(one => !part.HasEffect(one.Name)))
            {
                string? idleReason = part.FindIdleReason(given.Name);
                string reason = idleReason ?? "its configurations do not have this setting";
                if (!part.Syntax.InheritedSettings.Contains(given.Name))
                    _errors.Add(given.Location, given.DisplayName, $"has no effect: {reason}");
                else if (parts.Any(other => other.HasEffect(given.Name)))
                    AddPart((given, reason), part.Syntax.DisplayName ?? "");
                else if (idleReason is not null && reported.Add(given.Name))
                    _errors.Add(given.Location, given.DisplayName, $"has no effect in any part: {reason}");
            }
        }

        foreach ((var idle, List<string> names) in partsWithout)
        {
            string where = names.Count == 1 ? $"part {names[0]}"
                : names.Count <= MaxNotedParts ? $"the parts {string.Join(" and ", names)}"
                : $"{names.Count} of {parts.Length} parts, such as {names[0]}";
            note(idle.Setting.Location, $"{idle.Setting.DisplayName} has no effect in {where}: {idle.Reason}");
        }

        void AddPart((SettingSyntax, string) idle, string name)
        {
            if (!partsWithout.TryGetValue(idle, out List<string>? names))
                partsWithout.Add(idle, names = []);
            names.Add(name);
        }
    }

    private void ValidateCounts(PartConfigurations[] parts)
    {
        foreach (PartConfigurations part in parts.Where(one => one.Syntax.Trials is null))
        {
            if (!_errors.HasErrorsFor("trials"))
                _errors.Add(part.Syntax.Location, "trials",
                    "missing; the number of trials of each configuration is needed");
        }

        double count = parts.Sum(part => part.Count);
        double trials = parts.Sum(part => (part.Syntax.Trials ?? 0) * part.Count);
        if (count > SweepFile.MaximumConfigurations)
            ReportTooMany("configurations", count, SweepFile.MaximumConfigurations, "make the axes shorter");
        else if (trials > SweepFile.MaximumTrials)
            ReportTooMany("trials", trials, SweepFile.MaximumTrials, "give fewer per configuration");

        void ReportTooMany(string what, double number, long maximum, string remedy)
            => _errors.Add(topLevel.Table.Location, "", FormattableString.Invariant(
                $"{number:G15} {what} in all, but at most {maximum} can be run: {remedy}"));
    }
}
