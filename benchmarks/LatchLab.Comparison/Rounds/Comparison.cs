using LatchLab.Comparison.Implementations;
using LatchLab.Comparison.Work;

namespace LatchLab.Comparison.Rounds;

/// <summary>
/// The whole comparison: builds all implementations, writes the workload files, measures all rows of a section in turn,
/// round after round, and writes the tables and the roofline.
/// </summary>
/// <param name="rounds">The number of rounds.</param>
/// <param name="folder">The folder of the tables and, if a kernel is measured, of the roofline.</param>
/// <param name="works">The names of the sections.</param>
internal sealed class Comparison(int rounds, string folder, IReadOnlyCollection<string> works)
{
    /// <summary>Runs the comparison and prints the tables.</summary>
    public void Run()
    {
        Directory.CreateDirectory(folder);
        var plan = new BenchmarkPlan();
        BenchmarkSection[] sections = [.. plan.Sections.Where(section => works.Contains(section.Name))];
        Implementation[] implementations = [.. plan.Implementations.Where(one =>
            sections.Any(section => section.Entries.Any(entry => entry.Implementation == one)))];
        foreach (Implementation implementation in implementations)
        {
            implementation.Prepare();
            Report(implementation.UnavailableReason is { } missing ? $"{implementation.Name}: {missing}"
                : $"{implementation.Name} is ready.");
        }

        foreach (EndToEndRun run in EndToEndRun.All.Where(run => sections.Any(section => section.Name == run.Name)))
            WorkloadFile.Write(run, BenchmarkPlan.GetWorkloadPath(run.Name));

        foreach (CellWork work in CellWork.All.Where(work => sections.Any(section => section.Name == work.Name)))
            work.WriteFile(BenchmarkPlan.GetWorkloadPath(work.Name));

        var measured = new Measurements();
        for (int round = 1; round <= rounds; round++)
        {
            foreach (BenchmarkSection section in sections)
            {
                Report($"Round {round} of {rounds}: {section.Title}");
                foreach (BenchmarkEntry entry in section.Entries)
                    measured.Measure(section, entry, round);
            }
        }

        TestEnvironment environment = TestEnvironment.Collect(rounds, implementations);
        string page = new MarkdownReport(measured, sections, environment).Format();
        File.WriteAllText(Path.Combine(folder, "comparison.md"), page);
        File.WriteAllText(
            Path.Combine(folder, "comparison.json"), $"{JsonReport.Format(measured, sections, environment)}\n");
        if (measured.Speed is { } speed)
            new Roofline(measured, speed).Write(folder);
        Console.Write(page);
        Report($"Written into {folder}: comparison.md, comparison.json" +
            (measured.Speed is null ? "" : ", roofline.svg and roofline.png"));
    }

    private static void Report(string message) => Console.Error.WriteLine(message);
}
