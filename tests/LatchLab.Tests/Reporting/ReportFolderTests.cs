using System.Text.Json.Nodes;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Reporting;
using LatchLab.Reporting.Drawing;
using Xunit;

namespace LatchLab.Tests.Reporting;

public sealed class ReportFolderTests : IDisposable
{
    private static readonly Report Small = SampleReports.Report with { Figures = [SampleReports.Diagram] };

    private readonly string _root = Directory.CreateTempSubdirectory("latchlab-").FullName;

    private string Target => Path.Combine(_root, "report");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_report_contains_exactly_the_files_that_its_marker_lists()
    {
        SlowTests.SkipUnlessRequested();
        string page = Write(Target, SampleReports.Report);
        Assert.Equal(Path.Combine(Target, "index.html"), page);
        string[] expected =
        [
            "claims.csv", "index.html", "latchlab-report.json", "settings.csv",
            .. SampleReports.Figures.SelectMany(figure => new[]
            {
                $"data/{figure.Id}.csv", $"figures/{figure.Id}.svg", $"figures/{figure.Id}.png",
                $"figures/{figure.Id}-dark.svg", $"figures/{figure.Id}-dark.png",
            }),
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Files(Target));

        var marker = JsonNode.Parse(File.ReadAllText(Path.Combine(Target, "latchlab-report.json")))!;
        Assert.Equal(
            expected.Where(file => file != "latchlab-report.json").Order(StringComparer.Ordinal),
            marker["files"]!.AsArray().Select(file => (string)file!));
        Assert.Equal("not reproduced", (string)marker["claims"]![1]!["verdict"]!);
    }

    [Fact]
    public void The_same_report_gives_the_same_bytes()
    {
        Write(Target, Small);
        Write(Target + "-again", Small);
        Assert.All(Files(Target), file => Assert.Equal(
            File.ReadAllBytes(Path.Combine(Target, file)), File.ReadAllBytes(Path.Combine(Target + "-again", file))));
    }

