using System.Globalization;
using LatchLab.Tests.Architecture;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>The outputs that the tutorials quote are those of the program.</summary>
public sealed class TutorialTests : IDisposable
{
    private const string Page = "docs/tutorials/csv-to-answer.md";

    private const string Sweep = "examples/sweeps/own-data-length.toml";

    private readonly Sandbox _sandbox = new();

    public TutorialTests()
    {
        foreach (string file in new[] { Sweep, "examples/data/sonar.csv" })
            _sandbox.Write(file, File.ReadAllText(Path.Combine(Repository.Root, file)));
    }

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void The_training_is_as_quoted_and_has_the_trials_of_the_sweep_without_a_delay()
    {
        SlowTests.SkipUnlessRequested();
        string trained = _sandbox.Run(DocumentedCommands.Lines(Page).First(
            line => line.StartsWith("train", StringComparison.Ordinal))).Output;
        AssertQuoted("│ success rate", trained);
        AssertQuoted("     156", trained);
        Assert.Equal(0, _sandbox.Run($"run {Sweep} task.delay=0 --out run").ExitCode);
        Assert.Equal(0, _sandbox.Run("export run --table configurations --to rows.csv").ExitCode);
        string[][] rows = [.. File.ReadAllLines(_sandbox.Below("rows.csv")).Select(line => line.Split(','))];
        Dictionary<string, string> row = rows[0].Zip(rows[1]).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Contains($"│ {row["converged"]} of {row["trials"]}: ", trained, StringComparison.Ordinal);
        double error = double.Parse(row["error"], CultureInfo.InvariantCulture);
        Assert.Contains($"│ error on test sequences  │ {error:F3} [", trained, StringComparison.Ordinal);
    }

    [Fact]
    public void The_errors_of_the_trainings_that_do_not_learn_are_as_quoted()
    {
        SlowTests.SkipUnlessRequested();
        string text = Repository.ReadPage("tutorials/csv-to-answer.md");
        string[] lines = [.. DocumentedCommands.Lines(Page).Where(
            line => line.StartsWith("train", StringComparison.Ordinal)).Skip(1)];
        Assert.Equal(4, lines.Length);
        string[] outputs = [.. lines.Select(line => _sandbox.Run(line).Output)];
        AssertQuoted("   4,992", outputs[0]);
        foreach (string output in outputs.Skip(1))
        {
            string row = output.Split('\n').Single(
                line => line.StartsWith("│ error on test sequences", StringComparison.Ordinal));
            Assert.Contains(row.Split('│')[2].Trim(), text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_tables_of_the_sweep_are_as_quoted()
    {
        SlowTests.SkipUnlessRequested();
        string[] runs = [.. DocumentedCommands.Lines(Page).Where(
            line => line.StartsWith("run ", StringComparison.Ordinal))];
        Assert.Equal(2, runs.Length);
        AssertQuoted("│ configuration │ delay ", _sandbox.Run(runs[0]).Output);
        AssertQuoted("│ configuration │ trials ", _sandbox.Run(runs[1]).Output);
    }

    [Theory]
    [InlineData("docs/tutorials/csharp.md", "length.cs")]
    [InlineData("docs/how-to/watch-training.md", "watch-training.cs")]
    public void A_page_on_CSharp_shows_the_example_that_it_names(string page, string example)
        => Assert.Contains(
            File.ReadAllText(Path.Combine(Repository.Root, "examples", example)).ReplaceLineEndings("\n"),
            DocumentedCommands.Blocks(page));

    /// <summary>The lines of the block that begins so are lines of the output.</summary>
    private static void AssertQuoted(string beginning, string output)
    {
        string[] lines = [.. output.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())];
        string block = DocumentedCommands.Blocks(Page).Single(
            text => text.StartsWith(beginning, StringComparison.Ordinal));
        Assert.All(block.TrimEnd().Split('\n'), line => Assert.Contains(line, lines));
    }
}
