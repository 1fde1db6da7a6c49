using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Ledger.Exports;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Writing;
using LatchLab.LedgerWriter;
using LatchLab.Statistics;
using LatchLab.Training;
using Parquet;
using Parquet.Schema;
using Xunit;

namespace LatchLab.Tests.Ledger;

public sealed class ExportTests : IDisposable
{
    private const string TrialColumns =
        "configuration,part,task,learner,seed,trial,task_length,stop_reason,presentations," +
        "evaluation_presentations,cost,training_error,test_error,test_cost,skipped_presentations,stage,damping\n";

    private static readonly LedgerIdentity Small = new()
    {
        Seed = 18446744073709551615,
        LoggedTrials = 1,
        Configurations =
        [
            new("a, \"b\"", 2, 20, 200, [("task.name", "latch"), ("learner.name", "x,y"), ("task.length", "10")])
            {
                Diagnostics = ["stage", "damping"],
            },
            new("", 1, 20, 0, [("task.name", "latch"), ("learner.name", "½")]),
        ],
    };

    private readonly LedgerSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Trials_are_exported_as_comma_separated_values()
        => Assert.Equal(
            TrialColumns +
            "0,\"a, \"\"b\"\"\",latch,\"x,y\",18446744073709551615,0,10,converged,40,20,0.1,0,0.015," +
            "0.3333333333333333,0,0,\n" +
            "0,\"a, \"\"b\"\"\",latch,\"x,y\",18446744073709551615,1,10,budget-exhausted,20000,0,1E-300,,,," +
            "5000000000,2,5E-324\n" +
            "1,,latch,½,18446744073709551615,0,,diverged,3,0,,,,,0,,\n",
            Encoding.UTF8.GetString(LedgerSandbox.Export(CreateFilledLedger())));

    [Fact]
    public void Snapshots_and_configurations_are_exported_as_comma_separated_values()
    {
        string folder = CreateFilledLedger();
        string success = Format(Estimate.OfProportion(1, 2)), failure = Format(Estimate.OfProportion(0, 1));
        string error = Format(Estimate.OfMeanShare(3, 9, trials: 1, sequences: 200));
        string trainingError = Format(Estimate.OfMeanShare(0, 0, trials: 1, sequences: 20));
        Assert.Equal(
            "configuration,part,task,learner,seed,trial,number,task_length,presentations,cost,error," +
            "gradient_norm,spectral_radius,long_term_gradient_share\n" +
            "0,\"a, \"\"b\"\"\",latch,\"x,y\",18446744073709551615,0,0,10,0,0.5,1,2.25,1.25,\n" +
            "0,\"a, \"\"b\"\"\",latch,\"x,y\",18446744073709551615,0,1,10,20,0.25,0,,1.5,0.125\n",
            Encoding.UTF8.GetString(LedgerSandbox.Export(folder, table: ExportedTable.Snapshots)));
        Assert.Equal(
            "configuration,part,task,learner,seed,task_length,planned,sequences,test_sequences,trials,converged," +
            "budget_exhausted,diverged,stuck,tested,incorrect_test_sequences,incorrect_test_sequences_squared," +
            "final_evaluations,incorrect_training_sequences,incorrect_training_sequences_squared," +
            "training_presentations,evaluation_presentations," +
            "success,success_lower_95,success_upper_95,error,error_lower_95," +
            "error_upper_95,presentations,presentations_lower_95,presentations_upper_95,test_cost," +
            "test_cost_lower_95,test_cost_upper_95,root_mean_square_error,root_mean_square_error_lower_95," +
            "root_mean_square_error_upper_95,training_error,training_error_lower_95,training_error_upper_95\n" +
            $"0,\"a, \"\"b\"\"\",latch,\"x,y\",18446744073709551615,10,2,20,200,2,1,1,0,0,1,3,9,1,0,0,20040,20," +
            $"{success},{error},40,0,,0.33203125,0,,,,,{trainingError}\n" +
            $"1,,latch,½,18446744073709551615,,1,20,0,1,0,0,1,0,0,0,0,0,0,0,3,0,{failure},,,,,0,,,,,,,,,,\n",
            Encoding.UTF8.GetString(LedgerSandbox.Export(folder, table: ExportedTable.Configurations)));
    }

