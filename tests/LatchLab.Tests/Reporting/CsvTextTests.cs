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
            "number,claim,statement,source,interpretation,verdict,verdicts_by_seed,evidence\n"
            + "2,2-held,\"It fades, \"\"always\"\".\",Figure 2(b),variance,\"undecided, would need 60 trials a part\","
            + "undecided; reproduced,z = 0.4 & more\n",
            CsvText.Format([SampleReports.Report.Claims[1] with
            {
                Key = "2-held",
                Verdict = Verdict.Undecided,
                Qualifier = "would need 60 trials a part",
                VerdictsBySeed = [Verdict.Undecided, Verdict.Reproduced],
            }]));

    [Fact]
    public void A_part_of_a_claim_is_a_line()
        => Assert.Equal(
            "claim,interpretation,part,quantity,trials,estimate,lower_99,upper_99,claimed,threshold,result,"
            + "fails_after_correction,remark\n2-held,,T = 5,error,30,0.25,0.125,0.5,below,0.1,fails,yes,\n",
            CsvText.FormatParts([new Claim(2, "", "", "", Verdict.NotReproduced, "")
            {
                Key = "2-held",
                Parts = [new ClaimPart("T = 5", "error", 30, 0.25, 0.125, 0.5, "below", 0.1, PartResult.Fails)
                {
                    FailsAfterCorrection = true,
                }],
            }]));

    [Fact]
    public void A_setting_is_a_line()
        => Assert.Equal(
            "group,name,value,source,meaning\nFigure 2(a),--trials,18,paper,\"Trials, in each <cell>.\"\n",
            CsvText.Format(SampleReports.Report.Settings));
}
