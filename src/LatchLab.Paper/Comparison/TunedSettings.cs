using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Learning;

namespace LatchLab.Paper.Comparison;

/// <summary>
/// The tuned settings of every algorithm on every problem, read from the text file <c>tuned.txt</c> next to this one.
/// <c>latchlab tune</c> chooses them for each problem of the paper, with and without noise apart, for all lengths
/// together, with a seed that no figure uses. A line has the form
/// <c>problem algorithm noise=a name=value name=value … at-end=name,name</c>; the last field names the settings that
/// lie at an end of their range, and is omitted if there are none.
/// </summary>
public static class TunedSettings
{
    private const string ResourceName = "tuned.txt", NoiseField = "noise=", AtEndField = "at-end=";

    private static readonly Lazy<Dictionary<(string Problem, string Algorithm, double Noise), TuningCombination>> Table
        = new(ReadResource);

    /// <summary>The noises of the input, a of U[−a, a], for which settings are tuned.</summary>
    public static IReadOnlyList<double> Noises { get; } = [0.0, Problem.PaperNoise];

    /// <summary>The tuned settings by name; empty if the algorithm is not tuned.</summary>
    /// <param name="problem">The problem; other interpretations have the settings of their base problem.</param>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="noise">One of <see cref="Noises"/>.</param>
    /// <exception cref="ArgumentException">There are no settings for this noise.</exception>
    public static IReadOnlyDictionary<string, string> Get(Problem problem, Algorithm algorithm, double noise)
        => Find(problem, algorithm, noise)?.Settings ?? new Dictionary<string, string>();

    /// <summary>
    /// The names of the tuned settings that lie at an end of the range that was tried: a value beyond it may be better.
    /// </summary>
    /// <inheritdoc cref="Get"/>
    public static IReadOnlyList<string> GetSettingsAtEnd(Problem problem, Algorithm algorithm, double noise)
        => Find(problem, algorithm, noise)?.SettingsAtEnd ?? [];

    /// <summary>The learner of an algorithm with its tuned settings.</summary>
    /// <inheritdoc cref="Get"/>
    public static LearnerDefinition CreateLearner(Problem problem, Algorithm algorithm, double noise)
        => Apply(algorithm.Learner, Get(problem, algorithm, noise));

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
    public static string FormatLine(
        Problem problem, Algorithm algorithm, double noise, TuningCombination combination)
        => string.Join(
            ' ',
            [
                problem.Id,
                algorithm.Id,
                string.Create(CultureInfo.InvariantCulture, $"{NoiseField}{noise}"),
                .. combination.Settings.Select(setting => $"{setting.Key}={setting.Value}"),
                .. combination.SettingsAtEnd.Count == 0 ? Array.Empty<string>()
                    : [$"{AtEndField}{string.Join(',', combination.SettingsAtEnd)}"],
            ]);

    /// <summary>Parses the lines of such a file; empty lines and lines that begin with # are ignored.</summary>
    /// <exception cref="ValidationException">The file has errors; each is reported with its line.</exception>
    internal static Dictionary<(string Problem, string Algorithm, double Noise), TuningCombination> Parse(
        IEnumerable<string> lines)
    {
        var table = new Dictionary<(string, string, double), TuningCombination>();
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

    private static TuningCombination? Find(Problem problem, Algorithm algorithm, double noise)
        => !algorithm.IsTuned ? null
            : Table.Value.TryGetValue((problem.BaseId, algorithm.Id, noise), out TuningCombination? combination)
                ? combination
                : throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"There are no settings of {algorithm.Id} on {problem.BaseId} with noise {noise}."),
                    nameof(noise));

    /// <summary>Adds a line to the table; returns an error message, or null.</summary>
    private static string? TryAddLine(
        string[] fields, Dictionary<(string, string, double), TuningCombination> table)
    {
        if (Problem.FromPaper.FirstOrDefault(known => known.Id == fields[0]) is not { } problem)
            return $"'{fields[0]}' is not a problem of the paper";
        if (KnownAlgorithms.All.FirstOrDefault(known => known.Id == fields.ElementAtOrDefault(1)) is not { } algorithm)
            return $"'{fields.ElementAtOrDefault(1)}' is not a known algorithm";
        string noiseField = fields.ElementAtOrDefault(2) ?? "";
        int noise = Noises.ToList().FindIndex(
            noise => noiseField == string.Create(CultureInfo.InvariantCulture, $"{NoiseField}{noise}"));
        if (noise < 0)
            return $"'{noiseField}' is not a tuned noise; expected noise=0 or noise=0.2";
        string line = string.Join(' ', fields);
        TuningCombination? combination = algorithm.TuningGrid.Combinations.FirstOrDefault(
            combination => FormatLine(problem, algorithm, Noises[noise], combination) == line);
        if (combination is null)
            return $"'{string.Join(' ', fields[3..])}' is not a combination that latchlab tune tries for " +
                $"{algorithm.Id}, followed by its settings at an end";
        return table.TryAdd((problem.Id, algorithm.Id, Noises[noise]), combination)
            ? null
            : "the problem, algorithm and noise already have a line";
    }

    private static Dictionary<(string, string, double), TuningCombination> ReadResource()
    {
        using Stream stream = typeof(TunedSettings).Assembly.GetManifestResourceStream(ResourceName)!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n'));
    }
}
