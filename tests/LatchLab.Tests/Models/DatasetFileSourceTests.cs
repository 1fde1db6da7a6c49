using CsCheck;
using LatchLab.Foundation;
using LatchLab.Models.Datasets;
using LatchLab.Tasks;
using LatchLab.Tests.Architecture;
using LatchLab.Tests.Tasks;
using Xunit;

namespace LatchLab.Tests.Models;

public sealed class DatasetFileSourceTests : IDisposable
{
    private const string SimpleFile = "sequence,step,label,x,y\n7,0,a,1,-2\n7,1,a,0.5,3e-4\n8,1,b,2,4\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");
    private readonly List<DatasetFileSource> _files = [];

    public void Dispose()
    {
        _files.ForEach(files => files.Dispose());
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(SimpleFile)]
    [InlineData("\ufeffSequence;Step;LABEL;x;y\r\n7;0;a;1;-2\r\n7;1;a;0.5;3e-4\r\n8;1;b;2;4\r\n")]
    [InlineData("sequence\tstep\tlabel\tx\ty\n7\t0\t\t1\t-2\n\n7\t1\ta\t.5\t+3E-4\n \n8\t1\tb\t2\t4")]
    [InlineData("\"sequence\",\"label\",\"x\", y \n\"7\",\"a\",\"1\", -2\n7,,0.5 ,0.0003\n8,b,2,4.\n")]
    [InlineData("x,y,label,sequence\r1,-2,a,one\r0.5,3e-4,,one\r2,4,b,two\r")]
    public void Separators_quotes_line_ends_and_the_order_of_columns_do_not_matter(string text)
    {
        Dataset set = Read(text);
        Assert.Equal(["x", "y"], set.InputNames);
        Assert.Equal(["a", "b"], set.ClassNames);
        Assert.Equal([[1, -2, 0.5, 3e-4], [2, 4]], [SampleDatasets.Inputs(set, 0), SampleDatasets.Inputs(set, 1)]);
        Assert.Equal([0, 1], [set.ClassOf(0), set.ClassOf(1)]);
        Assert.Equal(Read(SimpleFile).Digest, set.Digest);
    }

    [Fact]
    public void Every_number_is_read_to_its_last_bit()
        => Gen.Double.Where(x => Math.Abs(x) <= 1e100).List[1, 20].Sample(
            numbers =>
            {
                string rows = string.Concat(numbers.Select(x => FormattableString.Invariant($"1,a,{x:R}\n")));
                double[] read = SampleDatasets.Inputs(Read("sequence,label,x\n" + rows), 0);
                return read.Select(BitConverter.DoubleToInt64Bits)
                    .SequenceEqual(numbers.Select(BitConverter.DoubleToInt64Bits));
            },
            iter: 100,
            threads: 1);

    [Fact]
    public void Labels_may_be_several_values()
    {
        Dataset set = Read(
            "sequence,a,b,x\n1,0.25,,9\n1,,-1e3,9\n2,1,2,9\n",
            new() { LabelKind = LabelKind.Values, Label = "b, a" });
        Assert.Equal(["b", "a"], set.LabelNames);
        Assert.Equal([-1e3, 0.25, 2, 1],
            [set.GetLabel(0, 0), set.GetLabel(0, 1), set.GetLabel(1, 0), set.GetLabel(1, 1)]);
        Assert.Empty(set.ClassNames);
    }

    [Fact]
    public void Labels_and_the_split_may_come_from_a_second_file_in_any_order()
    {
        Write("labels.csv", "label;sequence;part\nb;8;test\na;7;train\n");
        DatasetTask task = new() { Labels = "labels.csv", Split = "part" };
        Dataset set = Read("sequence,x,y\n7,1,-2\n7,0.5,3e-4\n8,2,4\n", task);
        Assert.Equal([0, 1], [set.ClassOf(0), set.ClassOf(1)]);
        Assert.Equal([false, true], [set.IsTest(0), set.IsTest(1)]);
        Dataset other = Read("sequence,x,part,y\n7,1,,-2\n7,0.5,test,3e-4\n8,2,train,4\n", new()
        {
            Labels = "labels-only.csv",
            Split = "part",
        }, "sequence,label\n7,a\n8,b\n");
        Assert.Equal([true, false], [other.IsTest(0), other.IsTest(1)]);
        Assert.Equal(["x", "y"], other.InputNames);
    }

    [Fact]
    public void Input_columns_may_be_selected_by_name()
        => Assert.Equal(["y", "x"], Read(SimpleFile.Replace("step", "at", StringComparison.Ordinal), new()
        {
            Inputs = "y, x",
        }).InputNames);

    [Fact]
    public void Tasks_that_name_the_same_columns_share_a_dataset_and_others_do_not()
    {
        Write("data.csv", SimpleFile);
        DatasetFileSource files = CreateSource();
        Dataset Set(DatasetTask task) => files.Read(task with { File = "data.csv" }, [])!;
        Assert.Same(Set(new()), Set(new() { Delay = 5, Noise = 1, Length = 1, Normalisation = Normalisation.None }));
        Assert.NotSame(Set(new()), Set(new() { Inputs = "x" }));
    }

    [Fact]
    public void Values_beyond_the_memory_limit_go_to_a_scratch_file_unchanged()
    {
        Write("data.csv", SimpleFile);
        DatasetTask task = new() { File = "data.csv" };
        Dataset small = CreateSource().Read(task, [])!, large = CreateSource(memoryLimit: 2).Read(task, [])!;
        Assert.Equal((false, true), (small.IsSpilledToDisk, large.IsSpilledToDisk));
        Assert.Equal(small.Digest, large.Digest);
        Assert.Equal(SampleDatasets.Inputs(small, 0), SampleDatasets.Inputs(large, 0));
        Assert.Equal(SampleDatasets.Inputs(small, 1), SampleDatasets.Inputs(large, 1));
    }

    [Fact]
    public void The_shipped_dataset_has_the_numbers_of_its_description()
    {
        List<ValidationError> errors = [];
        using var files = new DatasetFileSource(Path.Combine(Repository.Root, "examples", "data"));
        Dataset set = files.Read(new() { File = "sonar.csv" }, errors)!;
        Assert.Empty(errors);
        Assert.Equal((208, 10, 2080L, 6), (set.Count, set.MaximumLength, set.TotalSteps, set.InputNames.Count));
        Assert.Equal(["mine", "rock"], set.ClassNames);
        Assert.Equal([111, 97], set.ClassSizes);
    }

    private DatasetFileSource CreateSource(int memoryLimit = SpillableBuffer.DefaultMemoryLimit)
    {
        _files.Add(new(_folder.FullName, memoryLimit));
        return _files[^1];
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private Dataset Read(string text, DatasetTask? task = null, string? labels = null)
    {
        Write("data.csv", text);
        if (labels is not null)
            Write(task!.Labels, labels);
        List<ValidationError> errors = [];
        Dataset? set = CreateSource().Read((task ?? new()) with { File = "data.csv" }, errors);
        Assert.Empty(errors.Select(error => error.ToString()));
        return set!;
    }
}
