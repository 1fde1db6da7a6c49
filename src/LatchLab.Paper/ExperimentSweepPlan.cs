using LatchLab.Foundation;
using LatchLab.Paper.Experiments;
using LatchLab.Sweeps;
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

    /// <summary>Creates the sweep plan of an experiment; null if it has no trials.</summary>
    internal static SweepPlan? CreateOrNull(IExperiment experiment, ReproductionSettings settings, ulong seed)
    {
        IReadOnlyList<Sweep> sweeps = experiment.Plan(settings);
        var names = new HashSet<string>();
        return sweeps.Count == 0 ? null : new(experiment.Id, seed, [.. sweeps.Select(sweep => new SweepPart(
            sweeps.Count == 1 ? "" : MakeUnique(sweep.Name, experiment.Id, names),
            SweepAxes.Infer(sweep.Configurations),
            sweep.Configurations,
            sweep.TrialsPerConfiguration)
        {
            StoredParameters = sweep.StoredParameters,
        })]);
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