    [Fact]
    public void A_json_document_has_the_same_content_as_the_comma_separated_values()
    {
        string folder = CreateFilledLedger();
        JsonNode document = JsonNode.Parse(LedgerSandbox.Export(folder, ExportFormat.Json))!;
        Assert.Equal(
            ("ok", "trials", ProgramVersion.Text, Small.Seed),
            ((string)document["status"]!, (string)document["table"]!, (string)document["program"]!,
                (ulong)document["seed"]!));
        Assert.Equal(TrialColumns, $"{string.Join(',', document["columns"]!.AsArray())}\n");
        Assert.Equal(
            """[0,"a, \u0022b\u0022","latch","x,y","18446744073709551615",1,10,"budget-exhausted",20000,0,1E-300,""" +
            "null,null,null,5000000000,2,5E-324]",
            document["rows"]![1]!.ToJsonString());
        Assert.Equal(3, document["rows"]!.AsArray().Count);
    }

    [Fact]
    public void A_table_without_rows_is_complete_in_every_format()
    {
        TrialLedger.Open(_sandbox.Below("a"), Small).Dispose();
        Assert.Equal(TrialColumns, Encoding.UTF8.GetString(LedgerSandbox.Export(_sandbox.Below("a"))));
        byte[] json = LedgerSandbox.Export(_sandbox.Below("a"), ExportFormat.Json);
        Assert.Empty(JsonNode.Parse(json)!["rows"]!.AsArray());
        byte[] parquet = LedgerSandbox.Export(_sandbox.Below("a"), ExportFormat.Parquet);
        Assert.Equal("PAR1"u8, parquet.AsSpan(parquet.Length - 4));
    }

