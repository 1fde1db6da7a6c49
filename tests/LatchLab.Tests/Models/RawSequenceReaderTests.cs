using LatchLab.Foundation;
using LatchLab.Models.Datasets;
using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Models;

/// <summary>The sequences of a file for a network that is already trained.</summary>
public sealed class RawSequenceReaderTests : IDisposable
{
    private static readonly NetworkData Classes = new(["x", "y"], new([0.0, 0.0], [1.0, 1.0]), ["label"])
    {
        Classes = ["a", "b"],
    };

    private static readonly NetworkData Values = new(["x", "y"], new([0.0, 0.0], [1.0, 1.0]), ["v", "w"]);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("sequence,label,x,y\nu,a,1,10\nu,,2.5,20\nv,b,3,30\nv,b,-4,40\n")]
    [InlineData("\ufeffy;X;sequence;label;other\r\n10;1;u;;7\r\n20;2,5;u;a;8\r\n30;3;v;b;\r\n40;-4;v;;\r\n")]
    [InlineData("sequence,x1,x2,y1,y2,label\nu,1,2.5,10,20,a\nv,3,-4,30,40,b\n")]
    public void Long_and_wide_tables_have_the_same_sequences(string text)
        => Assert.Equal(
            ["u@1 1 10 2.5 20 | a", "v@1 3 30 -4 40 | b"], Read("d.csv", Classes, text).Select(Format));

    [Fact]
    public void Labels_of_steps_follow_the_steps_and_may_be_missing()
    {
        NetworkData classes = Classes with { HasStepLabels = true, SequenceColumn = "id", StepColumn = "t" };
        Assert.Equal(
            ["u@0 1 10 2.5 20 | a c", "v@1 3 30 | "],
            Read("d.csv", classes, "id,t,label,x,y\nu,0,a,1,10\nu,1,c,2.5,20\nv,1,NA,3,30\n").Select(Format));
        Assert.Equal(
            ["1@1 1 10 2.5 20 | a b", "2@1 3 30 | b"],
            Read("d.csv", classes, "x1,x2,y1,y2,label1,label2\n1,2.5,10,20,a,b\n3,,30,,b,\n").Select(Format));
        Assert.Equal(
            ["u@1 1 10 2.5 20 | 5 6 NaN 8"],
            Read("d.csv", Values with { HasStepLabels = true },
                "sequence,v,w,x,y\nu,5,6,1,10\nu,,8,2.5,20\n").Select(Format));
    }

    [Fact]
    public void Arrays_are_sequences_whose_names_and_steps_count_from_0()
    {
        byte[] x = NumpyFiles.WriteArray<double>("<f8", "(2, 2, 2)", [1, 10, 2.5, 20, 3, 30, -4, 40]),
            y = NumpyFiles.WriteArray<int>("<U1", "(2,)", ['a', 'b']);
        NumpyFiles.WriteArchive(Below("d.npz"), ("x", x), ("y", y));
        Assert.Equal(["0@0 1 10 2.5 20 | a", "1@0 3 30 -4 40 | b"], Read("d.npz", Classes).Select(Format));
        File.WriteAllBytes(Below("x.npy"), x);
        Assert.Equal(["0@0 1 10 2.5 20 | ", "1@0 3 30 -4 40 | "], Read("x.npy", Classes).Select(Format));

        byte[] steps = NumpyFiles.WriteArray<double>("<f8", "(2, 2, 2)", [1, 2, 3, 4, 5, 6, 7, double.NaN]);
        NumpyFiles.WriteArchive(Below("d.npz"), ("x", x), ("y", steps));
        Assert.Equal(["0@0 1 10 2.5 20 | 1 2 3 4", "1@0 3 30 -4 40 | 5 6 7 NaN"],
            Read("d.npz", Values with { HasStepLabels = true }).Select(Format));
        Assert.Equal("y: has the shape [2, 2, 2]; [2, 2] is needed for the labels", ErrorOf("d.npz", Values));
        Assert.Equal("x: has the shape [2, 2, 2]; the network has 3 inputs, so that [sequences, steps, 3] of numbers " +
            "is needed, none empty", ErrorOf("d.npz", Values with { Columns = ["a", "b", "c"] }));
        NumpyFiles.WriteArchive(Below("d.npz"), ("z", x));
        Assert.Equal("has no array \"x\"; it has z", ErrorOf("d.npz", Values));
    }

    [Theory]
    [InlineData(MissingNumbers.Drop, "v@1 5 50 | b")]
    [InlineData(MissingNumbers.Mean, "u@1 1 NaN 3 30 | a", "v@1 5 50 | b")]
    [InlineData(MissingNumbers.Zero, "u@1 1 0 3 30 | a", "v@1 5 50 | b")]
    public void Missing_numbers_are_dropped_or_replaced_as_in_the_training_and_counted(
        MissingNumbers rule, params string[] expected)
    {
        NetworkData data = Classes with { Missing = rule };
        byte[] x = NumpyFiles.WriteArray<double>("<f8", "(2, 1, 2)", [1, double.NaN, 5, 50]);
        NumpyFiles.WriteArchive(Below("d.npz"), ("x", x));
        foreach ((string name, string text) in new[]
        {
            ("d.csv", "sequence,label,x,y\nu,a,1,NA\nu,a,3,30\nv,b,5,50\n"),
            ("d.csv", "sequence,label,x1,x2,y1,y2\nu,a,1,3,,30\nv,b,5,,50,\n"), ("d.npz", ""),
        })
        {
            using RawSequenceReader reader = Open(name, data, text);
            string[] sequences = [.. reader.ReadAll().Select(Format)];
            Assert.Equal(expected.Length, sequences.Length);
            if (name == "d.csv")
                Assert.Equal(expected, sequences);
            bool isDropped = rule == MissingNumbers.Drop;
            Assert.Equal(isDropped ? (0, 1) : (1, 0), (reader.ReplacedNumbers, reader.DroppedSequences));
            Assert.Equal(isDropped ? [name == "d.csv" ? "u" : "0"] : [], reader.DroppedNames);
        }
    }

    [Fact]
    public void A_missing_number_is_an_error_where_the_training_had_none()
    {
        Assert.Equal("y: \"NA\" is a missing number; a number is needed in every row, because the network was " +
            "trained with missing=error", ErrorOf("d.csv", Classes, "sequence,x,y\nu,1,NA\n"));
        byte[] x = NumpyFiles.WriteArray<double>("<f8", "(2, 1, 2)", [1, double.NaN, double.NaN, 50]);
        NumpyFiles.WriteArchive(Below("d.npz"), ("x", x));
        Assert.Equal("x: [0, 0, 1] is a missing number, one of 2 in all; the network was trained with missing=error",
            ErrorOf("d.npz", Classes));
    }

    [Theory]
    [InlineData("sequence,x1,x2\n1,2,3\n", "y1: no column has this name, and the network was trained with it")]
    [InlineData("sequence,x,Z\n1,2,3\n", "y: no column has this name, and the network was trained with it")]
    [InlineData("sequnce,x,y\n1,2,3\n", "sequence: no column has this name; each row is a step, and this column " +
        "names its sequence; did you mean \"sequnce\"?")]
    [InlineData("sequence,x,y\n", "has a header and no rows; every step of a sequence is a row")]
    [InlineData("x1,y1\n", "has a header and no rows; every sequence is a row")]
    [InlineData("1,2,3\n4,5,6\n", "has numbers, where the header with the names of the columns is needed; add a " +
        "first line such as sequence,label,x,y")]
    [InlineData("sequence,x1,x2,y1\n1,2,3,4\n",
        "y: has 1 step, but x has 2; every input needs a column for every step")]
    public void An_error_of_a_table_is_one_line(string text, string error)
        => Assert.Equal(error, ErrorOf("d.csv", Classes, text));

    private static string Format(RawSequence sequence)
        => FormattableString.Invariant($"{sequence.Name}@{sequence.FirstStep} ") + Join(sequence.Steps) + " | " +
            string.Join(' ', sequence.Classes) + Join(sequence.Values);

    private static string Join(double[] numbers)
        => string.Join(' ', numbers.Select(number => FormattableString.Invariant($"{number}")));

    private RawSequence[] Read(string name, NetworkData data, string text = "")
    {
        using RawSequenceReader reader = Open(name, data, text);
        return [.. reader.ReadAll()];
    }

    private RawSequenceReader Open(string name, NetworkData data, string text)
    {
        if (text.Length > 0)
            File.WriteAllText(Below(name), text);
        return RawSequenceReader.Open(Below(name), data);
    }

    /// <summary>The only error, without its place.</summary>
    private string ErrorOf(string name, NetworkData data, string text = "")
    {
        ValidationError error = Assert.Single(
            Assert.Throws<ValidationException>(() => Read(name, data, text)).Errors);
        return error.Field.Length == 0 ? error.Message : $"{error.Field}: {error.Message}";
    }

    private string Below(string name) => Path.Combine(_folder.FullName, name);
}
