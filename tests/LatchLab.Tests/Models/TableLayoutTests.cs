using LatchLab.Tasks;
using LatchLab.Tests.Tasks;
using Xunit;

namespace LatchLab.Tests.Models;

/// <summary>Tables as other programs write them: names of columns, decimal commas, a sequence in each row.</summary>
public sealed class TableLayoutTests : IDisposable
{
    private const string Long = "sequence,label,x,y\n1,a,1,10\n1,a,2.5,20\n2,b,3,30\n2,b,-4,40\n";

    private static readonly DatasetTask Wide = new() { Layout = TableLayout.Wide };

    private readonly DatasetFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Decimal_commas_are_read_where_semicolons_or_tabs_separate_and_the_summary_says_so()
    {
        Dataset set = Read("sequence;label;x;y\r\n1;a;1;10\r\n1;a;2,5;2e1\r\n2;b;3,00;30\r\n2;b;-4;40\r\n", new());
        Assert.Equal(Read(Long, new()).Digest, set.Digest);
        Assert.Equal(("file", "semicolons separate the fields; the numbers have decimal commas"),
            new DatasetTask().WithDataset(set).DataSummary[0]);
        Assert.Equal("tabs separate the fields", Read(Long.Replace(',', '\t'), new()).Remarks.Format);
        Assert.Equal("", Read(Long, new()).Remarks.Format);
    }

    [Fact]
    public void The_first_number_with_a_decimal_sign_defines_it_and_another_sign_is_an_error()
    {
        Assert.Equal(["data.csv:4: x: \"3.00\" has a point; write 3,00 with a comma, as in line 3"],
            ErrorsOf("sequence;label;x\n1;a;1\n1;a;2,5\n2;b;3.00\n", new()));
        Assert.Equal(["data.csv:4: x: \"3,00\" has a comma; write 3.00 with a point, as in line 3"],
            ErrorsOf("sequence;label;x\n1;a;1\n1;a;2.5\n2;b;3,00\n", new()));
        Assert.Equal(["data.csv:2: x: \"1.000,5\" is not a number, such as 0.5 or -3e-4; if x is no input, name the " +
            "inputs"], ErrorsOf("sequence;label;x\n1;a;1.000,5\n2;b;3\n", new()));
    }

    [Fact]
    public void Commas_in_quoted_names_do_not_hide_the_separator()
        => Assert.Equal(["x, in m", "y, in m"],
            Read("sequence;label;\"x, in m\";\"y, in m\"\n1;a;1;1\n2;b;2;2\n", new()).InputNames);

    [Fact]
    public void The_columns_of_the_sequence_and_of_the_step_have_any_name()
    {
        string text = "t,who,x,class,step\n0,1,1,a,10\n1,1,2.5,a,20\n0,2,3,b,30\n1,2,-4,b,40\n";
        DatasetTask task = new() { Sequence = "who", Step = "t", Label = "class" };
        Dataset set = Read(text, task);
        Assert.Equal(["x", "step"], set.InputNames);
        Assert.Equal(Read(Long, new()).Digest, set.Digest);
        Assert.Equal(["task.sequence: data.csv has no column \"whom\"; it has t, who, x, class, step; did you mean " +
            "\"who\"?"], ErrorsOf(text, task with { Sequence = "whom" }));
        Assert.Equal(["data.csv:3: t: \"2\" where 1 is needed; steps increase by 1 from row to row"],
            ErrorsOf(text.Replace("\n1,1,", "\n2,1,", StringComparison.Ordinal), task));
    }

    [Theory]
    [InlineData("sequence,label,x1,x2,y1,y2\n1,a,1,2.5,10,20\n2,b,3,-4,30,40\n")]
    [InlineData("y[0],y[1],label,x[1],x[0]\n10,20,a,2.5,1\n30,40,b,-4,3\n")]
    [InlineData("sequence,label,x_1,y_1,x_2,y_2\nu,a,1,10,2.5,20\nv,b,3,30,-4,40\n")]
    [InlineData("label;1;2;y.1;y.2\na;1;2,5;10;20\nb;3;-4;30;40\n")]
    public void A_wide_table_has_the_same_sequences_as_a_long_one(string text)
    {
        Dataset set = Read(text, Wide with { Inputs = "x,y" });
        Assert.Equal(["x", "y"], set.InputNames);
        Assert.Equal(Read(Long, new()).Digest, set.Digest);
    }

    [Fact]
    public void A_wide_sequence_ends_with_its_last_number()
    {
        Dataset set = Read("label,x1,x2,x3\na,1,2,\nb,3,,\na,4,5,6\n", Wide);
        Assert.Equal([[1, 2], [3], [4, 5, 6]], Enumerable.Range(0, 3).Select(i => SampleDatasets.Inputs(set, i)));
        Assert.StartsWith("data.csv:2: x2: is missing", Assert.Single(ErrorsOf("label,x1,x2,x3\na,1,,3\nb,1,2,3\n",
            Wide)), StringComparison.Ordinal);
        Assert.Equal(["data.csv:2: has no numbers; a sequence has at least one step"],
            ErrorsOf("label,x1,x2,x3\na,,,\nb,1,2,3\n", Wide));
    }

    [Theory]
    [InlineData("label,x1,x3\na,1,2\n", "", "data.csv:1: x3: is step 3 of x, and step 2 is missing; steps are " +
        "numbered from 0 or 1 without gaps")]
    [InlineData("label,x1,x_1\na,1,2\n", "", "data.csv:1: x_1: is step 1 of x, like x1")]
    [InlineData("label,x1,x2,y1\na,1,2,3\n", "", "data.csv:1: y: has 1 step, but x has 2; every input needs a column " +
        "for every step")]
    [InlineData("label,age,x1,x2\na,9,1,2\n", "", "data.csv:1: age: is no step of an input, such as x1, x2, x3; if " +
        "it is no input, name the inputs: inputs=x; if it names the sequences, give sequence=age")]
    [InlineData("label,band1,band2\na,1,2\n", "bond", "task.inputs: data.csv has no column \"bond1\" for the first " +
        "step of \"bond\"; did you mean \"band\"?")]
    [InlineData("sequence,label,x1\n1,a,1\n1,b,2\n", "", "data.csv:3: sequence: \"1\" appears again, after line 2; " +
        "each row is a sequence of its own")]
    public void An_error_of_a_wide_table_is_one_line(string text, string inputs, string line)
        => Assert.Equal([line], ErrorsOf(text, Wide with { Inputs = inputs }));

    private Dataset Read(string text, DatasetTask task) => _folder.Read(text, task);

    private string[] ErrorsOf(string text, DatasetTask task) => _folder.ErrorsOf(text, task);
}
