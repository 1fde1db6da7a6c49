using LatchLab.Foundation;
using LatchLab.Models.Datasets;
using LatchLab.Tasks;
using Parquet;
using Parquet.Schema;
using Xunit;

namespace LatchLab.Tests.Models;

/// <summary>Sequences in a Parquet file, with the columns of a CSV file.</summary>
public sealed class ParquetTableTests : IDisposable
{
    private const string Csv = "sequence,step,label,x,y\n7,0,a,1,0.5\n7,1,a,2,0.25\n8,0,b,3,-1\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_Parquet_file_has_the_same_sequences_as_a_CSV_file()
    {
        await Write([7, 7], [8]);
        await File.WriteAllTextAsync(InFolder("data.csv"), Csv, TestContext.Current.CancellationToken);
        Dataset parquet = Read(new() { File = "data.parquet" })!, csv = Read(new() { File = "data.csv" })!;
        Assert.Equal(csv.Digest, parquet.Digest);
        Assert.Equal("Parquet", parquet.Remarks.Format);
    }

    [Fact]
    public async Task An_error_of_a_Parquet_file_has_its_row()
    {
        await Write([7, 7], [7]);
        Assert.Equal(["data.parquet:3: step: \"0\" where 2 is needed; steps increase by 1 from row to row",
            "data.parquet:3: label: \"b\", but line 1 has \"a\" for the same sequence"],
            ErrorsOf(new() { File = "data.parquet" }));
        await Write([7, 7], [8], missing: true);
        Assert.Equal(["data.parquet:3: x: is missing; give a number, or missing=drop, mean or zero"],
            ErrorsOf(new() { File = "data.parquet" }));
        await File.WriteAllTextAsync(InFolder("text.parquet"), Csv, TestContext.Current.CancellationToken);
        Assert.Equal(["text.parquet: is no Parquet file, or is damaged"], ErrorsOf(new() { File = "text.parquet" }));
    }

    /// <summary>Writes the rows of the CSV file in two groups, with other names of the sequences.</summary>
    private async Task Write(long[] first, long[] second, bool missing = false)
    {
        DataField[] fields =
        [
            new DataField<long>("sequence"), new DataField<int>("step"), new DataField<string>("label"),
            new DataField<float?>("x"), new DataField<double>("y"),
        ];
        await using FileStream file = File.Create(InFolder("data.parquet"));
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file);
        await WriteGroup(first, [0, 1], ["a", "a"], [1f, 2f], [0.5, 0.25]);
        await WriteGroup(second, [0], ["b"], [missing ? null : 3f], [-1.0]);

        async Task WriteGroup(long[] sequences, int[] steps, string[] labels, float?[] x, double[] y)
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<long>(fields[0], sequences.AsMemory());
            await group.WriteAsync<int>(fields[1], steps.AsMemory());
            await group.WriteAsync(fields[2], labels);
            await group.WriteAsync<float>(fields[3], x.AsMemory());
            await group.WriteAsync<double>(fields[4], y.AsMemory());
            group.CompleteValidate();
        }
    }

    private Dataset? Read(DatasetTask task, List<ValidationError>? errors = null)
    {
        using var files = new DatasetFileSource(_folder.FullName);
        return files.Read(task, errors ?? []);
    }

    private string[] ErrorsOf(DatasetTask task)
    {
        var errors = new List<ValidationError>();
        Assert.Null(Read(task, errors));
        return [.. errors.Select(error => error.ToString().Replace(
            _folder.FullName + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];
    }

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);
}
