using LatchLab.Learning;

namespace LatchLab.Experiments.Comparison;

/// <summary>
/// The settings of every contender on every problem, from one readable file (<c>tuned.txt</c> beside this one): chosen
/// once a problem by <c>latchlab tune</c>, on a seed that no figure uses, and never for single lengths. A line is
/// <c>problem contender name=value name=value …</c>.
/// </summary>
public static class TunedSettings
{
    private const string File = "tuned.txt";

    private static readonly Lazy<Dictionary<(Problem, Contender), Dictionary<string, string>>> Lines = new(Read);

    /// <summary>The settings that were chosen, by name; nothing where a contender has nothing to tune.</summary>
    public static IReadOnlyDictionary<string, string> Of(Problem problem, Contender contender)
        => Lines.Value.GetValueOrDefault((problem, contender)) ?? [];

    /// <summary>The contender's learner with them.</summary>
    public static LearnerDefinition Learner(Problem problem, Contender contender)
        => With(contender.Learner, Of(problem, contender));

    /// <summary>A learner with some settings changed.</summary>
    /// <exception cref="InputException">It has no such settings, or a value is not allowed.</exception>
    public static LearnerDefinition With(LearnerDefinition learner, IReadOnlyDictionary<string, string> changes)
    {
        var errors = new List<InputError>();
        HashSet<string> known = [.. Settings.Of(learner).Select(setting => setting.Name)];
        errors.AddRange(changes.Keys.Where(name => !known.Contains(name))
            .Select(name => new InputError($"--{name}", "", $"is no setting of {learner.Name}")));
        LearnerDefinition changed = Settings.With(learner, changes, errors);
        return errors.Count == 0 ? changed : throw new InputException(errors);
    }

    /// <summary>A line of the file.</summary>
    public static string Line(Problem problem, Contender contender, IReadOnlyDictionary<string, string> settings)
        => string.Join(
            ' ', [problem.Id, contender.Id, .. settings.Select(setting => $"{setting.Key}={setting.Value}")]);

    /// <summary>Reads the lines of such a file; empty ones and those that begin with # say nothing.</summary>
    /// <exception cref="InputException">Every mistake in it, each with its line.</exception>
    internal static Dictionary<(Problem Problem, Contender Contender), Dictionary<string, string>> Parse(
        IEnumerable<string> text)
    {
        var lines = new Dictionary<(Problem, Contender), Dictionary<string, string>>();
        var errors = new List<InputError>();
        foreach ((int i, string line) in text.Index())
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || line.StartsWith('#'))
                continue;
            if (Mistake(words, lines) is { } mistake)
                errors.Add(new($"{File}:{i + 1}", "", mistake));
        }

        return errors.Count == 0 ? lines : throw new InputException(errors);
    }

    /// <summary>Adds a line; what is wrong with it, or null.</summary>
    private static string? Mistake(
        string[] words, Dictionary<(Problem, Contender), Dictionary<string, string>> lines)
    {
        if (Problem.All.FirstOrDefault(known => known.Id == words[0]) is not { } problem)
            return $"'{words[0]}' is no problem";
        if (Contenders.All.FirstOrDefault(known => known.Id == words.ElementAtOrDefault(1)) is not { } contender)
            return $"'{words.ElementAtOrDefault(1)}' is no algorithm";
        var settings = new Dictionary<string, string>();
        foreach (string word in words[2..])
        {
            string[] pair = word.Split('=');
            if (pair.Length != 2 || !settings.TryAdd(pair[0], pair[1]))
                return $"'{word}' is no new setting: give name=value";
        }

        try
        {
            With(contender.Learner, settings);
            return lines.TryAdd((problem, contender), settings) ? null : "the same problem and algorithm stand before";
        }
        catch (InputException refused)
        {
            return refused.Errors[0].ToString();
        }
    }

    private static Dictionary<(Problem, Contender), Dictionary<string, string>> Read()
    {
        using Stream stream = typeof(TunedSettings).Assembly.GetManifestResourceStream(File)!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n'));
    }
}
