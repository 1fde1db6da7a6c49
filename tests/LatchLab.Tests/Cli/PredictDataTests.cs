using System.Globalization;
using System.Text.Json.Nodes;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>Predictions of networks for every kind of data that training takes.</summary>
public sealed class PredictDataTests : IDisposable
{
    private const string Train = "train --task dataset --learner back-propagation --trials 1 --set presentations=60 " +
        "--set units=3 --set learning-rate=0.05 --save-network n.json --json --set file=";

    private const string Steps = "id,t,label,part,v,x\n1,0,a,train,1,0.1\n1,1,b,train,3,0.5\n2,0,b,train,2,0.4\n" +
        "2,1,b,train,2,0.2\n3,0,a,test,1,0.1\n3,1,a,test,4,0.6\n3,2,b,test,2,0.5\n4,0,a,test,1,0.9\n";

    private const string OfSteps = "data.csv --set sequence=id --set step=t --set label-per=step --set split=part " +
        "--set inputs=x";

    private readonly Sandbox _sandbox = new();

    public PredictDataTests() => _sandbox.Write("data.csv", Steps);

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Each_step_of_a_network_of_labelled_steps_has_a_row()
    {
        _sandbox.Run($"{Train}{OfSteps}").Json();
        string[] rows = Lines(_sandbox.Run("predict n.json data.csv").Output);
        Assert.Equal("sequence,step,class,label,output.a,output.b", rows[0]);
        Assert.Equal(["1,0", "1,1", "2,0", "2,1", "3,0", "3,1", "3,2", "4,0"],
            rows[1..].Select(row => string.Join(',', row.Split(',')[..2])));
        _sandbox.Write("raw.csv", "id,x\n9,0.1\n9,0.5\n");
        string[] raw = Lines(_sandbox.Run("predict n.json raw.csv").Output);
        Assert.Equal("sequence,step,class,output.a,output.b", raw[0]);
        Assert.Equal(rows[1..3].Select(row => row.Split(',')[^2..]), raw[1..].Select(row => row.Split(',')[^2..]));
        JsonObject document = _sandbox.Run("predict n.json data.csv --json").Json();
        Assert.Equal((4, 8), ((int)document["sequences"]!, (int)document["labelled"]!));
        Assert.Equal(2, (int)document["predictions"]![6]!["step"]!);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" --set label=v --set label-kind=values --set tolerance=1")]
    public void The_metrics_are_those_of_the_training_on_its_test_sequences(string labels)
    {
        JsonNode trial = _sandbox.Run($"{Train}{OfSteps}{labels}").Json()["trials"]![0]!;
        string[] rows = Steps.Split('\n');
        _sandbox.Write("test.csv", string.Join('\n', (string[])[rows[0], .. rows[5..]]));
        JsonNode metrics = _sandbox.Run("predict n.json test.csv --json").Json()["metrics"]!;
        foreach ((string name, JsonNode? value) in trial["metrics"]!.AsObject())
        {
            // Some twenty operations on numbers below 10, each rounded to 2⁻⁵³.
            Assert.Equal((double)value!, (double)metrics[name]!["value"]!, 1e-13);
        }
    }

    [Fact]
    public void Dropped_sequences_and_replaced_numbers_are_counted_and_named()
    {
        _sandbox.Write("missing.csv", "label,x1,x2\na,1,2\nb,2,NA\na,3,1\nb,4,3\n");
        string settings = "missing.csv --set layout=wide --set test-share=0 --set missing=";
        _sandbox.Run($"{Train}{settings}drop").Json();
        CommandResult dropped = _sandbox.Run("predict n.json missing.csv");
        Assert.Equal(["1", "3", "4"], Lines(dropped.Output)[1..].Select(row => row.Split(',')[0]));
        Assert.Contains("missing.csv: 1 of 4 sequences dropped, which have a missing number: 2\n",
            dropped.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        JsonObject document = _sandbox.Run("predict n.json missing.csv --json").Json();
        Assert.Equal((3, 1, "2"), ((int)document["sequences"]!, (int)document["droppedSequences"]!,
            (string)document["dropped"]![0]!));
        _sandbox.Run($"{Train}{settings}mean").Json();
        CommandResult replaced = _sandbox.Run("predict n.json missing.csv");
        Assert.Equal(5, Lines(replaced.Output).Length);
        Assert.Contains("missing.csv: 1 missing number replaced by the mean of the training\n",
            replaced.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);

        // (1 + 2 + 2 + 3 + 1 + 4 + 3)/7
        string mean = (16.0 / 7.0).ToString("R", CultureInfo.InvariantCulture);
        _sandbox.Write("complete.csv", $"x1,x2\n1,2\n2,{mean}\n3,1\n4,3\n");
        Assert.Equal(NumbersOf(replaced.Output, row: 2)[1],
            NumbersOf(_sandbox.Run("predict n.json complete.csv").Output, row: 2)[1], 1e-14);
    }

    [Fact]
    public void Classes_that_the_network_does_not_have_are_named_and_incorrect()
    {
        _sandbox.Run($"{Train}{OfSteps}").Json();
        _sandbox.Write("other.csv", "id,label,x\n1,c,0.1\n1,d,0.5\n2,a,0.2\n");
        string error = _sandbox.Run("predict n.json other.csv").Error.ReplaceLineEndings("\n");
        Assert.Contains("other.csv: 2 labelled steps of a class that the network does not have (c, d) counted as " +
            "incorrect; it has a, b\n", error, StringComparison.Ordinal);
        JsonObject document = _sandbox.Run("predict n.json other.csv --json").Json();
        Assert.Equal((2, 3), ((int)document["unknownClasses"]!, (int)document["labelled"]!));
        Assert.InRange((double)document["error"]!, 2.0 / 3.0, 1.0);
    }

    [Fact]
    public void Analyses_read_every_kind_of_raw_data()
    {
        _sandbox.Run($"{Train}{OfSteps}").Json();
        JsonObject gradient = _sandbox.Run(
            "dynamics gradient --network n.json --sequence data.csv --sequence-name 2 --json").Json();
        string[] row = Lines(_sandbox.Run("predict n.json data.csv").Output)[4].Split(',');
        Assert.Equal(row[^2..].Select(ParseNumber), gradient["output"]!.AsArray().Select(value => (double)value!));

        // The same sequence in a row of a wide table, as the only one.
        _sandbox.Write("wide.csv", "x1,x2,label1,label2\n0.4,0.2,b,b\n");
        Assert.Equal(gradient.ToJsonString(),
            _sandbox.Run("dynamics gradient --network n.json --sequence wide.csv --json").Json().ToJsonString());
    }

    private static double[] NumbersOf(string output, int row)
        => [.. Lines(output)[row].Split(',')[^2..].Select(ParseNumber)];

    private static double ParseNumber(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string[] Lines(string output) => output.ReplaceLineEndings("\n").TrimEnd().Split('\n');
}
