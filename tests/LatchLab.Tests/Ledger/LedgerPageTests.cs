using System.Text.RegularExpressions;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Sqlite;
using LatchLab.Ledger.Writing;
using LatchLab.LedgerWriter;
using LatchLab.Tests.Architecture;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Ledger;

/// <summary>docs/reference/ledger.md matches the program.</summary>
public sealed partial class LedgerPageTests : IDisposable
{
    private static readonly string Page = Repository.ReadPage("reference/ledger.md");

    private readonly LedgerSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Every_table_and_column_is_described()
    {
        using SqliteDatabase database = OpenSampleLedger();
        using SqliteStatement row = database.Prepare(
            """
            SELECT tables.name, columns.name FROM sqlite_schema AS tables
            JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'
            """);
        int columns = 0;
        while (row.Step())
        {
            Assert.Contains($"**`{row.GetString(0)}`**", Page, StringComparison.Ordinal);
            Assert.Contains($"`{row.GetString(1)}`", Page, StringComparison.Ordinal);
            columns++;
        }

        Assert.InRange(columns, 60, 70);
    }

    [Fact]
    public void Every_sql_query_returns_rows()
    {
        using SqliteDatabase database = OpenSampleLedger();
        string[] queries = [.. Queries().Matches(Page).Select(match => match.Groups[1].Value)];
        Assert.Equal(6, queries.Length);
        foreach (string query in queries)
        {
            using SqliteStatement row = database.Prepare(query);
            Assert.True(row.Step(), query);
        }
    }

    [Fact]
    public void The_median_query_equals_the_histogram()
    {
        using SqliteDatabase database = OpenSampleLedger();
        using LedgerReader reader = LedgerReader.Open(_sandbox.Below("a"));
        string query = Queries().Matches(Page).Select(match => match.Groups[1].Value)
            .Single(text => text.Contains("median", StringComparison.Ordinal));
        using SqliteStatement row = database.Prepare(query);
        foreach (OutcomeTotals totals in reader.ReadTotals())
        {
            Assert.True(row.Step());
            var histogram = totals.PresentationsToConvergence;
            double median = histogram.GetValueAtRank((histogram.TotalCount + 1) / 2, isInteger: true);
            Assert.InRange(row.GetDouble(1), median / 1.02, median);
        }
    }

    [Fact]
    public void The_queue_numbers_are_correct()
    {
        Assert.Equal(131_072, TrialLedger.MaximumPendingRows);
        Assert.Equal(65_536, new LedgerOptions().MaximumBatchRows);
    }

    private SqliteDatabase OpenSampleLedger()
    {
        string folder = _sandbox.Fill("a", new SampleSweep(configurationCount: 4, trialsPerConfiguration: 60));
        return SqliteDatabase.OpenForReading(Path.Combine(folder, LedgerFolder.LedgerFileName), default);
    }

    [GeneratedRegex("```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Queries();
}
