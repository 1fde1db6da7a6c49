using LatchLab.Experiments;

namespace LatchLab.Formats.Sweeps;

/// <summary>The settings of a part of a plan that are not on its axes, as a file has to say them.</summary>
internal sealed class PartSettings
{
    private readonly List<(CellTemplate Template, Dictionary<string, CellSetting> Values)> _kinds = [];

    /// <summary>Finds them; a cell of every task and learner among the cells is looked at.</summary>
    public PartSettings(SweepPart part)
    {
        HashSet<string> varied = [.. part.Axes.SelectMany(axis => axis.Fields)];
        bool namesVary = varied.Any(PartNames.Has);
        var seen = new HashSet<(string, string, string)>();
        foreach (Cell cell in namesVary ? part.Cells : part.Cells.Take(1))
        {
            Dictionary<string, CellSetting> values = CellSettings.Of(cell).ToDictionary(setting => setting.Field);
            var names = (
                values[CellSettings.Task].Value,
                values[CellSettings.Learner].Value,
                values.GetValueOrDefault(CellSettings.LedLearner)?.Value ?? "");
            if (seen.Add(names))
                _kinds.Add((CellTemplate.Of(names.Item1, names.Item2, names.Item3), values));
        }

        Fields =
        [
            .. _kinds.SelectMany(kind => kind.Template.Fields).Select(setting => setting.Field).Distinct()
                .Where(name => !varied.Contains(name)),
        ];
    }

    /// <summary>Those that some cells have, in order.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>What kind of value a setting has.</summary>
    public SettingKind KindOf(string field)
        => _kinds.Select(kind => kind.Template.Find(field)).OfType<CellSetting>().First().Setting.Kind;

    /// <summary>
    /// The value of a setting in all cells that can have it; null where they differ, or some have none.
    /// </summary>
    public string? ValueOf(string field)
    {
        string?[] values =
        [
            .. _kinds.Where(kind => kind.Template.Find(field) is not null)
                .Select(kind => kind.Values.GetValueOrDefault(field)?.Value).Distinct(),
        ];
        return values.Length == 1 ? values[0] : null;
    }

    /// <summary>Whether a setting has to be said: some cells do not have its default.</summary>
    public bool MustBeSaid(string field)
        => _kinds.Any(kind => kind.Values.TryGetValue(field, out CellSetting? setting)
            && setting.Value != kind.Template.DefaultOf(field));
}
