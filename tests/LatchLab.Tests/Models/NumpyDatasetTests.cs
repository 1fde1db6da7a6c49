using LatchLab.Foundation;
using LatchLab.Models.Datasets;
using LatchLab.Tasks;
using LatchLab.Tests.Tasks;
using Xunit;
using static LatchLab.Tests.Models.NumpyFiles;

namespace LatchLab.Tests.Models;

/// <summary>Sequences in arrays of NumPy; the arrays here are written as numpy.lib.format defines them.</summary>
public sealed class NumpyDatasetTests : IDisposable
{
    /// <summary>[sequence, step, input] = 100·sequence + 10·step + input.</summary>
    private static readonly double[] Numbers =
        [.. Enumerable.Range(0, 12).Select(k => (double)((100 * (k / 4)) + (10 * (k / 2 % 2)) + (k % 2)))];

    private static readonly byte[] X = WriteArray<double>("<f8", "(3, 2, 2)", Numbers);

    private static readonly byte[] Y = WriteArray<long>("<i8", "(3,)", [1, 0, 1]);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string, byte[]> SameArrays => new()
    {
        { "float64", X },
        { "float32", WriteArray<float>("<f4", "(3, 2, 2)", [.. Numbers.Select(number => (float)number)]) },
        { "int16, version 2", WriteArray<short>("<i2", "(3, 2, 2)", [.. Numbers.Select(number => (short)number)], 2) },
        { "uint8, version 3", WriteArray<byte>("|u1", "(3, 2, 2)", [.. Numbers.Select(number => (byte)number)], 3) },
        {
            "big-endian", WriteArray<long>(">i8", "(3, 2, 2)",
                [.. Numbers.Select(number => System.Buffers.Binary.BinaryPrimitives.ReverseEndianness((long)number))])
        },
        {
            "Fortran order", WriteArray<double>("<f8", "(3, 2, 2)",
                [.. Enumerable.Range(0, 12).Select(k => Numbers[(k % 3 * 4) + (k / 3 % 2 * 2) + (k / 6)])],
                isFortran: true)
        },
    };

    [Theory]
    [MemberData(nameof(SameArrays))]
    public void Every_type_and_order_gives_the_same_sequences(string name, byte[] x)
    {
        Dataset set = Read(("x", x), ("y", Y));
        Assert.True(SampleDatasets.Inputs(set, 1).SequenceEqual([100, 101, 110, 111]), name);
        Assert.Equal(["x1", "x2"], set.InputNames);
        Assert.Equal(["0", "1"], set.ClassNames);
        Assert.Equal([1, 0, 1], Enumerable.Range(0, 3).Select(set.ClassOf));
    }

    [Fact]
    public void Labels_may_be_text_values_or_belong_to_steps()
    {
        byte[] names = WriteArray<int>("<U2", "(3,)", ['a', 'b', 'c', 0, 'a', 'b']);
        Assert.Equal(["ab", "c"], Read(("x", X), ("label", names)).ClassNames);
        byte[] values = WriteArray<double>("<f8", "(3, 2)", [1, 2, 3, 4, 5, 6]);
        Dataset set = Read(new DatasetTask { LabelKind = LabelKind.Values }, ("x", X), ("y", values));
        Assert.Equal([1, 2, 5, 6], [set.GetLabel(0), set.GetLabel(0, 1), set.GetLabel(2), set.GetLabel(2, 1)]);
        set = Read(new DatasetTask { LabelPer = LabelPer.Step }, ("x", X), ("y", WriteArray<byte>("|b1", "(3, 2)",
            [1, 0, 0, 0, 1, 1])));
        var labels = new double[2];
        set.ReadStepLabels(0, 0, labels);
        Assert.Equal([1, 0], labels);
        Assert.Equal([3, 3], set.ClassSizes);
    }

    [Fact]
    public void Two_files_and_a_given_split_are_read()
    {
        File.WriteAllBytes(InFolder("x.npy"), X);
        File.WriteAllBytes(InFolder("y.npy"), Y);
        var errors = new List<ValidationError>();
        using var files = new DatasetFileSource(_folder.FullName);
        Dataset? set = files.Read(new DatasetTask { File = "x.npy", Labels = "y.npy" }, errors);
        Assert.Empty(errors);
        Assert.Equal(Read(("x", X), ("y", Y)).Digest, set!.Digest);
        byte[] split = WriteArray<byte>("|b1", "(3,)", [0, 0, 1]);
        set = Read(new DatasetTask { Split = "t" }, ("x", X), ("y", Y), ("t", split));
        Assert.Equal([false, false, true], Enumerable.Range(0, 3).Select(set.IsTest));
    }

