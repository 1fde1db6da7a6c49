using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Sweeps.Reports;

namespace LatchLab.Sweeps.Format;

/// <summary>
/// Checks the parts that the report compares. A ledger cannot be continued under other names, so that a name of another
/// form is an error before the run. A name that looks mistyped is noted, because it may be meant; so are parts whose
/// curves have points at different values.
/// </summary>
internal sealed class ComparedPartsCheck
{
    private readonly (PartName Name, string Text, SourceLocation Location)[] _parts;

    private ComparedPartsCheck(IEnumerable<PartSyntax> parts)
        => _parts =
        [
            .. from part in parts
               let name = part.DisplayName
               where name is not null
               select (PartName.Parse(name), name, part.Location),
        ];

    /// <summary>Checks the names.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="horizontal">The field of the horizontal axis; null for the one on most parts.</param>
    /// <param name="errors">Receives an error for each name of another form.</param>
    /// <param name="note">
    /// Receives a message for each name that looks mistyped, and for points at different values.
    /// </param>
    public static void Check(
        IReadOnlyList<PartConfigurations> parts, string? horizontal, ValidationErrors errors,
        Action<SourceLocation, string> note)
    {
        var check = new ComparedPartsCheck(parts.Select(part => part.Syntax));
        foreach ((SourceLocation location, string problem) in check.FindOtherForms())
            errors.Add(location, "name", $"{problem}; with this layout a name is {PartName.Form}");
        foreach ((SourceLocation location, string problem) in check.FindMistyped())
            note(location, $"{problem}; the name of a part is {PartName.Form}");
        horizontal ??= parts.SelectMany(part => part.Axes).Where(axis => AxisRoles.GetNumbers(axis) is not null)
            .SelectMany(axis => axis.Fields).CountBy(field => field).DefaultIfEmpty().MaxBy(field => field.Value).Key;
        NoteDifferentValues(parts, horizontal, note);
    }

    private static void NoteDifferentValues(
        IReadOnlyList<PartConfigurations> parts, string? field, Action<SourceLocation, string> note)
    {
        var lists = (from part in parts
                     from axis in part.Axes
                     let index = axis.Fields.ToList().IndexOf(field ?? "")
                     where index >= 0
                     group part by string.Join(", ", axis.Values.Select(value => value[index])) into same
                     orderby same.Count() descending
                     select same).ToArray();
        if (lists.Length > 1)
        {
            note(lists[^1].First().Syntax.Location, $"the parts have different values of {field}: " +
                string.Join("; ", lists.Select(list => $"{list.Key} in {DescribeParts([.. list])}")));
        }
    }

    private static string DescribeParts(PartConfigurations[] parts)
        => parts is [var part] ? $"the part {Escape.Quote(part.Syntax.DisplayName ?? "")}"
            : NumberFormat.WithNoun(parts.Length, "part");

    /// <summary>Finds names with an empty word, and names without a row among those with one, or the reverse.</summary>
    private IEnumerable<(SourceLocation, string)> FindOtherForms()
    {
        bool haveRows = 2 * _parts.Count(part => part.Name.Row.Length > 0) >= _parts.Length;
        foreach ((PartName name, string text, SourceLocation location) in _parts)
        {
            if (text.Split(',').Any(string.IsNullOrWhiteSpace))
                yield return (location, $"the part {Escape.Quote(text)} has nothing before or after a comma");
            else if (haveRows && name.Row.Length == 0)
                yield return (location, $"the part {Escape.Quote(text)} names no row, but other parts do");
            else if (!haveRows && name.Row.Length > 0)
                yield return (location, $"the part {Escape.Quote(text)} names a row, but most parts do not");
        }
    }

    /// <summary>
    /// Finds rows and curves whose name is nearly that of another that more parts have, or an earlier one, and variants
    /// of no part.
    /// </summary>
    private IEnumerable<(SourceLocation, string)> FindMistyped()
    {
        HashSet<PartName> names = [.. _parts.Select(part => part.Name)];
        foreach ((PartName name, string text, SourceLocation location) in _parts)
        {
            string part = $"the part {Escape.Quote(text)}";
            if (FindSimilar(name.Row, other => other.Row) is { } row && !names.Contains(name with { Row = row }))
                yield return (location, $"{part} is in another row than {Escape.Quote(row)}");
            else if (FindSimilar(name.Curve, other => other.Curve) is { } curve
                && !names.Contains(name with { Curve = curve }))
                yield return (location, $"{part} is another curve than {Escape.Quote(curve)}");
            else if (name.Variant.Length > 0 && !names.Contains(name with { Variant = "" }))
                yield return (location, $"{part} is compared with no part {Escape.Quote($"{name.Row}, {name.Curve}")}");
        }
    }

    /// <summary>The similar name that more parts have, or as many and an earlier one; null if there is none.</summary>
    private string? FindSimilar(string name, Func<PartName, string> select)
    {
        string[] byUse =
        [
            .. _parts.Select(part => select(part.Name)).CountBy(other => other).OrderByDescending(use => use.Value)
                .Select(use => use.Key).TakeWhile(other => other != name),
        ];
        string? similar = NearestName.Find(name, byUse.Select(other => other.ToLowerInvariant()));
        return Array.Find(byUse, other => other.Equals(similar, StringComparison.OrdinalIgnoreCase)
            && !DifferInNumber(name, other));
    }

    private static bool DifferInNumber(string a, string b) => RemoveDigits(a) == RemoveDigits(b);

    private static string RemoveDigits(string text)
        => string.Concat(text.Where(letter => letter != '.' && !char.IsAsciiDigit(letter)));
}
