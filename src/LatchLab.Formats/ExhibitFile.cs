using LatchLab.Experiments;
using LatchLab.Experiments.Catalogue;

namespace LatchLab.Formats;

/// <summary>The sweep file that is exactly one of our figures.</summary>
public static class ExhibitFile
{
    /// <summary>The text of the file.</summary>
    /// <param name="exhibit">The figure.</param>
    /// <param name="study">The settings that it starts from, and how fine it is.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="command">What makes the figure, for example <c>latchlab reproduce --only figure-2a</c>.</param>
    /// <exception cref="InputException">The figure has no trials.</exception>
    public static string Text(IExhibit exhibit, Study study, ulong seed, string command)
    {
        SweepPlan plan = ExhibitPlan.Of(exhibit, study, seed);
        string parts = plan.Parts.Count == 1 ? "" : $"{plan.Parts.Count} parts, ";
        string cells = plan.CellCount == 1 ? "a single cell" : $"{plan.CellCount} cells";
        return SweepFile.Text(
            plan,
            exhibit.Title,
            "",
            $"These are the trials of \"{command}\":",
            $"{parts}{cells}, {plan.TrialCount} trials. What is not said has its default; see docs/sweep-files.md.",
            "");
    }
}
