using LatchLab.Figures;
using LatchLab.Reporting;
using Xunit;

namespace LatchLab.Tests.Reporting;

public sealed class ReportSectionTests : IDisposable
{
    private static readonly string Page = HtmlReport.Render(SampleReports.Network);

    private readonly string _root = Directory.CreateTempSubdirectory("latchlab-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Sections_follow_the_claims_and_the_figures()
    {
        string page = HtmlReport.Render(SampleReports.Network with { Claims = SampleReports.Report.Claims });
        string[] parts =
        [
            "class=\"facts\"", "<section id=\"claims\"", "<section id=\"regions\"", "<section id=\"attractors\"",
            "<section id=\"words\"", "<footer>",
        ];
        var places = parts.Select(part => page.IndexOf(part, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void A_section_has_its_text_table_and_note_and_its_text_is_escaped()
    {
        Assert.Contains("<h1>Dynamics of latch.json</h1>", Page, StringComparison.Ordinal);
        Assert.Contains("<h2>Attractors &amp; others</h2>", Page, StringComparison.Ordinal);
        Assert.Contains("<p>There are &lt;two&gt;.</p>\n<p>They attract.</p>", Page, StringComparison.Ordinal);
        Assert.Contains("<td>saddle &lt;1&gt;</td>", Page, StringComparison.Ordinal);
        Assert.Contains("To four digits.", Page, StringComparison.Ordinal);
        Assert.Contains("<p class=\"note\">No table.</p>", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"claims\"", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Numeric_columns_are_right_aligned()
        => Assert.Contains(
            "<th>Kind</th><th class=\"number\">Activation a</th><th class=\"number\">Period</th>", Page,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(20, 0)]
    [InlineData(21, 1)]
    [InlineData(95, 75)]
    public void Rows_after_the_first_20_are_folded(int rows, int folded)
    {
        var table = new Table(["w"], [.. Enumerable.Range(1, rows).Select(row => (string[])[$"{row}"])]);
        string page = HtmlReport.Render(SampleReports.Network with
        {
            Sections = [new("long", "Long", []) { Table = new(["weight w"], table) }],
        });
        Assert.Equal(rows, page.Split("<tr><td").Length - 1);
        string[] parts = page.Split("<details>");
        Assert.Equal(folded > 0 ? 2 : 1, parts.Length);
        if (folded > 0)
        {
            Assert.StartsWith(
                folded == 1 ? "<summary>The other row</summary>" : $"<summary>The other {folded} rows</summary>",
                parts[1].TrimStart(), StringComparison.Ordinal);
            Assert.Equal(folded, parts[1].Split("<tr><td").Length - 1);
        }
    }

    [Fact]
    public void The_file_of_a_table_has_the_digits_that_the_page_omits()
    {
        string page = ReportFolder.Write(
            Path.Combine(_root, "report"), SampleReports.Network, provenance: null,
            TestContext.Current.CancellationToken);
        Assert.Equal(
            ["attractors.csv", "regions.csv"],
            Directory.GetFiles(Path.Combine(_root, "report", "data")).Select(Path.GetFileName).Order());
        Assert.Equal(
            "kind,a\nattractor,-1.9150080481545\nsaddle,0\n",
            File.ReadAllText(Path.Combine(_root, "report", "data", "attractors.csv")));
        Assert.Contains("href=\"data/attractors.csv\"", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_display_texts_shows_its_file_values()
    {
        var table = new Table(["w"], [["1.25"]]);
        Assert.Same(table.Rows, new ReportTable(["weight w"], table).Rows);
    }

    [Theory]
    [InlineData("regions")] // the id of a figure
    [InlineData("claims")]
    [InlineData("words")]
    [InlineData("two words")]
    [InlineData("../escape")]
    public void A_duplicate_id_or_invalid_file_name_is_rejected(string id)
    {
        var section = SampleReports.Network.Sections[0] with { Id = id };
        var report = SampleReports.Network with { Sections = [section, SampleReports.Network.Sections[1]] };
        Assert.Throws<ArgumentException>(() => HtmlReport.Render(report));
        Assert.Throws<ArgumentException>(() => ReportFolder.Write(
            Path.Combine(_root, "report"), report, provenance: null, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public void A_report_without_sections_does_not_mention_them()
    {
        string without = HtmlReport.Render(SampleReports.Network with { Sections = [] });
        Assert.Contains("</header>\n<section id=\"regions\">", without, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"#attractors\"", without, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"plain\"", without, StringComparison.Ordinal);
    }
}
