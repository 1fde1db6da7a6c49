using LatchLab.Foundation;
using LatchLab.Learning;

namespace LatchLab.Paper.Comparison;

/// <summary>
/// The tuned settings of every algorithm on every problem, read from the text file <c>tuned.txt</c> next to this one.
/// <c>latchlab tune</c> chooses them once per problem, for all lengths together, with a seed that no figure uses. A
/// line has the form <c>problem algorithm name=value name=value …</c>.
/// </summary>
public static class TunedSettings
{
    private const string ResourceName = "tuned.txt";

    private static readonly Lazy<Dictionary<(Problem, Algorithm), Dictionary<string, string>>> Table =
        new(ReadResource);

    /// <summary>The tuned settings by name; empty if the algorithm has no tuned settings.</summary>
    public static IReadOnlyDictionary<string, string> Get(Problem problem, Algorithm algorithm)
        => Table.Value.GetValueOrDefault((problem, algorithm)) ?? [];

    /// <summary>The learner of an algorithm with its tuned settings.</summary>
    public static LearnerDefinition CreateLearner(Problem problem, Algorithm algorithm)
        => Apply(algorithm.Learner, Get(problem, algorithm));

    /// <summary>Returns a learner with some settings changed.</summary>
    /// <exception cref="ValidationException">A setting is unknown, or a value is not allowed.</exception>
    public static LearnerDefinition Apply(LearnerDefinition learner, IReadOnlyDictionary<string, string> changes)
    {
        var errors = new List<ValidationError>();
        HashSet<string> known = [.. Settings.GetAll(learner).Select(setting => setting.Name)];
        errors.AddRange(changes.Keys.Where(name => !known.Contains(name))
            .Select(name => new ValidationError("", name, $"is not a setting of {learner.Name}")));
        LearnerDefinition changed = Settings.With(learner, changes, errors);
        return errors.Count == 0 ? changed : throw new ValidationException(errors);
    }

    /// <summary>Formats a line of the file.</summary>
    public static string FormatLine(Problem problem, Algorithm algorithm, IReadOnlyDictionary<string, string> settings)
        => string.Join(
            ' ', [problem.Id, algorithm.Id, .. settings.Select(setting => $"{setting.Key}={setting.Value}")]);

    /// <summary>Parses the lines of such a file; empty lines and lines that begin with # are ignored.</summary>
    /// <exception cref="ValidationException">The file has errors; each is reported with its line.</exception>
    internal static Dictionary<(Problem Problem, Algorithm Algorithm), Dictionary<string, string>> Parse(
        IEnumerable<string> lines)
    {
        var table = new Dictionary<(Problem, Algorithm), Dictionary<string, string>>();
        var errors = new List<ValidationError>();
        foreach ((int i, string line) in lines.Index())
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 0 || line.StartsWith('#'))
                continue;
            if (TryAddLine(fields, table) is { } error)
                errors.Add(new($"{ResourceName}:{i + 1}", "", error));
        }

        return errors.Count == 0 ? table : throw new ValidationException(errors);
    }

    /// <summary>Adds a line to the table; returns an error message, or null.</summary>
    private static string? TryAddLine(
        string[] fields, Dictionary<(Problem, Algorithm), Dictionary<string, string>> table)
    {
        if (Problem.All.FirstOrDefault(known => known.Id == fields[0]) is not { } problem)
            return $"'{fields[0]}' is not a known problem";
        if (KnownAlgorithms.All.FirstOrDefault(known => known.Id == fields.ElementAtOrDefault(1)) is not { } algorithm)
            return $"'{fields.ElementAtOrDefault(1)}' is not a known algorithm";
        var settings = new Dictionary<string, string>();
        foreach (string field in fields[2..])
        {
            string[] parts = field.Split('=');
            if (parts.Length != 2 || !settings.TryAdd(parts[0], parts[1]))
                return $"'{field}' is not a new setting; expected name=value";
        }

        try
        {
            Apply(algorithm.Learner, settings);
            return table.TryAdd((problem, algorithm), settings)
                ? null
                : "the problem and algorithm already have a line";
        }
        catch (ValidationException exception)
        {
            return exception.Errors[0].ToString();
        }
    }

    private static Dictionary<(Problem, Algorithm), Dictionary<string, string>> ReadResource()
    {
        using Stream stream = typeof(TunedSettings).Assembly.GetManifestResourceStream(ResourceName)!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n'));
    }
}
