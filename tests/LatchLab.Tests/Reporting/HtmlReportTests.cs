using System.Text.RegularExpressions;
using LatchLab.Figures;
using LatchLab.Reporting;
using LatchLab.Reporting.Drawing;
using Xunit;

namespace LatchLab.Tests.Reporting;

public sealed partial class HtmlReportTests
{
    private static readonly string Page = HtmlReport.Render(SampleReports.Report);

    [Fact]
    public void The_page_is_deterministic() => Assert.Equal(Page, HtmlReport.Render(SampleReports.Report));

    [Fact]
    public void The_page_has_no_references_outside_its_folder()
    {
        string stripped = Page
            .Replace("\"http://www.w3.org/2000/svg\"", "", StringComparison.Ordinal)
            .Replace("\"http://www.w3.org/1999/xlink\"", "", StringComparison.Ordinal);
        Assert.DoesNotMatch("https?:|//[a-z]", DataUri().Replace(stripped, ""));
        Assert.DoesNotMatch("<script|<link|<iframe|@import", Page);
        Assert.All(
            Link().Matches(Page),
            link => Assert.Matches("^(#|data:|figures/|data/)", link.Groups[1].Value));
    }

    [Fact]
    public void Text_is_escaped()
    {
        Assert.Contains(
            "<h1>The 1994 paper &lt;again&gt; &amp; &quot;again&quot;</h1>", Page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", Page, StringComparison.Ordinal);
        Assert.Contains("z = 0.4 &amp; more", Page, StringComparison.Ordinal);
        Assert.Contains("Trials, in each &lt;cell&gt;.", Page, StringComparison.Ordinal);
        Assert.Contains("Frequency &amp; length", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_on_the_page_are_unique()
    {
        var ids = Id().Matches(Page).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Contains("heat-map", ids);
    }

    [Fact]
    public void The_page_contains_each_figure_in_both_themes()
        => Assert.All(SampleReports.Figures, figure => Assert.All(Theme.All, theme
            => Assert.Contains(FigureRenderer.RenderInlineSvg(figure, theme), Page, StringComparison.Ordinal)));

    [Fact]
    public void Verdicts_are_shown_as_text()
        => Assert.All(Enum.GetValues<Verdict>(), verdict
            => Assert.Contains(
                $">{verdict.Format()}</strong>",
                HtmlReport.Render(SampleReports.Report with { Claims = [new(1, "", "", "", verdict, "")] }),
                StringComparison.Ordinal));

    [Fact]
    public void The_parts_are_in_reading_order()
    {
        string[] parts =
        [
            "<h1>", "class=\"facts\"", "class=\"banner\"", "id=\"summary\"", "id=\"claims\"", "id=\"chart\"",
            "id=\"diagram\"", "id=\"settings\"", "<footer>",
        ];
        var places = parts.Select(part => Page.IndexOf(part, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void The_contents_lead_to_every_part()
    {
        string contents = Page[Page.IndexOf("<nav", StringComparison.Ordinal)..Page.IndexOf(
            "</nav>", StringComparison.Ordinal)];
        string[] targets = [.. Link().Matches(contents).Select(link => link.Groups[1].Value)];
        Assert.Equal(Section().Matches(Page).Select(section => $"#{section.Groups[1].Value}"), targets);
    }

    [Fact]
    public void The_main_figure_is_shown_beside_the_summary_and_once_more_in_its_place()
    {
        Assert.Equal(Theme.All.Count, Page.Split("<use href=\"#chart-").Length - 1);
        Assert.Equal(1, Page.Split("<section id=\"chart\">").Length - 1);
    }

    [Fact]
    public void A_claim_has_one_row_with_a_mark_for_each_other_statement_and_change()
    {
        Claim main = new(5, "Main.", "IV", "", Verdict.Reproduced, "e") { Key = "5-a" },
            second = new(5, "Second.", "IV", "", Verdict.Undecided, "e") { Key = "5-b", Qualifier = "would need 9" },
            beside = new(5, "Beside.", "D", "", Verdict.NotReproduced, "e") { Key = "5-c", IsMain = false };
        Claim changed = main with { Interpretation = "other noise", Verdict = Verdict.NotReproduced };
        string page = HtmlReport.Render(SampleReports.Report with { Claims = [main, second, beside, changed] });
        string row = page[page.IndexOf("<tr id=\"claim-5\">", StringComparison.Ordinal)..page.IndexOf(
            "<tr class=\"evidence\">", StringComparison.Ordinal)];
        Assert.Contains("Main. Second.", row, StringComparison.Ordinal);
        Assert.Contains(">undecided, would need 9</strong>", row, StringComparison.Ordinal);
        Assert.Equal(2, row.Split("class=\"mark not-reproduced\"").Length - 1);
        Assert.Contains("The change turns the verdict, which is reproduced under the reference.", page,
            StringComparison.Ordinal);
        Assert.Equal(1, page.Split("<tr id=").Length - 1);
    }

    [Theory]
    [InlineData(Verdict.Reproduced, Verdict.Reproduced, Verdict.Reproduced)]
    [InlineData(Verdict.Reproduced, Verdict.Undecided, Verdict.Undecided)]
    [InlineData(Verdict.NotReproduced, Verdict.Undecided, Verdict.NotReproduced)]
    [InlineData(Verdict.TooClose, Verdict.DependsOnSetting, Verdict.DependsOnSetting)]
    [InlineData(Verdict.NotTested, Verdict.Undecided, Verdict.NotTested)]
    public void A_claim_of_two_statements_is_reproduced_only_if_both_are(Verdict first, Verdict second, Verdict whole)
    {
        Claim[] statements =
            [new(1, "a", "", "", first, "") { Key = "a" }, new(1, "b", "", "", second, "") { Key = "b" }];
        Assert.Equal(whole, Assert.Single(NumberedClaim.Group(statements)).Verdict);
        Assert.Equal(whole, Assert.Single(NumberedClaim.Group([.. statements.Reverse()])).Verdict);
    }

    [Fact]
    public void Only_settings_that_differ_from_their_defaults_are_open()
    {
        ReportedSetting usual = new("g", "usual", "1", "decision", ""), changed = usual with
        {
            Name = "changed",
            IsChanged = true,
        };
        string page = HtmlReport.Render(SampleReports.Report with { Claims = [], Settings = [usual, changed] });
        string[] parts = page[page.IndexOf("<section id=\"settings\">", StringComparison.Ordinal)..].Split("<details>");
        Assert.Contains("<code>changed</code>", parts[0], StringComparison.Ordinal);
        Assert.Contains("<code>usual</code>", parts[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_heading_shows_the_command_and_the_day()
    {
        string page = HtmlReport.Render(
            SampleReports.Report, new Provenance("latchlab reproduce --out 'a b'", new DateOnly(2026, 3, 9)));
        Assert.Contains("<dd>latchlab reproduce --out &#39;a b&#39;</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dd>2026-03-09</dd>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_footer_names_the_paper()
        => Assert.Contains(
            "Learning Long-Term Dependencies with Gradient Descent is Difficult", Page, StringComparison.Ordinal);

    [Fact]
    public void A_report_without_claims_or_settings_has_no_empty_tables()
        => Assert.DoesNotContain(
            "<table", HtmlReport.Render(SampleReports.Report with { Claims = [], Settings = [] }),
            StringComparison.Ordinal);

    [GeneratedRegex("data:[a-z]+/[a-z]+;base64,[A-Za-z0-9+/=]+")]
    private static partial Regex DataUri();

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("<section id=\"([^\"]*)\"")]
    private static partial Regex Section();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Id();
}
