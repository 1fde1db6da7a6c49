using LatchLab.Learning;
using LatchLab.Tasks;

namespace LatchLab.Experiments;

/// <summary>A setting of a cell.</summary>
/// <param name="Field">Its name with its section, for example <c>task.length</c>.</param>
/// <param name="Setting">The setting, with the value that it has in the cell.</param>
public sealed record CellSetting(string Field, Setting Setting)
{
    /// <summary>The value as a user would write it.</summary>
    public string Value => Setting.Value;
}

/// <summary>
/// A cell as fields and texts: all that a sweep file, a ledger or a report has to say of it, and enough to make the
/// same cell again. The sections are <c>task</c>, <c>network</c>, <c>learner</c> and <c>rule</c>.
/// </summary>
public static class CellSettings
{
    /// <summary>The field that names the task.</summary>
    public const string Task = "task.name";

    /// <summary>The field that names the learner.</summary>
    public const string Learner = "learner.name";

    /// <summary>The field that names the learner that a curriculum leads.</summary>
    public const string LedLearner = "learner.learner";

    /// <summary>The sections, in the order of the fields.</summary>
    public static IReadOnlyList<string> Sections { get; } = ["task", "network", "learner", "rule"];

    /// <summary>Every setting of a cell, its section's name first.</summary>
    public static IReadOnlyList<CellSetting> Of(Cell cell)
    {
        var fields = new List<CellSetting>();
        var names = new HashSet<string>();
        foreach ((string section, IEnumerable<Setting> settings) in SectionsOf(cell))
        {
            // The learning rate of the minimal task is the learner's, and once more among what ends its runs.
            fields.AddRange(settings.Where(setting => names.Add(setting.Name) || setting.Name == "name")
                .Select(setting => new CellSetting($"{section}.{setting.Name}", setting)));
        }

        return fields;
    }

    /// <summary>The cell that has some settings, and otherwise the defaults of its task and learner.</summary>
    /// <param name="values">Values by their fields; those of a task and of a learner are needed.</param>
    /// <param name="errors">Receives every mistake; the place of one in a field is empty.</param>
    /// <param name="source">Reads sequences that a task names; null where there is nothing to read.</param>
    /// <returns>The cell, of use only where there was no mistake; null where task or learner are not known.</returns>
    public static Cell? Read(
        IReadOnlyDictionary<string, string> values, ICollection<InputError> errors, ISequenceSource? source = null)
    {
        string task = Word(Task, CellTemplate.Tasks), learner = Word(Learner, CellTemplate.Learners);
        string led = values.ContainsKey(LedLearner) ? Word(LedLearner, CellTemplate.LedLearners) : "";
        if (errors.Count > 0)
            return null;
        var template = CellTemplate.Of(task, learner, led);
        foreach (string field in values.Keys.Where(field => template.Find(field) is null))
            errors.Add(new("", field, $"is not a setting of {template}"));
        return template.Read(values.Where(value => template.Find(value.Key) is not null), errors, source);

        string Word(string field, IReadOnlyList<string> known)
        {
            string? word = values.GetValueOrDefault(field);
            if (word is null || !known.Contains(word))
            {
                string given = word is null ? "is missing" : $"'{word}' is not known";
                errors.Add(new("", field, $"{given}; there are {string.Join(", ", known)}" +
                    NearestName.Hint(word ?? "", known)));
            }

            return word ?? "";
        }
    }

    private static IEnumerable<(string Section, IEnumerable<Setting> Settings)> SectionsOf(Cell cell) => cell switch
    {
        ProblemCell problem =>
        [
            ("task", [TaskName(problem.Task.Name), .. Of(problem.Task)]),
            ("network", Of(problem.Network)),
            ("learner", OfLearner(problem.Training)),
            ("rule", [.. Of(problem.Rule), .. Of(problem.Limits)]),
        ],
        MinimalCell minimal =>
        [
            ("task", [TaskName(CellTemplate.MinimalTask), .. Of(minimal.Task)]),
            ("network", Of(minimal.Start)),
            ("learner", OfLearner(minimal.Learner)),
            ("rule", [.. Of(minimal.Rule), .. Of(minimal.Training)]),
        ],
        _ => throw new ArgumentException($"A {cell.GetType().Name} has no sections.", nameof(cell)),
    };

    private static IReadOnlyList<Setting> Of(object definition) => Settings.Of(definition);

    private static IEnumerable<Setting> OfLearner(LearnerDefinition learner)
    {
        yield return Name(learner.Name, CellTemplate.Learners, "how it is learned");
        if (learner is Curriculum curriculum)
            yield return ProblemSetup.Led(curriculum);
        foreach (Setting setting in Of(learner))
            yield return setting;
    }

    private static Setting TaskName(string name) => Name(name, CellTemplate.Tasks, "what is to be learned");

    private static Setting Name(string name, IReadOnlyList<string> known, string meaning)
        => new("name", name, string.Join(", ", known), meaning, "") { Kind = SettingKind.Word };
}