    [Fact]
    public void Not_a_number_is_a_missing_number()
    {
        double[] numbers = [.. Numbers];
        numbers[5] = double.NaN;
        byte[] x = WriteArray<double>("<f8", "(3, 2, 2)", numbers);
        Assert.Equal("data.npz: x: [1, 0, 1] is a missing number, one of 1 in all; give missing=drop, mean or zero",
            ErrorOf(new(), ("x", x), ("y", Y)));
        Dataset set = Read(new DatasetTask { Missing = MissingNumbers.Drop }, ("x", x), ("y", Y));
        Assert.Equal((2, 1), (set.Count, set.Remarks.DroppedSequences));
    }

    [Theory]
    [InlineData("(6, 2)", "(3,)", "x: has the shape [6, 2]; numbers with three axes are needed, sequences, steps and " +
        "inputs, none empty; for one input, x[:, :, None]")]
    [InlineData("(3, 2, 2)", "(3, 2)", "y: has the shape [3, 2]; [3] is needed; one label per step is read with " +
        "label-per=step")]
    [InlineData("(3, 2, 2)", "(4,)", "y: has the shape [4]; [3] is needed")]
    [InlineData("(3, 2, 2)", "(3, 3)", "y: has the shape [3, 3]; [3] is needed; several values are read with " +
        "label-kind=values; classes with one number each are y.argmax(1)")]
    [InlineData("(3, 2, 9)", "(3,)", "x: ends too soon; it may be incomplete")]
    public void A_shape_that_does_not_fit_is_reported_with_one_that_does(string x, string y, string error)
        => Assert.Equal($"data.npz: {error}", ErrorOf(new(), ("x", WriteArray<double>("<f8", x, Numbers)),
            ("y", WriteArray<long>("<i8", y, new long[9]))));

    [Fact]
    public void Other_types_and_arrays_are_reported()
    {
        Assert.StartsWith("data.npz: x: has elements of the type O; save integers, float32, float64 or text",
            ErrorOf(new(), ("x", WriteArray<double>("|O", "(3, 2, 2)", Numbers)), ("y", Y)), StringComparison.Ordinal);
        Assert.Equal("data.npz: x: is no array of NumPy; write it with numpy.save",
            ErrorOf(new(), ("x", new byte[20]), ("y", Y)));
        Assert.Equal("task.label: data.npz has no array \"y\"; it has x, yy",
            ErrorOf(new(), ("x", X), ("yy", Y)));
        File.WriteAllText(InFolder("text.npz"), "sequence,label,x\n");
        Assert.Equal("text.npz: is no .npz file; write it with numpy.savez", ErrorOf(new() { File = "text.npz" }));
        File.WriteAllBytes(InFolder("x.npy"), X);
        Assert.StartsWith("task.labels: is missing; name the .npy file of the labels",
            ErrorOf(new() { File = "x.npy" }), StringComparison.Ordinal);
        Assert.Superset(new HashSet<string>(["layout", "sequence", "step", "labels"]),
            Settings.FindIdle(new DatasetTask { File = "a.npz" }).Keys.ToHashSet());
    }

    private Dataset Read(params (string Name, byte[] Bytes)[] arrays) => Read(new DatasetTask(), arrays);

    private Dataset Read(DatasetTask task, params (string Name, byte[] Bytes)[] arrays)
    {
        WriteArchive(InFolder("data.npz"), arrays);
        var errors = new List<ValidationError>();
        using var files = new DatasetFileSource(_folder.FullName);
        Dataset? set = files.Read(task with { File = "data.npz" }, errors);
        Assert.Empty(errors.Select(error => error.ToString()));
        return set!;
    }

    private string ErrorOf(DatasetTask task, params (string Name, byte[] Bytes)[] arrays)
    {
        WriteArchive(InFolder("data.npz"), arrays);
        var errors = new List<ValidationError>();
        using var files = new DatasetFileSource(_folder.FullName);
        Assert.Null(files.Read(task.File.Length > 0 ? task : task with { File = "data.npz" }, errors));
        return Assert.Single(errors).ToString().Replace(_folder.FullName + Path.DirectorySeparatorChar, "",
            StringComparison.Ordinal);
    }

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);
}
