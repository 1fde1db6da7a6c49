using System.Text.RegularExpressions;
using LatchLab.Ledger;
using LatchLab.LedgerWriter;
using LatchLab.Tests.House;
using Xunit;

namespace LatchLab.Tests.Ledger;

/// <summary>What docs/ledger.md says is so.</summary>
public sealed partial class LedgerPageTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "ledger.md"));

    private readonly LedgerSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Every_table_and_column_is_described()
    {
        using Database database = Ledger();
        using Statement row = database.Prepare(
            """
            SELECT tables.name, columns.name FROM sqlite_schema AS tables
            JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'
            """);
        int columns = 0;
        while (row.Step())
        {
            Assert.Contains($"**`{row.Text(0)}`**", Page, StringComparison.Ordinal);
            Assert.Contains($"`{row.Text(1)}`", Page, StringComparison.Ordinal);
            columns++;
        }

        Assert.InRange(columns, 60, 70);
    }

    [Fact]
    public void Every_question_in_sql_has_an_answer()
    {
        using Database database = Ledger();
        string[] questions = [.. Questions().Matches(Page).Select(match => match.Groups[1].Value)];
        Assert.Equal(5, questions.Length);
        foreach (string question in questions)
        {
            using Statement row = database.Prepare(question);
            Assert.True(row.Step(), question);
        }
    }

    [Fact]
    public void The_question_for_a_median_gives_what_the_histogram_does()
    {
        using Database database = Ledger();
        using LedgerReader reader = LedgerReader.Open(_sandbox.Below("a"));
        string question = Questions().Matches(Page).Select(match => match.Groups[1].Value)
            .Single(text => text.Contains("median", StringComparison.Ordinal));
        using Statement row = database.Prepare(question);
        foreach (LatchLab.Experiments.CellTotals totals in reader.Totals())
        {
            Assert.True(row.Step());
            var histogram = totals.PresentationsToConvergence;
            double median = histogram.OfRank((histogram.Total + 1) / 2, isWhole: true);
            Assert.InRange(row.Number(1), median / 1.02, median);
        }
    }

    [Fact]
    public void The_numbers_of_the_queue_are_right()
    {
        Assert.Equal(131_072, TrialLedger.MostWaitingRows);
        Assert.Equal(65_536, new LedgerOptions().BatchRows);
    }

    private Database Ledger()
    {
        string folder = _sandbox.Fill("a", new SampleSweep(cells: 4, trials: 60));
        return Database.ForReading(Path.Combine(folder, LedgerFolder.LedgerName), default);
    }

    [GeneratedRegex("```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Questions();
}
