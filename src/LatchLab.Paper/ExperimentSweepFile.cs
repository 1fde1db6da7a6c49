using LatchLab.Foundation;
using LatchLab.Paper.Experiments;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Format;

namespace LatchLab.Paper;

/// <summary>Writes the sweep file that contains exactly the trials of one experiment.</summary>
public static class ExperimentSweepFile
{
    /// <summary>Returns the text of the sweep file.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="settings">The base settings and the resolution.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="command">
    /// The command that reproduces the experiment, for example <c>latchlab reproduce --only figure-2a</c>.
    /// </param>
    /// <exception cref="ValidationException">The experiment has no trials.</exception>
    public static string Serialize(IExperiment experiment, ReproductionSettings settings, ulong seed, string command)
    {
        SweepPlan plan = ExperimentSweepPlan.Create(experiment, settings, seed);
        string parts = plan.Parts.Count == 1 ? "" : $"{plan.Parts.Count} parts, ";
        string configurations = NumberFormat.WithNoun(plan.ConfigurationCount, "configuration");
        return SweepFile.Serialize(
            plan with { Name = experiment.Title },
            $"{experiment.Title} ({experiment.Id})",
            "",
            $"Printed with the {parts}{configurations} and {plan.TrialCount} trials of",
            $"\"{command}\".",
            "An edited file runs what its settings say; omitted ones have their defaults, see",
            "docs/reference/sweep-files.md.",
            "");
    }
}
