using System.Text;
using CsCheck;
using LatchLab.Foundation;
using LatchLab.Models.Datasets;
using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Models;

/// <summary>Errors in a dataset file: all of them are reported at once, each with its line and column.</summary>
public sealed class DatasetErrorTests : IDisposable
{
    private const string ValidFile =
        "sequence,step,label,split,x\n7,0,a,train,1\n7,1,,,2\n8,0,b,test,3\n9,0,a,train,4\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("7,1,,,2", "7,1,,,", "d:3: x: is missing; give a number, or missing=drop, mean or zero")]
    [InlineData("7,1,,,2", "7,1,,,Infinity", "d:3: x: \"Infinity\" is not finite; only finite numbers are allowed")]
    [InlineData("7,1,,,2", "7,1,,,1e101", "d:3: x: \"1e101\" is too large; at most 1e+100 is allowed")]
    [InlineData("7,1,,,2", "7,1,,,\"0,5\"", "d:3: x: \"0,5\" has a comma; write 0.5 with a point")]
    [InlineData("7,1,,,2", "7,1,,,0,5",
        "d:3: 6 fields, where the header has 5; if decimals have commas, write them with a point, or separate the " +
        "fields by semicolons")]
    [InlineData("7,1,,,2", "7,1,,2", "d:3: 4 fields, where the header has 5")]
    [InlineData("7,1,,,2", "7;1;;;2", "d:3: 1 field, where the header has 5; the header is separated by a comma, " +
        "this line by a semicolon: use one of them")]
    [InlineData("7,0,a,train,1", "7,0,a,train,noon", "d:2: x: \"noon\" is not a number, such as 0.5 or -3e-4; if x " +
        "is no input, name the inputs")]
    [InlineData("label,split,x\n", "label,split,x\uFFFD\n", "d:1: x\uFFFD: is not UTF-8 text; save the file as UTF-8")]
    [InlineData("7,1,,,2", "7,2,,,2", "d:3: step: \"2\" where 1 is needed; steps increase by 1 from row to row")]
    [InlineData("8,0,b", "8,2,b", "d:4: step: \"2\" at the start of a sequence; steps increase by 1, from 0 or 1")]
    [InlineData("8,0,b", "8,0.5,b", "d:4: step: \"0.5\" is not a whole number; steps increase by 1, from 0 or 1")]
    [InlineData("9,0,a,train", "7,0,a,train",
        "d:5: sequence: \"7\" appears again, after line 2; the rows of a sequence must be consecutive")]
    [InlineData("8,0,b", ",0,b", "d:4: sequence: is missing; a name or number is needed in every row")]
    [InlineData("8,0,b", "8,0,", "d:4: label: no row of the sequence \"8\" has one")]
    [InlineData("7,1,,", "7,1,b,", "d:3: label: \"b\", but line 2 has \"a\" for the same sequence")]
    [InlineData("b,test", "b,tset", "d:4: split: \"tset\" is neither train nor test; did you mean \"test\"?")]
    [InlineData("b,test", "b,", "d:4: split: no row of the sequence \"8\" has train or test")]
    [InlineData("8,0,b", "8,0,\"b", "d:4: a quote opens here that is not closed before the end of the line")]
    [InlineData("step,label", "label,label", "d:1: label: is the name of 2 columns")]
    [InlineData("sequence,", "seqence,", "d:1: sequence: no column has this name; each row is a step, and this " +
        "column names its sequence; the columns are \"seqence\", \"step\", \"label\", \"split\", \"x\"; if " +
        "one of them is it, give sequence=seqence")]
    [InlineData("label,", "lable,",
        "task.label: d has no column \"label\"; it has sequence, step, lable, split, x; did " +
        "you mean \"lable\"?; or give a second file of labels")]
    [InlineData(",split", ",splt",
        "task.split: d has no column \"split\"; it has sequence, step, label, splt, x; did " +
        "you mean \"splt\"?")]
    [InlineData(",x", ",", "d:1: column 5 has no name; the line ends with a comma: remove it from every line, or " +
        "name the inputs")]
    [InlineData("step,label", ",label", "d:1: column 2 has no name; name it, or name the inputs")]
    [InlineData("7,1,,,2", "7,1,,,2,", "d:3: 6 fields, where the header has 5; the line ends with a comma: remove it")]
    [InlineData("sequence,", "echo,", "d:1: sequence: no column has this name; each row is a step, and this column " +
        "names its sequence; the columns are \"echo\", \"step\", \"label\", \"split\", \"x\"; if one of them is " +
        "it, give sequence=NAME; if each row is a whole sequence, give layout=wide")]
    public void An_error_is_one_line_with_its_location_and_column(string from, string to, string line)
        => Assert.Equal([line], ErrorsOf(ValidFile.Replace(from, to, StringComparison.Ordinal)));

    [Theory]
    [InlineData("\n\n", "d:1: a blank line, where the names of the columns are needed")]
    [InlineData("1,0,a,train,0.5\n1,1,,,2\n", "d:1: has numbers, where the header with the names of the columns is " +
        "needed; add a first line such as sequence,label,x,y")]
    [InlineData("sequence,label,split,x\n", "d: has a header and no rows; every step of a sequence is a row")]
    [InlineData("sequence,label,split\n1,a,train\n", "d:1: no column is left for the inputs; at least one is needed")]
    public void A_file_without_sequences_reports_what_is_missing(string text, string line)
        => Assert.Equal([line], ErrorsOf(text));

