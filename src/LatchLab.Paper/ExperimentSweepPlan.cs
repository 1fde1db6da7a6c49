using LatchLab.Foundation;
using LatchLab.Paper.Experiments;
using LatchLab.Sweeps;
using LatchLab.Training;

namespace LatchLab.Paper;

/// <summary>A figure of ours as a sweep: a part for each of the sweeps that it plans, with the same cells.</summary>
public static class ExperimentSweepPlan
{
    /// <summary>The plan of an exhibit.</summary>
    /// <param name="experiment">The exhibit.</param>
    /// <param name="settings">The settings that it starts from, and how fine it is.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ValidationException">It has no trials: it is computed without any.</exception>
    public static SweepPlan Create(IExperiment experiment, ReproductionSettings settings, ulong seed)
    {
        IReadOnlyList<Sweep> sweeps = experiment.Plan(settings);
        if (sweeps.Count == 0)
        {
            IEnumerable<string> experimentsWithSweeps = KnownExperiments.All
                .Where(known => known.Plan(settings).Count > 0).Select(known => known.Id);
            throw new ValidationException("", experiment.Id,
                "has no trials, and so no sweep: it is computed by \"latchlab " +
                $"reproduce --only {experiment.Id}\"; there are sweeps of {string.Join(", ", experimentsWithSweeps)}");
        }

        var names = new HashSet<string>();
        return new(experiment.Id, seed, [.. sweeps.Select(sweep => new SweepPart(
            sweeps.Count == 1 ? "" : MakeUnique(sweep.Name, experiment.Id, names),
            SweepAxes.Infer(sweep.Configurations),
            sweep.Configurations,
            sweep.TrialsPerConfiguration))]);
    }

    /// <summary>The name of a sweep without that of the exhibit; one that was there before is numbered.</summary>
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
