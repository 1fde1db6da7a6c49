using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.Tests.Architecture;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>What a saved network needs for raw data: in its file, in predictions and in analyses.</summary>
public sealed class PredictCommandTests : IDisposable
{
    private const string Train = "train --task dataset --set file=data.csv --learner back-propagation --trials 2 " +
        "--set presentations=600 --set units=4 --set learning-rate=0.05 --save-network n.json --json";

    private const string Data = "sequence,step,label,part,x,y\n" +
        "1,1,up,train,100,7\n1,2,,,104,9\n2,1,down,train,104,8\n2,2,,,101,8\n3,1,up,test,102,1\n3,2,,,105,3\n" +
        "4,1,down,test,105,2\n4,2,,,102,9\n5,1,up,train,101,3\n5,2,,,103,5\n6,1,down,train,103,4\n6,2,,,100,6\n";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private readonly Sandbox _sandbox = new();

    public PredictCommandTests() => _sandbox.Write("data.csv", Data);

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void A_saved_network_keeps_columns_normalisation_classes_and_training()
    {
        JsonObject document = _sandbox.Run($"{Train} --set split=part --set delay=3 --length 1 --seed 5").Json();
        JsonNode network = JsonNode.Parse(File.ReadAllText(_sandbox.Below("n.json")))!;
        JsonNode data = network["data"]!;
        Assert.Equal(["x", "y"], data["columns"]!.AsArray().Select(name => (string?)name));
        Assert.Equal(["down", "up"], data["classes"]!.AsArray().Select(name => (string?)name));
        Assert.Equal((1, 3), ((int)data["length"]!, (int)data["delay"]!));

        // Of the last steps of the training sequences: 104, 101, 103 and 100; their mean deviates by 2, 1, 1 and 2.
        Assert.Equal(102.0, (double)data["offsets"]![0]!);
        Assert.Equal(1.0 / Math.Sqrt(2.5), (double)data["factors"]![0]!, 1e-15);
        JsonNode training = network["training"]!;
        Assert.Equal(("dataset", "back-propagation", 5, (int)document["best"]!["trial"]!),
            ((string?)training["task"], (string?)training["learner"], (int)training["seed"]!, (int)training["trial"]!));
        Assert.Equal("0.05", (string?)training["settings"]!["learner.learning-rate"]);
        Assert.Equal("3", (string?)training["settings"]!["task.delay"]);
        Assert.Null(training["settings"]!["task.noise"]);
    }

    [Fact]
    public void The_error_of_the_predictions_is_that_of_the_training_on_its_test_sequences()
    {
        JsonNode best = _sandbox.Run($"{Train} --set split=part").Json();
        JsonNode trial = best["trials"]![(int)best["best"]!["trial"]!]!;
        string[] rows = Data.Split('\n');
        _sandbox.Write("test.csv", string.Join('\n', (string[])[rows[0], .. rows[5..9]]));
        _sandbox.Write("training.csv", string.Join('\n', (string[])[rows[0], .. rows[1..5], .. rows[9..]]));
        Assert.Equal((double)trial["testError"]!, (double)Predict("test.csv")["error"]!);
        Assert.Equal((double)trial["trainingError"]!, (double)Predict("training.csv")["error"]!);
        Assert.Equal(0.5, (double)Predict("training.csv")["chanceError"]!);
    }

