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
            "<h1>", "class=\"facts\"", "id=\"claims\"", "id=\"chart\"", "id=\"diagram\"", "id=\"settings\"",
            "<footer>",
        ];
        var places = parts.Select(part => Page.IndexOf(part, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
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

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Id();
}
