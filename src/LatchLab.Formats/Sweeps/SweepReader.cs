using LatchLab.Experiments;
using LatchLab.Experiments.SweepAnalysis;
using LatchLab.Formats.Toml;
using LatchLab.Tasks;

namespace LatchLab.Formats.Sweeps;

/// <summary>
/// From a sweep file to the plan: the top level, then every part with what it takes over, then the cells of each, then
/// what concerns all of them.
/// </summary>
internal sealed class SweepReader
{
    private const string Name = "name", Parts = "parts", Report = "report", Seed = "seed";
    private const string LoggedTrials = "logged-trials";

    private readonly Mistakes _mistakes;
    private readonly TableReader _top;

    private readonly ISequenceSource? _source;

    private SweepReader(TomlTable root, ISequenceSource? source, Mistakes mistakes)
    {
        _source = source;
        _mistakes = mistakes;
        _top = new(root, "", [.. PartText.Fields, Seed, LoggedTrials, Report, Parts], mistakes);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="source">Its text.</param>
    /// <param name="name">Name of the plan where the file gives none.</param>
    /// <param name="sequences">Reads the sequences that it names; null where it names none.</param>
    /// <exception cref="InputException">It is no sweep: every mistake, with its line and column.</exception>
    public static SweepPlan Read(SourceText source, string name, ISequenceSource? sequences)
    {
        var mistakes = new Mistakes(source.Name);
        var reader = new SweepReader(TomlTree.Parse(source, mistakes), sequences, mistakes);
        SweepPlan plan = reader.Read(name);
        mistakes.ThrowIfAny();
        return plan;
    }

    private SweepPlan Read(string name)
    {
        PartText top = PartText.Read(_top, _mistakes);
        ulong seed = _top.Seed(Seed) ?? SweepFile.DefaultSeed;
        long? logged = _top.WholeNumber(LoggedTrials, 0, SweepFile.MostTrials);
        PartText[] parts = [.. ReadParts(top)];
        var told = new HashSet<TomlValue>(ReferenceEqualityComparer.Instance);
        PartCells[] cells = [.. parts.Select(part => new PartCells(part, told, _mistakes))];
        if (_top.Find(Parts) is { } field)
            CheckTop(top, field, cells);
        CheckCounts(parts, cells);
        bool isSmall = cells.Sum(part => part.Count) <= SweepFile.MostCells;
        SweepPart[] made =
        [
            .. parts.Zip(cells, (part, of) => new SweepPart(
                part.Title ?? "", of.Axes, isSmall ? of.Make(_source) : [], part.Trials ?? 1)),
        ];
        return new(top.Title ?? name, seed, made)
        {
            LoggedTrials = (int?)logged ?? SweepFile.DefaultLoggedTrials,
            Report = ReadReport(made),
        };
    }

    private IEnumerable<PartText> ReadParts(PartText top)
    {
        if (_top.Find(Parts) is not { } field)
        {
            yield return top.WithoutName();
            yield break;
        }

        var lines = new Dictionary<string, int>();
        foreach (TomlTable table in PartText.Tables(field, _mistakes))
        {
            var reader = new TableReader(table, "", PartText.Fields, _mistakes);
            PartText part = PartText.Read(reader, _mistakes);
            if (reader.Find(Name) is null)
                _mistakes.Add(table.Place, Parts, "a part without a name; give each one of its own");
            else if (part.Title is { } name && !lines.TryAdd(name, table.Place.Line))
                _mistakes.Add(reader.Find(Name)!.Place, Name, $"the part of line {lines[name]} has this name already");
            yield return part.Over(top, _mistakes);
        }
    }

    /// <summary>What the top level says must be of use to some part.</summary>
    private void CheckTop(PartText top, TomlField parts, PartCells[] cells)
    {
        if (cells.Length == 0)
            _mistakes.Add(parts.Place, Parts, "no part at all; give one, or leave parts out");
        foreach (GivenSetting given in top.Fixed.Values
            .Where(given => cells.Length > 0 && !cells.Any(part => part.Have(given.Name))))
            SettingReader.TellUnknown(given, cells.SelectMany(part => part.Templates).Distinct(), _mistakes);
    }

    private void CheckCounts(PartText[] parts, PartCells[] cells)
    {
        foreach (PartText part in parts.Where(part => part.Trials is null && !_mistakes.Concern("trials")))
            _mistakes.Add(part.Place, "trials", "missing; the number of trials of each cell is needed");
        double count = cells.Sum(part => part.Count);
        double trials = parts.Zip(cells, (part, of) => (part.Trials ?? 0) * of.Count).Sum();
        if (count > SweepFile.MostCells)
            Tell("cells", count, SweepFile.MostCells, "make the axes shorter");
        else if (trials > SweepFile.MostTrials)
            Tell("trials", trials, SweepFile.MostTrials, "give fewer of each cell");

        void Tell(string what, double number, long most, string remedy)
            => _mistakes.Add(_top.Table.Place, "", FormattableString.Invariant(
                $"{number:G15} {what} in all, where {most} are the most that can be run: {remedy}"));
    }

    private ReportChoice ReadReport(SweepPart[] parts)
    {
        if (_top.Find(Report) is not { } field)
            return new();
        if (field.Value is not TomlTable table)
        {
            _mistakes.Add(field.Value.Place, Report, $"{field.Value.Describe()}, where [report] is needed");
            return new();
        }

        string[] axes = [.. parts.SelectMany(part => part.Axes).SelectMany(axis => axis.Fields).Distinct()];
        var report = new TableReader(table, $"{Report}.", ["x", "y", "series", "quantities"], _mistakes);
        var taken = new HashSet<string>();
        return new()
        {
            X = Axis("x"),
            Y = Axis("y"),
            Series = Axis("series"),
            Quantities = report.Words("quantities", [.. Quantity.All.Select(quantity => quantity.Name)]),
        };

        string? Axis(string name)
        {
            string? chosen = report.Text(name, "a field on an axis");
            if (chosen is null)
                return null;
            string hint = NearestName.Hint(chosen, axes);
            TomlValue value = report.Find(name)!.Value;
            if (!axes.Contains(chosen) && axes.Length > 0)
                report.Refuse(name, value, $"a field on an axis, {string.Join(" or ", axes)},", hint);
            else if (axes.Length == 0 && !_mistakes.Any)
                report.Refuse(name, value, "nothing, as there are no axes,");
            else if (!taken.Add(chosen))
                report.Refuse(name, value, "a field that has no other place in the report");
            return chosen;
        }
    }
}
