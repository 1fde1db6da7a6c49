using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Models.Datasets;
using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Models;

/// <summary>
/// Ten files as they come from instruments and spreadsheets: what training finds in each, or its message; and what a
/// network reads that the plain file trained.
/// </summary>
public sealed class OddFileTests : IDisposable
{
    private const string Plain = "8 sequences, 16 steps; a 4, b 4";

    private static readonly string[] Rows =
    [
        .. from sequence in Enumerable.Range(1, 8)
           from step in Enumerable.Range(1, 2)
           select FormattableString.Invariant(
               $"{sequence},{step},{(sequence % 2 == 1 ? "a" : "b")},{sequence % 3},{(sequence + (2 * step)) % 5}.5"),
    ];

    private static readonly string Text = ToText("\n", Rows);

    private static readonly NetworkData Network = new(["x", "y"], new([0.0, 0.0], [1.0, 1.0]), ["label"])
    {
        Classes = ["a", "b"],
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The name of a file, its text, the outcome of training and, if it differs, that of prediction.</summary>
    public static TheoryData<string, string, string, string?> Files => new()
    {
        { "Windows line ends", ToText("\r\n", Rows), Plain, null },
        { "byte order mark", "\ufeff" + Text, Plain, null },
        { "columns in another order", ToText("\n", Rows, 4, 2, 3, 1, 0), Plain, null },
        {
            "duplicate row", ToText("\n", [.. Rows[..5], .. Rows[4..]]),
            "d.csv:7: step: \"1\" where 2 is needed; steps increase by 1 from row to row",
            "d.csv:7: step: \"1\" where 2 is needed; steps increase by 1 from row to row, from 0 or 1"
        },
        {
            "one class", Text.Replace(",b,", ",a,", StringComparison.Ordinal),
            "task.label: all sequences of d.csv have the label \"a\": at least two classes are needed",
            "8 sequences, 16 steps; a 8"
        },
        {
            "constant column", ToText("\n", [.. Rows.Select(row => row[..(row.LastIndexOf(',') + 1)] + "7")]),
            Plain + "; y never changes", Plain
        },
        {
            "50,000 rows", ToText("\n", [.. Enumerable.Range(0, 50_000).Select(row => string.Create(
                CultureInfo.InvariantCulture,
                $"{row / 10},{row % 10},{(row / 10 % 2 == 0 ? "a" : "b")},{row},{row % 7}"))]),
            "5000 sequences, 50000 steps; a 2500, b 2500", null
        },
        {
            "text in a column of numbers", Text.Replace("3,1,a,0,0.5", "3,1,a,0,high", StringComparison.Ordinal),
            "d.csv:6: y: \"high\" is not a number, such as 0.5 or -3e-4", null
        },
        { "empty", "", "d.csv: is empty", null },
        {
            "one sequence", ToText("\n", Rows[..2]),
            "task.label: all sequences of d.csv have the label \"a\": at least two classes are needed",
            "1 sequences, 2 steps; a 1"
        },
    };

    [Theory]
    [MemberData(nameof(Files), DisableDiscoveryEnumeration = true)]
    public void Each_file_has_its_result_or_its_message(
        string name, string text, string training, string? prediction)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "d.csv"), text);
        Assert.Equal((name, training), (name, Train()));
        Assert.Equal((name, prediction ?? training), (name, Predict()));
    }

    [Fact]
    public void Line_ends_the_mark_and_the_order_of_columns_do_not_change_the_data()
        => Assert.Single(
            Files.Take(3).Select(file => file.Data.Item2).Append(Text).Select(DigestOf).Distinct());

    private static string ToText(string end, string[] rows, params int[] order)
        => string.Concat(rows.Prepend("sequence,step,label,x,y").Select(row => row.Split(',')).Select(
            fields => string.Join(',', order.Length == 0 ? fields : order.Select(column => fields[column])) + end));

    private string DigestOf(string text)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "d.csv"), text);
        using var files = new DatasetFileSource(_folder.FullName);
        return files.Read(new DatasetTask { File = "d.csv", Inputs = "x,y" }, [])!.Digest;
    }

    private string Train()
    {
        var errors = new List<ValidationError>();
        using var files = new DatasetFileSource(_folder.FullName);
        DatasetTask task = new() { File = "d.csv", Inputs = "x,y" };
        task = task.WithDataset(files.Read(task, errors));
        errors.AddRange(task.FindConflicts().Select(conflict => conflict.Error));
        if (errors.Count > 0)
            return Format(errors);
        Dataset set = task.Dataset!;
        string constant = task.DataSummary.Single(line => line.Name == "inputs").Text.Split("sequences")[1];
        return Describe(set.Count, set.TotalSteps, set.ClassNames.Zip(set.ClassSizes)) + constant;
    }

    private string Predict()
    {
        try
        {
            using RawSequenceReader reader = RawSequenceReader.Open(Path.Combine(_folder.FullName, "d.csv"), Network);
            RawSequence[] sequences = [.. reader.ReadAll()];
            return Describe(sequences.Length, sequences.Sum(sequence => sequence.Steps.Length / 2), sequences
                .CountBy(sequence => sequence.Classes[0]).Select(count => (count.Key, (long)count.Value)).Order());
        }
        catch (ValidationException exception)
        {
            return Format(exception.Errors);
        }
    }

    private string Format(IEnumerable<ValidationError> errors)
        => string.Join('\n', errors).Replace(
            _folder.FullName + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    private static string Describe(int count, long steps, IEnumerable<(string Name, long Size)> classes)
        => $"{count} sequences, {steps} steps; {string.Join(", ", classes.Select(one => $"{one.Name} {one.Size}"))}";
}
