using System.Text.RegularExpressions;
using LatchLab.Files;
using LatchLab.Foundation;

namespace LatchLab.Models.Datasets;

/// <summary>
/// The columns of a file with a sequence in each row: step t of <c>x</c> is the column <c>xt</c>, <c>x_t</c>,
/// <c>x.t</c> or <c>x[t]</c>, or <c>t</c> alone. The steps are numbered from 0 or 1, the same for all names.
/// </summary>
/// <param name="header">The names of the columns.</param>
/// <param name="candidates">The columns that may be steps.</param>
/// <param name="path">The name of the file in messages.</param>
internal sealed partial class NumberedColumns(
    IReadOnlyList<string> header, IEnumerable<int> candidates, string path)
{
    private const string DefaultName = "x";

    private readonly ILookup<string?, (int Number, int Column)> _byName = candidates
        .Select(column => (Parsed: Parse(header[column]), Column: column))
        .ToLookup(entry => entry.Parsed?.Name, entry => (entry.Parsed?.Number ?? 0, entry.Column));

    /// <summary>The names, in the order of the header.</summary>
    public IReadOnlyList<string> Names { get; } =
        [.. candidates.Select(column => Parse(header[column])?.Name).OfType<string>().Distinct()];

    /// <summary>The candidates that are no step.</summary>
    public IEnumerable<int> OtherColumns => _byName[null].Select(entry => entry.Column);

    /// <summary>Returns the columns of some names: [step][name]; reports errors.</summary>
    public int[] Resolve(IReadOnlyList<string> names, ICollection<ValidationError> errors)
    {
        int[][] columns = [.. names.Select(name => FindSteps(name, errors))];
        foreach ((int index, int[] steps) in columns.Index())
        {
            if (steps.Length != columns[0].Length && steps.Length > 0 && columns[0].Length > 0)
            {
                errors.Add(new($"{path}:1", Escape.Text(names[index]), $"has {Count(steps)}, but " +
                    $"{Escape.Text(names[0])} has {columns[0].Length}; every input needs a column for every step"));
                return [];
            }
        }

        return columns.Any(steps => steps.Length == 0) ? []
            : [.. Enumerable.Range(0, columns[0].Length).SelectMany(step => columns.Select(steps => steps[step]))];

        static string Count(int[] steps) => NumberFormat.WithNoun(steps.Length, "step");
    }

    private int[] FindSteps(string name, ICollection<ValidationError> errors)
    {
        (int Number, int Column)[] steps = [.. _byName[name].OrderBy(entry => entry.Number)];
        int first = steps.Length > 0 && steps[0].Number == 0 ? 0 : 1;
        for (int i = 0; i < steps.Length; i++)
        {
            if (steps[i].Number == first + i)
                continue;
            errors.Add(new($"{path}:1", Escape.Text(header[steps[i].Column]), i > 0
                && steps[i].Number == steps[i - 1].Number
                ? $"is step {steps[i].Number} of {Escape.Text(name)}, like {Escape.Text(header[steps[i - 1].Column])}"
                : $"is step {steps[i].Number} of {Escape.Text(name)}, and step {first + i} is missing; steps are " +
                    "numbered from 0 or 1 without gaps"));
            return [];
        }

        return [.. steps.Select(entry => entry.Column)];
    }

    private static (string Name, int Number)? Parse(string column)
    {
        Match match = Pattern().Match(column);
        return !match.Success ? null
            : (match.Groups[1].Length == 0 ? DefaultName : match.Groups[1].Value, int.Parse(match.Groups[2].ValueSpan,
                System.Globalization.CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^(.*?)[\[_.]?([0-9]{1,7})\]?$")]
    private static partial Regex Pattern();
}
