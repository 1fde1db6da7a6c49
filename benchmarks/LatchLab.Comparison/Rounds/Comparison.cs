using LatchLab.Comparison.Contestants;
using LatchLab.Comparison.Work;

namespace LatchLab.Comparison.Rounds;

/// <summary>
/// The whole comparison: everybody is built, the trials are written down, all rows of a work are measured in turn,
/// round after round; then the tables and the roofline.
/// </summary>
/// <param name="rounds">How often.</param>
/// <param name="folder">Where the tables and, with a kernel among the works, the roofline go.</param>
/// <param name="works">The names of the works.</param>
internal sealed class Comparison(int rounds, string folder, IReadOnlyCollection<string> works)
{
    /// <summary>Runs it, and prints the tables.</summary>
    public void Run()
    {
        Directory.CreateDirectory(folder);
        var plan = new Plan();
        Section[] sections = [.. plan.Sections.Where(section => works.Contains(section.Name))];
        Contestant[] contestants = [.. plan.Contestants.Where(one =>
            sections.Any(section => section.Entries.Any(entry => entry.By == one)))];
        foreach (Contestant contestant in contestants)
        {
            contestant.Prepare();
            Tell(contestant.Missing is { } missing ? $"{contestant.Name}: {missing}" : $"{contestant.Name} is ready.");
        }

        foreach (WholeRun run in WholeRun.Known.Where(run => sections.Any(section => section.Name == run.Name)))
            WorkFile.Write(run, Plan.WorkPath(run.Name));

        var measured = new Measurements();
        for (int round = 1; round <= rounds; round++)
        {
            foreach (Section section in sections)
            {
                Tell($"Round {round} of {rounds}: {section.Title}");
                foreach (Entry entry in section.Entries)
                    measured.Measure(section, entry, round);
            }
        }

        Surroundings surroundings = Surroundings.Ask(rounds, contestants);
        string page = new MarkdownReport(measured, sections, surroundings).Write();
        File.WriteAllText(Path.Combine(folder, "comparison.md"), page);
        File.WriteAllText(
            Path.Combine(folder, "comparison.json"), $"{JsonReport.Write(measured, sections, surroundings)}\n");
        if (measured.Speed is { } speed)
            new Roofline(measured, speed).Write(folder);
        Console.Write(page);
        Tell($"Written into {folder}: comparison.md, comparison.json" +
            (measured.Speed is null ? "" : ", roofline.svg and roofline.png"));
    }

    private static void Tell(string message) => Console.Error.WriteLine(message);
}