    [Fact]
    public void Columns_are_found_by_their_names_and_labels_may_be_missing()
    {
        _sandbox.Run($"{Train} --set split=part");
        CommandResult labelled = _sandbox.Run("predict n.json data.csv");
        string[] lines = labelled.Output.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        Assert.Equal("sequence,class,label,output.down,output.up", lines[0]);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], lines[1..].Select(line => line.Split(',')[0]));
        Assert.Contains("data.csv: not used: part", labelled.Error, StringComparison.Ordinal);
        Assert.Matches("6 labelled sequences, beside always giving down, the most frequent class:\n" +
            @"  accuracy               [01]\.\d{3}; chance 0\.500\n", labelled.Error.ReplaceLineEndings("\n"));
        _sandbox.Write("raw.csv", "y;sequence;x\r\n7;1;100\r\n9;1;104\r\n8;2;104\r\n8;2;101\r\n");
        CommandResult raw = _sandbox.Run("predict n.json raw.csv --out p.csv");
        Assert.Equal(("", ""), (raw.Output, raw.Error));
        string[] unlabelled = File.ReadAllLines(_sandbox.Below("p.csv"));
        Assert.Equal("sequence,class,output.down,output.up", unlabelled[0]);
        Assert.Equal(lines[1..3].Select(line => line.Replace(",up,", ",", StringComparison.Ordinal)
                .Replace(",down,", ",", StringComparison.Ordinal).Split(',')[^1]),
            unlabelled[1..].Select(line => line.Split(',')[^1]));
        Assert.Equal(0, _sandbox.Run("predict n.json data.csv --out p.csv --json").ExitCode);
        Assert.Equal("ok", (string?)JsonNode.Parse(File.ReadAllText(_sandbox.Below("p.csv")))!["status"]);
        _sandbox.Run("predict n.json data.csv --out data.csv").AssertRejected(
            "data.csv: exists and is not a prediction; move it or name another file");
        Assert.Equal(Data, File.ReadAllText(_sandbox.Below("data.csv")));
    }

    [Fact]
    public void Values_are_predicted_in_the_units_of_the_label()
    {
        _sandbox.Write("values.csv", "sequence,v,x\n1,10,1\n2,20,2\n3,30,3\n4,40,4\n");
        JsonNode document = _sandbox.Run("train --task dataset --set file=values.csv --set label=v " +
            "--set label-kind=values --set tolerance=1 --set metric=root-mean-square-error --set test-share=0 " +
            "--learner back-propagation --set learning-rate=0.1 --set units=3 --trials 1 --save-network n.json --json")
            .Json();
        Assert.Equal("converged", (string?)document["trials"]![0]!["stopReason"]);
        JsonNode predictions = Predict("values.csv");
        Assert.Equal(4, (int)predictions["labelled"]!);
        foreach (JsonNode? prediction in predictions["predictions"]!.AsArray())
        {
            double label = (double)prediction!["label"]!["v"]!, value = (double)prediction["values"]!["v"]!;
            Assert.InRange(value, label - 1.0, label + 1.0); // the tolerance of the training
        }

        Assert.Equal(Math.Sqrt(125.0), (double)predictions["chanceError"]!, 1e-12); // deviations of ±5 and ±15
    }

    [Fact]
    public void What_does_not_fit_the_network_is_refused_and_nothing_is_written()
    {
        _sandbox.Run($"{Train} --set split=part");
        _sandbox.Write("other.csv", "sequence,X,z\n1,1,2\n");
        _sandbox.Write("bad.csv", "sequence,step,x,y\n1,1,1,2\n1,3,1,b\n1,4,,2\n");
        _sandbox.Write("plain.json", "{\"network\":\"latch\",\"unit\":\"tanh\",\"weight\":1,\"inputs\":[]}");
        _sandbox.Run("predict n.json other.csv").AssertRejected(
            "other.csv:1: y: no column has this name, and the network was trained with it");
        _sandbox.Run("predict n.json bad.csv --out p.csv").AssertRejected(
            "bad.csv:3: step: \"3\" where 2 is needed; steps increase by 1 from row to row, from 0 or 1",
            "bad.csv:3: y: \"b\" is not a number, such as 0.5 or -3e-4",
            "bad.csv:4: x: is missing; a number is needed in every row, because the network was trained with " +
            "missing=error");
        _sandbox.Run("predict plain.json data.csv").AssertRejected(
            "plain.json: has no section \"data\" with the columns of its inputs: give a network that train --task " +
            "dataset --save-network wrote");
        Assert.False(File.Exists(_sandbox.Below("p.csv")));
    }

    [Fact]
    public void Analyses_normalise_raw_data_or_refuse()
    {
        _sandbox.Run($"{Train} --set split=part --set delay=1");
        JsonNode data = JsonNode.Parse(File.ReadAllText(_sandbox.Below("n.json")))!["data"]!;
        double Normalised(double value, int input) => (value - (double)data["offsets"]![input]!)
            * (double)data["factors"]![input]!;
        string[] steps =
        [
            .. new[] { (104.0, 8.0), (101.0, 8.0) }.Select(step => string.Create(
                Invariant, $"{Normalised(step.Item1, 0):R},{Normalised(step.Item2, 1):R}")), "0,0",
        ];
        _sandbox.Write("inputs.csv", string.Join('\n', steps));
        JsonObject plain = JsonNode.Parse(File.ReadAllText(_sandbox.Below("n.json")))!.AsObject();
        plain.Remove("data");
        _sandbox.Write("plain.json", plain.ToJsonString());
        CommandResult raw = _sandbox.Run(
            "dynamics gradient --network n.json --sequence data.csv --sequence-name 2 --json");
        Assert.Equal(
            _sandbox.Run(
                "dynamics gradient --network plain.json --sequence inputs.csv --target 0.8,-0.8 --json").Output,
            raw.Output);
        Assert.Contains("data.csv: 2 steps normalised as in the training of the network, and 1 step of delay.",
            raw.Error, StringComparison.Ordinal);
        Assert.Equal(
            _sandbox.Run("dynamics orbit --network plain.json --sequence inputs.csv --json").Output,
            _sandbox.Run("dynamics orbit --network n.json --sequence data.csv --sequence-name 2 --json").Output);
        _sandbox.Run("dynamics gradient --network n.json --sequence inputs.csv --target 0.8,-0.8").AssertRejected(
            "inputs.csv:1: has no header, and the network normalises its inputs: give a file with the columns x, y, " +
            "not normalised");
        _sandbox.Run("dynamics gradient --network n.json --sequence data.csv --target 0.8,-0.8").AssertRejected(
            "data.csv: has several sequences, such as 1, 2, 3: choose one with --sequence-name");
        _sandbox.Write("other.csv", "x,z\n1,2\n");
        _sandbox.Run("dynamics orbit --network n.json --sequence other.csv").AssertRejected(
            "other.csv:1: y: no column has this name, and the network was trained with it");
    }

    [Fact]
    public void The_page_describes_every_field_of_the_document()
    {
        _sandbox.Run($"{Train} --set split=part");
        JsonObject document = Predict("data.csv");
        string page = Repository.ReadPage("reference/predictions.md");
        Assert.All(
            document.Select(field => field.Key).Skip(1)
                .Concat(document["predictions"]![0]!.AsObject().Select(field => field.Key)),
            name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    private JsonObject Predict(string file) => _sandbox.Run($"predict n.json {file} --json").Json();
}
