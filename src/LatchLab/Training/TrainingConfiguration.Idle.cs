using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <content>The settings that have no effect beside the others, with the reason.</content>
public sealed partial record TrainingConfiguration
{
    IEnumerable<(string Setting, string Reason)> IConditionalSettings.FindIdleSettings()
    {
        foreach (var idle in Network.Kind.FindIdleSettings(NetworkShape))
            yield return idle;
        if (Learner.IsSearch)
        {
            yield return ("rule.criterion",
                $"{Learner.Name} minimizes the squared error; only gradient methods have a choice");
            yield return ("rule.class-weights",
                $"{Learner.Name} minimizes the error of all sequences; only gradient methods have weights");
            yield return ("task.order", $"{Learner.Name} evaluates a candidate on all sequences, in any order");
        }

        else if (Task.HasSequences && Task.TrainingClassSizes is null)
        {
            yield return ("rule.class-weights", Task.Targets == TargetKind.Values
                ? "the labels are numbers: classes alone have weights"
                : $"the classes of the task {Task.Name} have equal sizes");
        }

        foreach (var idle in FindIdleInitialValues().Concat(FindIdleTraining()))
            yield return idle;
        if (Task.TestSequences is not null)
            yield return ("rule.test-sequences", $"the task {Task.Name} has its own test sequences: give test-share");
        foreach (var idle in Learner.FindIdleSettings(MaxLength))
            yield return idle;
    }

    private IEnumerable<(string Setting, string Reason)> FindIdleInitialValues()
    {
        // Most of the many configurations of a sweep have no rules.
        PriorKnowledge? prior = Network.Prior.Length == 0 && Network.Kind.GetGivenRule(Network).Length == 0 ? null
            : ReadPrior([]);
        if (!Learner.UsesInitialParameters)
        {
            yield return ("network.initial-range",
                $"{Learner.Name} draws all parameters from its own range: give guess-range");
            if (prior is { InitialValueRules.Count: > 0, HasOtherRules: false })
                yield return ("network.prior", UnusedInitialValues);
            yield return ("network.initialization", $"{Learner.Name} draws all parameters from its own range");
            if (Network.Weight == WeightUse.Trained)
                yield return ("network.weight", $"{Learner.Name} draws all parameters from its own range: give frozen");
        }
        else if (prior is not null && !prior.InitialValues.Contains(null))
        {
            const string reason = "the rules of prior give every initial value: omit one of them";
            yield return ("network.initial-range", reason);
            yield return ("network.initialization", reason);
        }
        else if (Network.Initialization.Length > 0 && ReadInitialization([]) is var initialization)
        {
            int[] drawn = [.. Enumerable.Range(0, ParameterNames.Count).Where(i => prior?.InitialValues[i] is null)];
            if (drawn.All(initialization.Replaces))
                yield return ("network.initial-range", "the rules of initialization draw every parameter otherwise");
            if (!drawn.Any(initialization.Replaces))
                yield return ("network.initialization", "prior or weight gives every value that its rules draw");
        }
    }

    /// <summary>The settings that matter only if any parameter is trainable.</summary>
    private IEnumerable<(string Setting, string Reason)> FindIdleTraining()
    {
        if (Network.Prior.Length == 0 || ReadPrior([]).IsTrainable.Contains(true))
            yield break;
        const string reason = "every parameter is frozen, and nothing is trained";
        foreach (Setting setting in Settings.GetAll(Learner, "learner"))
            yield return (setting.Path, reason);
        yield return ("task.order", reason);
    }
}
