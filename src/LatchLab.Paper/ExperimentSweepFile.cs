using LatchLab.Foundation;
using LatchLab.Paper.Experiments;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Format;

namespace LatchLab.Paper;

/// <summary>The sweep file that is exactly one of our figures.</summary>
public static class ExperimentSweepFile
{
    /// <summary>The text of the file.</summary>
    /// <param name="experiment">The figure.</param>
    /// <param name="settings">The settings that it starts from, and how fine it is.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="command">What makes the figure, for example <c>latchlab reproduce --only figure-2a</c>.</param>
    /// <exception cref="ValidationException">The figure has no trials.</exception>
    public static string Serialize(IExperiment experiment, ReproductionSettings settings, ulong seed, string command)
    {
        SweepPlan plan = ExperimentSweepPlan.Create(experiment, settings, seed);
        string parts = plan.Parts.Count == 1 ? "" : $"{plan.Parts.Count} parts, ";
        string configurations = plan.ConfigurationCount == 1 ? "a single cell" : $"{plan.ConfigurationCount} cells";
        return SweepFile.Serialize(
            plan,
            experiment.Title,
            "",
            $"These are the trials of \"{command}\":",
            $"{parts}{configurations}, {plan.TrialCount} trials. What is not said has its default; see " +
                $"docs/sweep-files.md.",
            "");
    }
}
