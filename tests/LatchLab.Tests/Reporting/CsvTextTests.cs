using LatchLab.Figures;
using LatchLab.Reporting;
using Xunit;

namespace LatchLab.Tests.Reporting;

public sealed class CsvTextTests
{
    [Fact]
    public void Cells_are_quoted_only_if_necessary()
        => Assert.Equal(
            "a,b\nplain,two words\n\"x,y\",\"say \"\"no\"\"\"\n\"line\nbreak\",\n",
            CsvText.Format(
                new Table(["a", "b"], [["plain", "two words"], ["x,y", "say \"no\""], ["line\nbreak", ""]])));

    [Fact]
    public void A_claim_is_a_line()
        => Assert.Equal(
            "number,statement,source,interpretation,verdict,evidence\n"
            + "2,\"It fades, \"\"always\"\".\",Figure 2(b),variance,not reproduced,z = 0.4 & more\n",
            CsvText.Format([SampleReports.Report.Claims[1]]));

    [Fact]
    public void A_setting_is_a_line()
        => Assert.Equal(
            "group,name,value,source,meaning\nFigure 2(a),--trials,18,paper,\"Trials, in each <cell>.\"\n",
            CsvText.Format(SampleReports.Report.Settings));
}