    [Theory]
    [InlineData(ExportedTable.Trials)]
    [InlineData(ExportedTable.Snapshots)]
    [InlineData(ExportedTable.Configurations)]
    public async Task A_parquet_file_has_the_same_content_as_the_comma_separated_values(ExportedTable table)
    {
        string folder = _sandbox.Fill("a", new SampleSweep(configurationCount: 5, trialsPerConfiguration: 60));
        Assert.Equal(
            Encoding.UTF8.GetString(LedgerSandbox.Export(folder, table: table)),
            await Csv(LedgerSandbox.Export(folder, ExportFormat.Parquet, table)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    public async Task Row_groups_are_written_in_order(int groupRows)
    {
        string folder = _sandbox.Fill("a", new SampleSweep(configurationCount: 5, trialsPerConfiguration: 60));
        using var stream = new MemoryStream();
        using (LedgerReader ledger = LedgerReader.Open(folder))
        {
            Assert.Equal(300, LedgerExport.Write(ledger, ExportedTable.Trials,
                new ParquetRowWriter(stream, groupRows), TestContext.Current.CancellationToken));
        }

        Assert.Equal(Encoding.UTF8.GetString(LedgerSandbox.Export(folder)), await Csv(stream.ToArray()));
    }

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Json)]
    [InlineData(ExportFormat.Parquet)]
    public void An_export_may_be_replaced(ExportFormat format)
    {
        File.WriteAllBytes(_sandbox.Below("x"), LedgerSandbox.Export(CreateFilledLedger(), format));
        LedgerExport.EnsureWritable(_sandbox.Below("x"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("cell;part")]
    [InlineData("{\"status\": \"mine\"}")]
    [InlineData("PAR1 is how it begins")]
    public void A_file_that_is_not_an_export_is_not_replaced(string text)
    {
        File.WriteAllText(_sandbox.Below("x"), text);
        Assert.Throws<ValidationException>(() => LedgerExport.EnsureWritable(_sandbox.Below("x")));
    }

    [Fact]
    public async Task Columns_of_a_parquet_file_have_types()
    {
        using var stream = new MemoryStream(LedgerSandbox.Export(CreateFilledLedger(), ExportFormat.Parquet));
        ParquetSchema schema = await ParquetReader.ReadSchemaAsync(stream);
        Assert.Equal(
            [
                "configuration Int64", "part text", "task text", "learner text", "seed text", "trial Int64",
                "task_length Int64?",
                "stop_reason text", "presentations Int64", "evaluation_presentations Int64", "cost Double?",
                "training_error Double?", "test_error Double?", "test_cost Double?", "skipped_presentations Int64",
                "stage Double?", "damping Double?",
            ],
            schema.DataFields.Select(field => $"{field.Name} {TypeOf(field)}{(field.IsNullable ? "?" : "")}"));
    }

    private static string Format(Estimate estimate)
        => string.Create(CultureInfo.InvariantCulture, $"{estimate.Value:R},{estimate.Lower:R},{estimate.Upper:R}");

    private static string TypeOf(DataField field) => field.ClrType.IsPrimitive ? field.ClrType.Name : "text";

    private string CreateFilledLedger()
    {
        using TrialLedger ledger = TrialLedger.Open(_sandbox.Below("a"), Small);
        ledger.Add(1, 0, new(StopReason.Diverged, 3, 0, double.NaN), [], []);
        ledger.Add(
            0,
            1,
            new(StopReason.BudgetExhausted, 20_000, 0, 1e-300)
            {
                SkippedPresentations = 5_000_000_000,
                Diagnostics = new(2, double.Epsilon),
            },
            [],
            []);
        ledger.Add(
            0,
            0,
            new(StopReason.Converged, 40, 20, 0.1)
            {
                TrainingError = 0.0,
                TestError = 0.015,
                TestCost = 1.0 / 3.0,
                Diagnostics = new(0, double.NaN),
            },
            [],
            [new(0, 0.5, 1.0, 2.25, 1.25, double.NaN), new(20, 0.25, 0.0, double.PositiveInfinity, 1.5, 0.125)]);
        ledger.Complete();
        return ledger.Folder;
    }

    /// <summary>A Parquet file as comma-separated values, read by an independent Parquet library.</summary>
    private static async Task<string> Csv(byte[] file)
    {
        await using ParquetReader reader = await ParquetReader.CreateAsync(new MemoryStream(file));
        DataField[] fields = reader.Schema.DataFields;
        var text = new StringBuilder(string.Join(',', fields.Select(field => Quoted(field.Name)))).Append('\n');
        for (int i = 0; i < reader.RowGroupCount; i++)
        {
            using ParquetRowGroupReader group = reader.OpenRowGroupReader(i);
            var columns = new List<string[]>();
            foreach (DataField field in fields)
                columns.Add(await Values(group, field));
            for (int row = 0; row < group.RowCount; row++)
                text.AppendJoin(',', columns.Select(column => column[row])).Append('\n');
        }

        return text.ToString();
    }

    private static async Task<string[]> Values(ParquetRowGroupReader group, DataField field)
    {
        var count = (int)group.RowCount;
        if (!field.ClrType.IsPrimitive)
        {
            var texts = new string[count];
            await group.ReadAsync(field, texts);
            return [.. texts.Select(text => Quoted(text ?? ""))];
        }

        return field.ClrType == typeof(long) ? await Numbers<long>() : await Numbers<double>();

        async Task<string[]> Numbers<TNumber>()
            where TNumber : struct, IFormattable
        {
            var optional = new TNumber?[count];
            if (field.IsNullable)
            {
                await group.ReadAsync<TNumber>(field, optional.AsMemory());
            }
            else
            {
                var required = new TNumber[count];
                await group.ReadAsync<TNumber>(field, required.AsMemory());
                optional = [.. required.Select(number => (TNumber?)number)];
            }

            return [.. optional.Select(number => number?.ToString(null, CultureInfo.InvariantCulture) ?? "")];
        }
    }

    private static string Quoted(string text)
        => text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
