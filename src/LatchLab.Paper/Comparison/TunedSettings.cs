using LatchLab.Foundation;
using LatchLab.Learning;

namespace LatchLab.Paper.Comparison;

/// <summary>
/// The settings of every contender on every problem, from one readable file (<c>tuned.txt</c> beside this one): chosen
/// once a problem by <c>latchlab tune</c>, on a seed that no figure uses, and never for single lengths. A line is
/// <c>problem contender name=value name=value …</c>.
/// </summary>
public static class TunedSettings
{
    private const string ResourceName = "tuned.txt";

    private static readonly Lazy<Dictionary<(Problem, Algorithm), Dictionary<string, string>>> Table =
        new(ReadResource);

    /// <summary>The settings that were chosen, by name; nothing where a contender has nothing to tune.</summary>
    public static IReadOnlyDictionary<string, string> Get(Problem problem, Algorithm algorithm)
        => Table.Value.GetValueOrDefault((problem, algorithm)) ?? [];

    /// <summary>The contender's learner with them.</summary>
    public static LearnerDefinition CreateLearner(Problem problem, Algorithm algorithm)
        => Apply(algorithm.Learner, Get(problem, algorithm));

    /// <summary>A learner with some settings changed.</summary>
    /// <exception cref="ValidationException">It has no such settings, or a value is not allowed.</exception>
    public static LearnerDefinition Apply(LearnerDefinition learner, IReadOnlyDictionary<string, string> changes)
    {
        var errors = new List<ValidationError>();
        HashSet<string> known = [.. Settings.GetAll(learner).Select(setting => setting.Name)];
        errors.AddRange(changes.Keys.Where(name => !known.Contains(name))
            .Select(name => new ValidationError($"--{name}", "", $"is no setting of {learner.Name}")));
        LearnerDefinition changed = Settings.With(learner, changes, errors);
        return errors.Count == 0 ? changed : throw new ValidationException(errors);
    }

    /// <summary>A line of the file.</summary>
    public static string FormatLine(Problem problem, Algorithm algorithm, IReadOnlyDictionary<string, string> settings)
        => string.Join(
            ' ', [problem.Id, algorithm.Id, .. settings.Select(setting => $"{setting.Key}={setting.Value}")]);

    /// <summary>Reads the lines of such a file; empty ones and those that begin with # say nothing.</summary>
    /// <exception cref="ValidationException">Every mistake in it, each with its line.</exception>
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

    /// <summary>Adds a line; what is wrong with it, or null.</summary>
    private static string? TryAddLine(
        string[] fields, Dictionary<(Problem, Algorithm), Dictionary<string, string>> table)
    {
        if (Problem.All.FirstOrDefault(known => known.Id == fields[0]) is not { } problem)
            return $"'{fields[0]}' is no problem";
        if (KnownAlgorithms.All.FirstOrDefault(known => known.Id == fields.ElementAtOrDefault(1)) is not { } algorithm)
            return $"'{fields.ElementAtOrDefault(1)}' is no algorithm";
        var settings = new Dictionary<string, string>();
        foreach (string field in fields[2..])
        {
            string[] parts = field.Split('=');
            if (parts.Length != 2 || !settings.TryAdd(parts[0], parts[1]))
                return $"'{field}' is no new setting: give name=value";
        }

        try
        {
            Apply(algorithm.Learner, settings);
            return table.TryAdd((problem, algorithm), settings) ? null : "the same problem and algorithm stand before";
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
