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
    public void Sections_stand_between_the_facts_and_the_claims_or_figures()
    {
        string page = HtmlReport.Render(SampleReports.Network with { Claims = SampleReports.Report.Claims });
        string[] parts =
        [
            "class=\"facts\"", "<section id=\"attractors\"", "<section id=\"words\"", "id=\"claims\"",
            "<section id=\"regions\"", "<footer>",
        ];
        var places = parts.Select(part => page.IndexOf(part, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void A_section_has_its_words_its_table_and_its_note_and_its_text_means_nothing_but_itself()
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
    public void Columns_of_numbers_are_aligned_at_the_right()
        => Assert.Contains(
            "<th>Kind</th><th class=\"number\">Activation a</th><th class=\"number\">Period</th>", Page,
            StringComparison.Ordinal);

    [Fact]
    public void The_file_of_a_table_has_the_digits_that_the_page_leaves_out()
    {
        string page = ReportFolder.Write(
            Path.Combine(_root, "report"), SampleReports.Network, TestContext.Current.CancellationToken);
        Assert.Equal(
            ["attractors.csv", "regions.csv"],
            Directory.GetFiles(Path.Combine(_root, "report", "data")).Select(Path.GetFileName).Order());
        Assert.Equal(
            "kind,a\nattractor,-1.9150080481545\nsaddle,0\n",
            File.ReadAllText(Path.Combine(_root, "report", "data", "attractors.csv")));
        Assert.Contains("href=\"data/attractors.csv\"", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_other_texts_shows_its_file()
    {
        var table = new Table(["w"], [["1.25"]]);
        Assert.Same(table.Rows, new ReportTable(["weight w"], table).Rows);
    }

    [Theory]
    [InlineData("regions")] // the figure has it
    [InlineData("claims")]
    [InlineData("words")]
    [InlineData("two words")]
    [InlineData("../escape")]
    public void An_id_that_is_taken_or_no_name_for_a_file_is_refused(string id)
    {
        var section = SampleReports.Network.Sections[0] with { Id = id };
        var report = SampleReports.Network with { Sections = [section, SampleReports.Network.Sections[1]] };
        Assert.Throws<ArgumentException>(() => HtmlReport.Render(report));
        Assert.Throws<ArgumentException>(() => ReportFolder.Write(
            Path.Combine(_root, "report"), report, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public void A_report_without_sections_says_nothing_of_them()
    {
        string without = HtmlReport.Render(SampleReports.Network with { Sections = [] });
        Assert.Contains("</header>\n<section id=\"regions\">", without, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"plain\"", without, StringComparison.Ordinal);
    }
}