    [Fact]
    public void The_parts_of_a_report_read_back_to_the_same_figures()
    {
        SlowTests.SkipUnlessRequested();
        var part = new ReportPart(
            "all", new Dictionary<string, string> { ["Seed"] = "1" }, 2, SampleReports.Figures,
            SampleReports.Report.Claims, SampleReports.Report.Settings);
        Report report = SampleReports.Report with { Parts = [part] };
        Assert.Empty(ReportFolder.ReadParts(Target));
        Write(Target, report);
        ReportPart read = Assert.Single(ReportFolder.ReadParts(Target));
        Write(Target + "-again", report with
        {
            Figures = read.Figures,
            Claims = read.Claims,
            Settings = read.Settings,
            Parts = [read],
        });
        Assert.Contains("results/all.json", Files(Target));
        Assert.Equal(Files(Target), Files(Target + "-again"));
        Assert.All(Files(Target), file => Assert.Equal(
            File.ReadAllBytes(Path.Combine(Target, file)), File.ReadAllBytes(Path.Combine(Target + "-again", file))));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Id":"a","Facts":{},"Trials":1,"Figures":[{"Id":"f"}],"Claims":[],"Settings":[]}""")]
    [InlineData("""{"Id":"a","Facts":null,"Trials":1,"Figures":[],"Claims":[],"Settings":[]}""")]
    public void A_damaged_part_is_rejected(string content)
    {
        Write(Target, Small with { Parts = [new("a", new Dictionary<string, string>(), 0, [], [], [])] });
        File.WriteAllText(Path.Combine(Target, "results", "a.json"), content);
        Assert.Contains("without results that can be kept",
            Assert.Throws<ValidationException>(() => ReportFolder.ReadParts(Target)).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(Target, "results", "a.json"));
        Assert.Throws<ValidationException>(() => ReportFolder.ReadParts(Target));
    }

    [Fact]
    public void Every_link_of_the_page_leads_to_a_file()
    {
        string page = File.ReadAllText(Write(Target, Small));
        string[] links =
        [
            .. page.Split(" href=\"").Skip(1).Select(rest => rest[..rest.IndexOf('"')])
                .Where(link => !link.StartsWith('#')),
        ];
        Assert.Equal(((3 * Theme.All.Count) + 1) * Small.Figures.Count, links.Length);
        Assert.All(links, link => Assert.True(File.Exists(Path.Combine(Target, link)), link));
    }

    [Fact]
    public void An_existing_report_is_replaced_completely()
    {
        Write(Target, Small with { Figures = [SampleReports.Sequences] });
        Write(Target, Small);
        Assert.Contains("figures/diagram.svg", Files(Target));
        Assert.DoesNotContain(Files(Target), file => file.Contains("sequences", StringComparison.Ordinal));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public void A_missing_folder_is_created_with_its_parents_but_not_by_the_check()
    {
        string deep = Path.Combine(_root, "a", "b", "report");
        ReportFolder.CheckWritable(deep);
        Assert.Empty(Directory.GetFileSystemEntries(_root));
        Write(deep, Small);
        Assert.True(File.Exists(Path.Combine(deep, "index.html")));
    }

    [Fact]
    public void An_empty_folder_is_used()
    {
        Directory.CreateDirectory(Target);
        Write(Target + "/", Small);
        Assert.True(File.Exists(Path.Combine(Target, "index.html")));
    }

    [Fact]
    public void A_foreign_folder_is_rejected()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "thesis.tex"), "years of work");
        AssertRejected(Target, "not a LatchLab report");
        Assert.Throws<ValidationException>(() => Write(Target, Small));
        Assert.Equal(["thesis.tex"], Files(Target));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{\"format\": \"something else\", \"files\": []}")]
    [InlineData("{\"format\": \"latchlab-report\", \"files\": [1]}")]
    public void An_invalid_marker_does_not_identify_a_report(string marker)
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "latchlab-report.json"), marker);
        AssertRejected(Target, "not a LatchLab report");
    }

    [Fact]
    public void A_user_file_in_a_report_is_not_deleted()
    {
        Write(Target, Small);
        File.WriteAllText(Path.Combine(Target, "notes.md"), "mine");
        AssertRejected(Target, "notes.md");
    }

    [Fact]
    public void A_file_and_a_path_below_a_file_are_rejected()
    {
        string file = Path.Combine(_root, "file");
        File.WriteAllText(file, "");
        AssertRejected(file, "is a file");
        AssertRejected(Path.Combine(file, "below", "report"), "is a file");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("/")]
    public void A_path_that_is_not_a_folder_name_is_rejected(string path) => AssertRejected(path, "name a folder");

    [Fact]
    public void A_link_to_a_folder_stays_and_its_target_is_replaced()
    {
        string real = Path.Combine(_root, "real");
        Directory.CreateDirectory(real);
        Directory.CreateSymbolicLink(Target, real);
        Write(Target, Small);
        Write(Target, Small);
        Assert.NotNull(new DirectoryInfo(Target).LinkTarget);
        Assert.True(File.Exists(Path.Combine(real, "index.html")));
        Assert.Equal(2, Directory.GetFileSystemEntries(_root).Length);
    }

    [Fact]
    public void A_broken_link_is_rejected()
    {
        Directory.CreateSymbolicLink(Target, Path.Combine(_root, "gone"));
        AssertRejected(Target, "is a link to a missing target");
    }

    [Fact]
    public void A_failure_leaves_the_old_report_and_nothing_else()
    {
        Write(Target, Small);
        byte[] before = File.ReadAllBytes(Path.Combine(Target, "index.html"));
        var empty = SampleReports.Diagram with { Panels = [] };
        var broken = Small with { Title = "new", Figures = [SampleReports.Chart, empty] };
        Assert.Throws<ArgumentException>(() => Write(Target, broken));
        Assert.Throws<ArgumentException>(
            () => Write(Target, Small with { Figures = [Small.Figures[0] with { Id = "../escape" }] }));
        Assert.Throws<OperationCanceledException>(
            () => ReportFolder.Write(Target, Small, provenance: null, new CancellationToken(canceled: true)));
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(Target, "index.html")));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public void A_failure_removes_the_parent_folders_that_it_created()
    {
        var broken = Small with { Figures = [Small.Figures[0] with { Panels = [] }] };
        Assert.Throws<ArgumentException>(() => Write(Path.Combine(_root, "a", "b", "report"), broken));
        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    private static string Write(string path, Report report)
        => ReportFolder.Write(path, report, provenance: null, TestContext.Current.CancellationToken);

    private static void AssertRejected(string path, string reason)
    {
        var refusal = Assert.Throws<ValidationException>(() => ReportFolder.CheckWritable(path));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    private static IEnumerable<string> Files(string folder)
        => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
}
