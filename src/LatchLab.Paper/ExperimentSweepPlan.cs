using LatchLab.Foundation;
using LatchLab.Paper.Experiments;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Format;
using LatchLab.Training;

namespace LatchLab.Paper;

/// <summary>
/// Converts the trials of an experiment to a sweep plan: one part per planned sweep, with the same configurations.
/// </summary>
public static class ExperimentSweepPlan
{
    /// <summary>Creates the sweep plan of an experiment.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="settings">The base settings and the resolution.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ValidationException">The experiment has no trials.</exception>
    public static SweepPlan Create(IExperiment experiment, ReproductionSettings settings, ulong seed)
    {
        if (CreateOrNull(experiment, settings, seed) is not { } plan)
        {
            IEnumerable<string> experimentsWithSweeps = KnownExperiments.All
                .Where(known => known.Plan(settings).Count > 0).Select(known => known.Id);
            throw new ValidationException("", experiment.Id,
                "has no trials and therefore no sweep; compute it with \"latchlab reproduce --only " +
                $"{experiment.Id}\". Experiments with a sweep: {string.Join(", ", experimentsWithSweeps)}");
        }

        return plan;
    }

    /// <summary>Creates the sweep plan of an experiment with its changed settings; null if it has no trials.</summary>
    /// <exception cref="ValidationException">A changed setting is not allowed.</exception>
    internal static SweepPlan? CreateOrNull(IExperiment experiment, ReproductionSettings settings, ulong seed)
    {
        SweepPlan? plan = CreateUnchanged(experiment, settings, seed);
        IReadOnlyDictionary<string, string> changes = FindChanges(experiment, settings);
        return plan is null || changes.Count == 0 ? plan
            : SweepFile.Parse(SweepFile.Serialize(plan), experiment.Id, overrides: changes);
    }

    /// <summary>The changes of settings that some trial of an experiment has.</summary>
    internal static IReadOnlyDictionary<string, string> FindChanges(
        IExperiment experiment, ReproductionSettings settings)
    {
        if (settings.Changes.Count == 0 || experiment.VariedFields is not { } varied)
            return new Dictionary<string, string>();
        HashSet<string> fields = [.. FindFields(experiment, settings).Except(varied)];
        return settings.Changes.Where(change => fields.Contains(change.Key)).ToDictionary();
    }

    /// <summary>Returns the errors of the changed settings of some experiments.</summary>
    internal static IEnumerable<ValidationError> ValidateChanges(
        IReadOnlyList<IExperiment> experiments, ReproductionSettings settings)
    {
        if (settings.Changes.Count == 0)
            yield break;
        IExperiment[] changeable = [.. experiments.Where(experiment => experiment.VariedFields is not null)];
        string[] fields = [.. changeable.SelectMany(experiment => FindFields(experiment, settings)).Distinct()];
        foreach (string field in settings.Changes.Keys)
        {
            IExperiment? varying = Array.Find(changeable, experiment => experiment.VariedFields!.Contains(field));
            if (varying is not null)
                yield return new("", field, $"{varying.Id} varies it itself: compared-length sets its lengths; " +
                    "compared-budget, search-budget and key-annealing-budget set its budgets; for another value " +
                    $"change the file that latchlab run --print {varying.Id} prints, and run it");
            else if (changeable.Length == 0)
                yield return new("", field, "only " + string.Join(" and ", KnownExperiments.All
                    .Where(known => known.VariedFields is not null).Select(known => known.Id)) + " take such settings");
            else if (!fields.Contains(field))
                yield return new("", field, "is no setting of the trials of " +
                    string.Join(" and ", changeable.Select(experiment => experiment.Id)) +
                    NearestName.FormatSuggestion(field, fields));
        }

        foreach (IExperiment experiment in changeable)
        {
            IReadOnlyList<ValidationError> errors = [];
            try
            {
                _ = CreateOrNull(experiment, settings, seed: 0);
            }
            catch (ValidationException exception)
            {
                errors = exception.Errors;
            }

            foreach (ValidationError error in errors)
                yield return error;
        }
    }

    private static IEnumerable<string> FindFields(IExperiment experiment, ReproductionSettings settings)
        => experiment.Plan(settings).Select(sweep => sweep.Configurations[0])
            .SelectMany(ConfigurationSettings.GetSettings).Select(setting => setting.Path).Distinct();

    private static SweepPlan? CreateUnchanged(IExperiment experiment, ReproductionSettings settings, ulong seed)
    {
        IReadOnlyList<Sweep> sweeps = experiment.Plan(settings);
        var names = new HashSet<string>();
        if (sweeps.Count == 0)
            return null;
        SweepPart[] parts =
        [
            .. sweeps.Select(sweep => new SweepPart(
                sweeps.Count == 1 ? "" : MakeUnique(sweep.Name, experiment.Id, names),
                SweepAxes.Infer(sweep.Configurations),
                sweep.Configurations,
                sweep.TrialsPerConfiguration)
            {
                StoredParameters = sweep.StoredParameters,
            }),
        ];
        ReportOptions report = experiment.SweepReport;
        bool isOnAxis = parts.Any(part => part.Axes.Any(axis => axis.Fields.Contains(report.X)));
        return new(experiment.Id, seed, parts)
        {
            ReportOptions = isOnAxis ? report : report with { X = null },
        };
    }

    /// <summary>Removes the experiment id from the name of a sweep and numbers duplicates.</summary>
    private static string MakeUnique(string name, string experiment, HashSet<string> names)
    {
        string prefix = $"{experiment}, ";
        string shortName = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
        string unique = shortName;
        for (int i = 2; !names.Add(unique); i++)
            unique = $"{shortName} ({i})";
        return unique;
    }
}
