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

    private static string TrainLine => DocumentedCommands.Lines(Page).Single(
        line => line.StartsWith("train", StringComparison.Ordinal));

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void The_table_and_the_learning_curve_of_the_training_are_as_quoted()
    {
        string output = _sandbox.Run(TrainLine).Output;
        AssertQuoted("│ success rate", output);
        AssertQuoted("     156", output);
    }

    [Fact]
    public void Without_a_delay_the_sweep_has_the_trials_of_the_training()
    {
        var trained = _sandbox.Run(TrainLine + " --json").Json();
        Assert.Equal(0, _sandbox.Run($"run {Sweep} task.delay=0 --out run").ExitCode);
        Assert.Equal(0, _sandbox.Run("export run --table configurations --format json --to rows.json").ExitCode);
        var row = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(_sandbox.Below("rows.json")))![0]!;
        Assert.Equal((int)trained["success"]!["converged"]!, (int)row["converged"]!);
        Assert.Equal((double)trained["testError"]!["mean"]!, (double)row["error"]!);
        Assert.Equal((double)trained["success"]!["lower"]!, (double)row["success_lower_95"]!);
    }

    [Fact]
    public void The_tables_of_the_sweep_are_as_quoted()
    {
        SlowTests.SkipUnlessRequested();
        string[] runs = [.. DocumentedCommands.Lines(Page).Where(
            line => line.StartsWith("run ", StringComparison.Ordinal))];
        Assert.Equal(2, runs.Length);
        AssertQuoted("│ 0             │ 0  ", _sandbox.Run(runs[0]).Output);
        AssertQuoted("│ 0             │ 20 ", _sandbox.Run(runs[1]).Output);
    }

    [Fact]
    public void The_page_on_CSharp_shows_the_example_that_it_names()
        => Assert.Contains(
            File.ReadAllText(Path.Combine(Repository.Root, "examples", "length.cs")).ReplaceLineEndings("\n"),
            DocumentedCommands.Blocks("docs/tutorials/csharp.md"));

    /// <summary>The lines of the block that begins so are lines of the output.</summary>
    private static void AssertQuoted(string beginning, string output)
    {
        string[] lines = [.. output.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())];
        string block = DocumentedCommands.Blocks(Page).Single(
            text => text.StartsWith(beginning, StringComparison.Ordinal));
        Assert.All(block.TrimEnd().Split('\n'), line => Assert.Contains(line, lines));
    }
}
