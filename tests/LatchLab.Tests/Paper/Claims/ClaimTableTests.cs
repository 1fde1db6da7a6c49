using LatchLab.Figures;
using LatchLab.Numerics;
using LatchLab.Paper;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Experiments;
using LatchLab.Tests.Architecture;
using LatchLab.Training;
using Xunit;
using static LatchLab.Tests.Paper.TinyReproduction;

namespace LatchLab.Tests.Paper.Claims;

/// <summary>The table of claims: its rows, the experiments that use them, and the places that list them.</summary>
public sealed class ClaimTableTests
{
    public static TheoryData<string> Ids => [.. KnownExperiments.All.Select(experiment => experiment.Id)];

    [Fact]
    public void Every_key_is_unique_and_begins_with_the_number_of_its_claim()
    {
        Assert.Equal(ClaimTable.All.Count, ClaimTable.All.Select(row => row.Key).Distinct().Count());
        Assert.All(ClaimTable.All, row => Assert.Equal($"{row.Number}", row.Key.Split('-')[0]));
        Assert.Equal(Enumerable.Range(1, 17), KnownExperiments.ClaimNumbers);
    }

    [Fact]
    public void Every_row_says_how_it_is_tested()
        => Assert.All(ClaimTable.All, row =>
        {
            Assert.Equal(row.Formula == Formula.Exact, row.Rules.Count == 0);
            Assert.Equal(row.Formula == Formula.Exact, row.Inequality.Length > 0);
            Assert.NotEqual("", row.DescribeTest());
            Assert.All(row.Rules, rule => Assert.True(rule.SmallestEffect > 0.0));
        });

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_experiment_tests_exactly_the_claims_of_its_rows(string id)
    {
        IExperiment experiment = KnownExperiments.All.Single(known => known.Id == id);
        IReadOnlyList<SweepOutcomes> outcomes = TrialRunner.Run(
            experiment.Plan(Tiny), new RunOptions(Seed: 3, Threads: 1, LaneKind.Widest), null,
            TestContext.Current.CancellationToken);
        IReadOnlyList<Claim> claims = experiment.Analyze(Tiny, seed: 3, outcomes).Claims;
        ClaimRow[] rows = [.. ClaimTable.All.Where(row => row.Experiment == id)];
        Assert.Equal(rows.Select(row => row.Key).Order(), claims.Select(claim => claim.Key).Distinct().Order());
        Assert.All(claims, claim => Assert.Contains(
            rows, row => (row.Key, row.Number, row.Statement, row.Source)
                == (claim.Key, claim.Number, claim.Statement, claim.Source)));
        Assert.Distinct(claims.Select(claim => (claim.Key, claim.Interpretation)));
    }

    [Fact]
    public void The_report_lists_the_tests_of_the_claims_of_its_experiments_and_only_of_the_requested_ones()
    {
        IExperiment theory = KnownExperiments.All.Single(known => known.Id == "vanishing-gradient");
        Assert.Equal(
            ClaimTable.All.Where(row => row.Experiment == theory.Id).Select(row => (row.Key, row.DescribeTest())),
            Listed(Tiny));
        ReproductionSettings claim6 = Tiny with { Claims = [6] };
        Assert.Equal(["6-lemma", "6-lemma-with-inputs"], Listed(claim6).Select(line => line.Name));
        Assert.All(Analyze(claim6).Claims, claim => Assert.Equal(6, claim.Number));

        ReportPart Analyze(ReproductionSettings settings)
            => Assert.Single(new ReproductionRun(settings, [theory], 3).Analyze(
                [], "test", cancellation: TestContext.Current.CancellationToken));
        IEnumerable<(string Name, string Value)> Listed(ReproductionSettings settings)
            => Analyze(settings).Settings.Where(line => line.Group == ClaimListing.Group)
                .Select(line => (line.Name, line.Value));
    }

    [Fact]
    public void The_page_of_claims_has_the_table()
    {
        // If the table has changed on purpose, replace the one in docs/reference/claims.md by that in the file named.
        string page = Repository.ReadPage("reference/claims.md").ReplaceLineEndings("\n");
        string table = ClaimListing.FormatMarkdown();
        if (page.Contains(table, StringComparison.Ordinal))
            return;
        string file = Path.Combine(AppContext.BaseDirectory, "claims-table.md");
        File.WriteAllText(file, table);
        Assert.Fail($"docs/reference/claims.md does not have the table of claims, which is now in {file}.");
    }
}
