using System.Text.RegularExpressions;
using LatchLab.Foundation;
using LatchLab.Sweeps.Format;
using LatchLab.Sweeps.Reports;
using LatchLab.Tests.Architecture;
using Xunit;

namespace LatchLab.Tests.Sweeps;

/// <summary>docs/reference/sweep-files.md and the example sweeps match the program.</summary>
public partial class SweepPageTests
{
    private static readonly string Page = Repository.ReadPage("reference/sweep-files.md");

    public static TheoryData<string> Examples { get; } = new(
        Directory.GetFiles(Path.Combine(Repository.Root, "examples", "sweeps"), "*.toml")
            .Select(path => Path.GetRelativePath(Repository.Root, path)));

    [Fact]
    public void Every_file_of_the_page_can_be_read()
    {
        string[] files = [.. ValidFile().Matches(Page).Select(match => match.Groups[1].Value)];
        Assert.Equal(2, files.Length);
        Assert.Equal([21, 3 + 3 + 3], files.Select(file => SweepFile.Parse(file, "sweep.toml").ConfigurationCount));
    }

    [Fact]
    public void Every_invalid_file_of_the_page_is_reported_as_shown()
    {
        Match[] pairs = [.. InvalidFile().Matches(Page).Cast<Match>()];
        Assert.Equal(2, pairs.Length);
        Assert.All(pairs, pair => Assert.Equal(
            pair.Groups["errors"].Value.TrimEnd().Split('\n'),
            Assert.Throws<ValidationException>(() => SweepFile.Parse(pair.Groups["file"].Value, "sweep.toml"))
                .Errors.Select(error => error.ToString())));
    }

    [Fact]
    public void The_page_names_every_quantity()
        => Assert.All(Quantity.All, quantity => Assert.Contains($"`{quantity.Name}`", Page, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_can_be_read_and_is_small(string path)
        => Assert.InRange(SampleSweeps.Read(Path.Combine(Repository.Root, path)).TrialCount, 50, 10_000);

    [GeneratedRegex("```toml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ValidFile();

    [GeneratedRegex("```toml wrong\n(?<file>.*?)```.*?```\n(?<errors>.*?)```", RegexOptions.Singleline)]
    private static partial Regex InvalidFile();
}
