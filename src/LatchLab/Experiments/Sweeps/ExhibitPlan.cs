using LatchLab.Experiments.Catalogue;

namespace LatchLab.Experiments;

/// <summary>A figure of ours as a sweep: a part for each of the sweeps that it plans, with the same cells.</summary>
public static class ExhibitPlan
{
    /// <summary>The plan of an exhibit.</summary>
    /// <param name="exhibit">The exhibit.</param>
    /// <param name="study">The settings that it starts from, and how fine it is.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="InputException">It has no trials: it is computed without any.</exception>
    public static SweepPlan Of(IExhibit exhibit, Study study, ulong seed)
    {
        IReadOnlyList<Sweep> sweeps = exhibit.Plan(study);
        if (sweeps.Count == 0)
        {
            IEnumerable<string> others = KnownExhibits.All
                .Where(known => known.Plan(study).Count > 0).Select(known => known.Id);
            throw new InputException("", exhibit.Id, "has no trials, and so no sweep: it is computed by \"latchlab " +
                $"reproduce --only {exhibit.Id}\"; there are sweeps of {string.Join(", ", others)}");
        }

        var names = new HashSet<string>();
        return new(exhibit.Id, seed, [.. sweeps.Select(sweep => new SweepPart(
            sweeps.Count == 1 ? "" : Unique(sweep.Name, exhibit.Id, names),
            SweepAxes.Of(sweep.Cells),
            sweep.Cells,
            sweep.Trials))]);
    }

    /// <summary>The name of a sweep without that of the exhibit; one that was there before is numbered.</summary>
    private static string Unique(string name, string exhibit, HashSet<string> names)
    {
        string prefix = $"{exhibit}, ";
        string own = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
        string unique = own;
        for (int i = 2; !names.Add(unique); i++)
            unique = $"{own} ({i})";
        return unique;
    }
}
