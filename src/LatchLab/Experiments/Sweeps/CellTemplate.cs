using System.Collections.Concurrent;
using LatchLab.Learning;
using LatchLab.Tasks;

namespace LatchLab.Experiments;

/// <summary>
/// What all cells of a task with a learner have in common: which fields they have, with which defaults, and how they
/// are read. The task <c>minimal</c> is that of Section III, whose cells are <see cref="MinimalCell"/>s.
/// </summary>
public sealed class CellTemplate
{
    /// <summary>The task of Section III.</summary>
    public const string MinimalTask = "minimal";

    private const string Option = "--";
    private const string LedOption = "--set learner";
    private const string NameOfName = "name";

    private static readonly string Leader = new Curriculum().Name;

    private static readonly PerfectLatch Perfect = new();
    private static readonly string[] PerfectNames = [.. Settings.Of(Perfect).Select(setting => setting.Name)];

    private static readonly ConcurrentDictionary<(string Task, string Learner, string Led), CellTemplate> All = [];

    private readonly string task, learner;
    private readonly Cell standard;
    private readonly Dictionary<string, CellSetting> byField;
    private readonly Dictionary<string, string> fieldOfName;

    private CellTemplate(string task, string learner, string led)
    {
        this.task = task;
        this.learner = learner;
        standard = task == MinimalTask
            ? new MinimalCell { Start = new() { Perfect = Perfect } }
            : ProblemSetup.Of(KnownTasks.All.Single(known => known.Name == task), Known(learner, led));
        Fields = CellSettings.Of(standard);
        byField = Fields.ToDictionary(field => field.Field);
        fieldOfName = Fields.Where(field => field.Setting.Name != NameOfName)
            .ToDictionary(field => field.Setting.Name, field => field.Field);
    }

    /// <summary>The template of a task with a learner.</summary>
    /// <param name="task">One of <see cref="Tasks"/>.</param>
    /// <param name="learner">One of <see cref="Learners"/>.</param>
    /// <param name="led">
    /// One of <see cref="LedLearners"/>: whom a curriculum leads, empty for its default; others lead nobody.
    /// </param>
    public static CellTemplate Of(string task, string learner, string led = "")
        => All.GetOrAdd(
            (task, learner, learner == Leader ? led : ""), static names => new(names.Task, names.Learner, names.Led));

    /// <summary>Names of the tasks.</summary>
    public static IReadOnlyList<string> Tasks { get; } = [MinimalTask, .. KnownTasks.All.Select(known => known.Name)];

    /// <summary>Names of the learners.</summary>
    public static IReadOnlyList<string> Learners { get; } = [.. KnownLearners.All.Select(known => known.Name)];

    /// <summary>Names of the learners that a curriculum can lead.</summary>
    public static IReadOnlyList<string> LedLearners { get; } =
        [.. KnownLearners.All.Where(known => known is not Curriculum).Select(known => known.Name)];

    /// <summary>The only learner of the minimal task.</summary>
    public static string LearnerOfMinimalTask { get; } = new Backpropagation().Name;

    /// <summary>Every field, with its default.</summary>
    public IReadOnlyList<CellSetting> Fields { get; }

    /// <summary>A field; null where these cells have none of that name.</summary>
    public CellSetting? Find(string field) => byField.GetValueOrDefault(field);

    /// <summary>
    /// The value of a field that is not given; null for a name, and for what is there only if it is given.
    /// </summary>
    public string? DefaultOf(string field)
        => field is CellSettings.Task or CellSettings.Learner or CellSettings.LedLearner
            || PerfectNames.Contains(byField[field].Setting.Name)
            ? null
            : byField[field].Value;

    /// <summary>Why a setting does not allow a value, whatever the others are; null if it does.</summary>
    public string? Mistake(string field, string value)
    {
        var errors = new List<InputError>();
        Settings.With(standard, new Dictionary<string, string> { [byField[field].Setting.Name] = value }, errors);
        return errors.FirstOrDefault()?.Problem;
    }

    /// <summary>The cell with some settings.</summary>
    /// <param name="values">Values by fields, all of them <see cref="Fields"/>.</param>
    /// <param name="errors">Receives every mistake; the place of one in a field is empty.</param>
    /// <param name="source">Reads sequences that a task names; null where there is nothing to read.</param>
    /// <returns>The cell, of use only where there was no mistake.</returns>
    public Cell Read(
        IEnumerable<KeyValuePair<string, string>> values,
        ICollection<InputError> errors,
        ISequenceSource? source = null)
    {
        Dictionary<string, string> changes = values
            .Where(value => value.Key is not (CellSettings.Task or CellSettings.Learner))
            .ToDictionary(value => byField[value.Key].Setting.Name, value => value.Value);
        var found = new List<InputError>();
        Cell cell = task == MinimalTask
            ? ReadMinimal(changes, found)
            : ProblemSetup.Read(task, learner, changes, found, source);
        foreach (InputError error in found)
            errors.Add(error.Place.StartsWith(Option, StringComparison.Ordinal)
                ? new("", FieldOf(error.Place), error.Problem)
                : error);
        return cell;
    }

    /// <summary>In words: <c>the task latch with the learner back-propagation</c>.</summary>
    public override string ToString() => $"the task {task} with the learner {learner}";

    private MinimalCell ReadMinimal(Dictionary<string, string> changes, List<InputError> errors)
    {
        if (learner != LearnerOfMinimalTask)
        {
            errors.Add(new("--learner", "", $"the task {task} knows {LearnerOfMinimalTask} only: give that, or the " +
                $"task {new LatchTask().Name}, which every learner can learn"));
        }

        var cell = new MinimalCell();
        if (PerfectNames.Any(changes.ContainsKey))
        {
            cell = cell with { Start = cell.Start with { Perfect = Perfect } };
            errors.AddRange(PerfectNames.Where(name => !changes.ContainsKey(name)).Select(missing => new InputError(
                Option + missing, "", $"is missing: a perfect latch needs {string.Join(" and ", PerfectNames)}")));
        }

        cell = Settings.With(cell, changes, errors);
        string[] wrong = [.. errors.Select(error => error.Place)];
        errors.AddRange(MinimalMistakes.Of(cell)
            .Where(relation => !relation.Between.Intersect(wrong).Any()).Select(relation => relation.Mistake));
        return cell;
    }

    /// <summary>The field of an option that a mistake was found in.</summary>
    private string FieldOf(string option) => option switch
    {
        "--task" => CellSettings.Task,
        "--learner" => CellSettings.Learner,
        LedOption => CellSettings.LedLearner,
        _ => fieldOfName.GetValueOrDefault(option[Option.Length..], option),
    };

    private static LearnerDefinition Known(string name, string led)
    {
        LearnerDefinition learner = KnownLearners.All.Single(known => known.Name == name);
        return learner is Curriculum curriculum && led.Length > 0
            ? curriculum with { Learner = KnownLearners.All.Single(known => known.Name == led) }
            : learner;
    }
}