    [Fact]
    public void A_missing_file_and_a_folder_are_reported()
    {
        Assert.Equal("no: there is no such file", Assert.Single(ErrorsOf(new DatasetTask { File = "no" })));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "in"));
        Assert.Equal("in: is a directory; a file is needed", Assert.Single(ErrorsOf(new() { File = "in" })));
        Assert.StartsWith("task.file: is missing; ", Assert.Single(ErrorsOf(new())), StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_counted_and_ten_are_shown()
    {
        string rows = string.Concat(Enumerable.Range(0, 25).Select(i => $"{i},0,{(i < 3 ? "" : "a")},train,x\n"));
        string[] lines = ErrorsOf(ValidFile + rows.Replace("7,", "70,", StringComparison.Ordinal));
        Assert.Equal(11, lines.Length);
        Assert.Equal(7, lines.Count(line => line.Contains(": x: \"x\" is not a number", StringComparison.Ordinal)));
        Assert.Equal(3, lines.Count(line => line.Contains(": label: no row", StringComparison.Ordinal)));
        Assert.Equal("d: and 20 more; in all: x 25, label 3, sequence 2", lines[^1]);
    }

    [Fact]
    public void A_skipped_row_causes_no_further_errors()
        => Assert.Equal(
            ["d:2: 2 fields, where the header has 5", "d:4: 1 field, where the header has 5"],
            ErrorsOf("sequence,step,label,split,x\n7,0\n7,1,a,train,2\nz\n7,3,,,2\n8,0,b,test,3\n"));

    [Fact]
    public void A_labels_file_must_have_every_sequence_exactly_once()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "l"), "sequence,label\n8,b\n8,a\n11,a\n7,\n");
        Assert.Equal(
            [
                "d:2: label: no row of the sequence \"7\" has one", "d:5: sequence: \"9\" has no row in l",
                "l:3: sequence: \"8\" already has a row, line 2; only one is allowed",
                "l:4: sequence: \"11\" has no row in d",
            ],
            ErrorsOf(
                ValidFile.Replace(",label", ",tag", StringComparison.Ordinal), new() { Labels = "l", Inputs = "x" }));
    }

    [Fact]
    public void Labels_that_are_not_numbers_are_not_values()
        => Assert.Equal(
            [
                "d:2: label: \"a\" is not a number, such as 0.5 or -3e-4; with label-kind=classes it names a class",
                "d:4: label: \"b\" is not a number, such as 0.5 or -3e-4; with label-kind=classes it names a class",
                "d:5: label: \"a\" is not a number, such as 0.5 or -3e-4; with label-kind=classes it names a class",
            ],
            ErrorsOf(ValidFile, new() { LabelKind = LabelKind.Values }));

    [Fact]
    public void Text_that_is_not_UTF_8_is_reported_where_it_is_part_of_a_name_or_label()
    {
        byte[] text = Encoding.Latin1.GetBytes(ValidFile.Replace("8,0,b", "8,0,\u00e9", StringComparison.Ordinal));
        Assert.EndsWith("is not UTF-8 text; save the file as UTF-8", Assert.Single(ErrorsOf(text)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_an_end_is_not_a_header()
        => Assert.Equal(
            "d:1: the line does not end; is it the intended file?", Assert.Single(ErrorsOf(new byte[(1 << 20) + 1])));

    [Fact]
    public void A_damaged_file_gives_either_sequences_or_single_line_messages()
    {
        Gen<byte> bytes = Gen.OneOf(Gen.Byte, Gen.OneOf(",;\t\"\r\n0123456789.-eaxsequence label"u8.ToArray()));
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, ValidFile.Length - 1], Gen.Int[1, 8], bytes.Array[1, 4])
            .Array[1, 4]
            .Sample(
            damages =>
            {
                byte[] text = Encoding.UTF8.GetBytes(ValidFile);
                foreach ((int kind, int place, int length, byte[] inserted) in damages)
                {
                    int start = Math.Min(place, text.Length), end = Math.Min(text.Length, start + length);
                    text = kind switch
                    {
                        0 => [.. text[..start], .. text[end..]],
                        1 => [.. text[..start], .. inserted, .. text[start..]],
                        _ => [.. text[..end], .. text[start..]],
                    };
                }

                return ErrorsOf(text).All(line => line.Length > 5 && !line.Any(char.IsControl));
            },
            iter: 1000,
            threads: 1);
    }

    private string[] ErrorsOf(string text, DatasetTask? task = null)
        => ErrorsOf(Encoding.UTF8.GetBytes(text), task);

    private string[] ErrorsOf(byte[] text, DatasetTask? task = null)
    {
        File.WriteAllBytes(Path.Combine(_folder.FullName, "d"), text);
        task ??= new();
        return ErrorsOf(task with { File = "d", Split = task.Labels.Length == 0 ? "split" : "" });
    }

    private string[] ErrorsOf(DatasetTask task)
    {
        List<ValidationError> errors = [];
        using var files = new DatasetFileSource(_folder.FullName);
        Dataset? set = files.Read(task, errors);
        Assert.Equal(errors.Count > 0, set is null);
        string folder = _folder.FullName + Path.DirectorySeparatorChar;
        return [.. errors.Select(error => error.ToString().Replace(folder, "", StringComparison.Ordinal))];
    }
}
