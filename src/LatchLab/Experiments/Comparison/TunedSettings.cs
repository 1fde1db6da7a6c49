using LatchLab.Learning;

namespace LatchLab.Experiments.Comparison;

/// <summary>
/// The settings of every contender on every problem, from one readable file (<c>tuned.txt</c> beside this one): chosen
/// once a problem by <c>latchlab tune</c>, on a seed that no figure uses, and never for single lengths. A line is
/// <c>problem contender name=value name=value …</c>.
/// </summary>
public static class TunedSettings
{
    private static readonly Lazy<IReadOnlyDictionary<(string, string), Dictionary<string, string>>> Lines = new(Read);

    /// <summary>The settings that were chosen, by name; none where a contender has nothing to tune.</summary>
    public static IReadOnlyDictionary<string, string> Of(Problem problem, Contender contender)
        => Lines.Value.GetValueOrDefault((problem.Id, contender.Id)) ?? [];

    /// <summary>The contender's learner with them.</summary>
    public static LearnerDefinition Learner(Problem problem, Contender contender)
        => With(contender.Learner, Of(problem, contender));

    /// <summary>A learner with some settings changed.</summary>
    /// <exception cref="InputException">It has no such settings.</exception>
    public static LearnerDefinition With(LearnerDefinition learner, IReadOnlyDictionary<string, string> changes)
    {
        var errors = new List<InputError>();
        HashSet<string> known = [.. Settings.Of(learner).Select(setting => setting.Name)];
        errors.AddRange(changes.Keys.Where(name => !known.Contains(name))
            .Select(name => new InputError("tuned.txt", name, $"is no setting of {learner.Name}")));
        LearnerDefinition changed = Settings.With(learner, changes, errors);
        return errors.Count == 0 ? changed : throw new InputException(errors);
    }

    /// <summary>A line of the file.</summary>
    public static string Line(Problem problem, Contender contender, IReadOnlyDictionary<string, string> settings)
        => string.Join(
            ' ', [problem.Id, contender.Id, .. settings.Select(setting => $"{setting.Key}={setting.Value}")]);

    private static Dictionary<(string, string), Dictionary<string, string>> Read()
    {
        using Stream stream = typeof(TunedSettings).Assembly.GetManifestResourceStream("tuned.txt")!;
        using var reader = new StreamReader(stream);
        var lines = new Dictionary<(string, string), Dictionary<string, string>>();
        while (reader.ReadLine() is { } line)
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || line.StartsWith('#'))
                continue;
            lines.Add(
                (words[0], words[1]),
                words[2..].Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]));
        }

        return lines;
    }
}
