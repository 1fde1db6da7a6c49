using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Tasks;

namespace LatchLab.Experiments;

/// <summary>
/// From what a user names (a task, a learner, some settings) to the cell that runs. What is not named has the default
/// of the task (its network), of the learner (its units, its budget) or of Section V-E (the rule of convergence).
/// </summary>
public static class ProblemSetup
{
    private const string InnerLearner = "learner";

    /// <summary>A task and a learner with everything else at its default.</summary>
    public static ProblemCell Of(TaskDefinition task, LearnerDefinition learner) => new()
    {
        Task = task,
        Training = learner,
        Network = new()
        {
            Network = Enum.GetValues<NetworkKind>().Single(kind => Settings.InWords(kind) == task.Network),
            Unit = learner.DefaultUnit,
            Biases = task.IsFullyWired ? BiasUse.Yes : BiasUse.No,
            InputWeights = task.IsFullyWired ? InputWeightUse.Always : InputWeightUse.SeveralInputs,
        },
        Rule = new() { Rule = RuleKind.SignAndCost },
        Limits = new() { Presentations = learner.DefaultPresentations },
    };

    /// <summary>Every setting that a task with a learner has.</summary>
    public static IReadOnlyList<Setting> SettingsOf(ProblemCell cell)
        => cell.Training is Curriculum curriculum ? [.. Settings.Of(cell), Led(curriculum)] : Settings.Of(cell);

    /// <summary>The cell of a task and a learner with some settings changed.</summary>
    /// <param name="task">Name of the task; null where it is missing, of which the caller has told already.</param>
    /// <param name="learner">Name of the learner; null likewise.</param>
    /// <param name="changes">Name and new value of settings; <c>learner</c> is the one that a curriculum leads.</param>
    /// <param name="errors">
    /// Receives every mistake; the place of one in a setting is its name with two hyphens, that of one in a file of
    /// sequences the file with its line.
    /// </param>
    /// <param name="source">Reads sequences that a task names; null where there is nothing to read.</param>
    /// <returns>The cell, of use only where there was no mistake.</returns>
    public static ProblemCell Read(
        string? task,
        string? learner,
        IReadOnlyDictionary<string, string> changes,
        ICollection<InputError> errors,
        ISequenceSource? source = null)
    {
        var found = new List<InputError>();
        IReadOnlyList<TaskDefinition> tasks = Find(KnownTasks.All, known => known.Name, task, "--task", found);
        IReadOnlyList<LearnerDefinition> learners = [
            .. Find(KnownLearners.All, known => known.Name, learner, "--learner", found)
                .SelectMany(known => Leading(known, changes.GetValueOrDefault(InnerLearner), found))];

        // Where the task or the learner is not known, a setting is right if any of those there are has it.
        ProblemCell[] candidates = [.. from t in tasks from l in learners select Of(t, l)];
        AddUnknown(candidates, changes, found);
        ProblemCell[] changed = [.. candidates.Select(cell => Settings.With(cell, changes, found))];
        if (changed.Length == 1 && changed[0].Task is SequencesTask own)
            changed[0] = changed[0] with { Task = WithSequences(own, source, found) };
        if (changed.Length == 1)
            found.AddRange(changed[0].Mistakes([.. found.Select(error => error.Place)]));
        foreach (InputError error in found.Distinct())
            errors.Add(error);
        return changed[0];
    }

    private static SequencesTask WithSequences(SequencesTask task, ISequenceSource? source, List<InputError> errors)
    {
        if (source is null)
            errors.Add(new("--file", "", "cannot be read here: sequences from files need somebody who reads them"));
        return task.With(source?.Read(task, errors));
    }

    /// <summary>The one of that name; all of them where there is none.</summary>
    private static IReadOnlyList<TKnown> Find<TKnown>(
        IReadOnlyList<TKnown> all, Func<TKnown, string> nameOf, string? name, string place, List<InputError> errors)
    {
        if (all.FirstOrDefault(one => nameOf(one) == name) is { } meant)
            return [meant];
        IReadOnlyList<string> names = [.. all.Select(nameOf)];
        if (name is not null)
        {
            string known = string.Join(", ", names);
            errors.Add(new(place, "", $"'{name}' is not known; there are {known}{NearestName.Hint(name, names)}"));
        }

        return all;
    }

    /// <summary>A learner; of a curriculum, the one that leads the named learner.</summary>
    private static IEnumerable<LearnerDefinition> Leading(
        LearnerDefinition learner, string? inner, List<InputError> errors)
    {
        if (learner is not Curriculum curriculum || inner is null)
            return [learner];

        // Unlike other settings it has the name of an option, from which its place must differ.
        LearnerDefinition[] allowed = [.. KnownLearners.All.Where(known => known is not Curriculum)];
        if (inner == curriculum.Name)
        {
            string names = string.Join(", ", allowed.Select(known => known.Name));
            errors.Add(new("--set learner", "", $"a curriculum cannot lead a curriculum; give {names}"));
            inner = null;
        }

        return Find(allowed, known => known.Name, inner, "--set learner", errors)
            .Select(led => curriculum with { Learner = led });
    }

    private static void AddUnknown(
        ProblemCell[] candidates, IReadOnlyDictionary<string, string> changes, List<InputError> errors)
    {
        string[] names = [.. candidates.SelectMany(SettingsOf).Select(setting => setting.Name).Distinct()];
        string owner = candidates.Length == 1
            ? $"the task {candidates[0].Task.Name} with the learner {candidates[0].Training.Name}"
            : "any task with any learner";
        foreach (string name in changes.Keys.Except(names))
        {
            errors.Add(new($"--{name}", "", $"is not a setting of {owner}; there are {string.Join(", ", names)}" +
                NearestName.Hint(name, names)));
        }
    }

    /// <summary>The learner that a curriculum leads, as a setting.</summary>
    internal static Setting Led(Curriculum curriculum) => new(
        InnerLearner,
        curriculum.Learner.Name,
        string.Join(", ", KnownLearners.All.Where(known => known is not Curriculum).Select(known => known.Name)),
        "the learner that a curriculum leads; its settings can be given, too",
        "decision (paper, Section VI)")
    {
        Group = "curriculum",
        Kind = SettingKind.Word,
    };
}
