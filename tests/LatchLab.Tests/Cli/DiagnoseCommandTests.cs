using System.Text.Json.Nodes;
using LatchLab.Models.Datasets;
using LatchLab.Models.Interchange;
using LatchLab.Tests.Architecture;
using LatchLab.Tests.Diagnosis;
using LatchLab.Tests.Models.Interchange;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>Trained networks of PyTorch, from the file to the verdict.</summary>
public sealed class DiagnoseCommandTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public DiagnoseCommandTests()
    {
        foreach (string name in ReferenceModel.Names)
        {
            foreach (string file in new[] { "model.npz", "io.npz" })
                File.Copy(Path.Combine(ReferenceModel.Folder(name), file), _sandbox.Below($"{name}-{file}"));
        }
    }

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void A_network_that_forgets_is_told_what_would_help()
    {
        CommandResult result = _sandbox.Run(
            "diagnose lstm-first-bit-model.npz --data lstm-first-bit-io.npz --hold 0 --task-length 60 " +
            "--fail-on forgets");
        Assert.Equal((3, ""), (result.ExitCode, result.Error));
        Assert.Matches("It forgets. After 20 quiet steps nothing of [0-9]+ different pasts is left", result.Output);
        Assert.Contains("must average 1 − 1/60 = 0.983 to carry 60 steps; they are at 0.485", result.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_recording_decides_what_the_file_leaves_open()
    {
        JsonNode document = _sandbox.Run(
            "diagnose rnn-adding-exploding-model.npz --data rnn-adding-exploding-io.npz --only growth --json").Json();
        Assert.Equal("rnn-tanh", (string?)document["model"]!["cell"]);
        Assert.Equal("chaotic", (string?)document["verdict"]!["code"]);
        Assert.True((double)document["import"]!["oneStep"]! < 1e-6);
        _sandbox.Run("diagnose rnn-adding-exploding-model.npz --made-up-input").AssertRejected(
            "rnn-adding-exploding-model.npz: rnn: does not say which cell it is: give --cell rnn-tanh or rnn-relu, " +
            "or --recorded with the states that your program computed");
    }

    [Fact]
    public void Arrays_are_exported_and_no_other_file_is_replaced()
    {
        const string command = "diagnose gru-flip-flop-model.npz --data gru-flip-flop-io.npz --only points,gates ";
        Assert.Equal(0, _sandbox.Run($"{command} --export numbers.npz").ExitCode);
        Dictionary<string, NamedTensor> arrays = ArrayFile.ReadAll(_sandbox.Below("numbers.npz"))
            .ToDictionary(array => array.Name);
        Assert.Equal([27, 24], arrays["held_1_fixed_points"].Shape);
        Assert.Equal(1.0, arrays["held_1_fixed_point_indices"].Values.Sum());
        Assert.Equal([27, 24], arrays["held_1_eigenvalues_real"].Shape);
        Assert.Equal([128, 24], arrays["gate_update_1_first_sequence"].Shape);
        Assert.Equal(0, _sandbox.Run($"{command} --export numbers.npz").ExitCode);
        _sandbox.Run($"{command} --export gru-flip-flop-model.npz").AssertRejected(
            "gru-flip-flop-model.npz: exists and is not a diagnosis; move it or name another file");
    }

    [Fact]
    public void Starts_of_fixed_points_are_states_of_the_network()
    {
        void Write(int size) => File.WriteAllBytes(_sandbox.Below("starts.npz"), NumpyArchive.Serialize(
            [new("starts", [2, size], new double[2 * size])], ("note", "")));
        const string command = "diagnose lstm-first-bit-model.npz --starts starts.npz ";
        Write(16);
        _sandbox.Run($"{command} --only points").AssertRejected(
            "starts.npz: starts: has the shape [2, 16]: expected [starts, 48], each row the hidden values of each " +
            "layer, followed by its cell values if it has any");
        _sandbox.Run($"{command} --only gates").AssertRejected(
            "--starts: has no effect: it belongs to fixed points: ask for points or noise, too");
        Write(48);
        JsonNode points = _sandbox.Run($"{command} --only points --json").Json()["fixedPoints"]![0]!;
        Assert.Equal(1, (int)points["indexSum"]!);
    }

    [Fact]
    public void A_JSON_file_with_arrays_of_PyTorch_is_no_network_file_of_LatchLab()
    {
        File.Copy(Path.Combine(ReferenceModel.Folder("rtneural"), "gru_torch.json"), _sandbox.Below("gru.json"));
        JsonNode document = _sandbox.Run("diagnose gru.json --only gates --json").Json();
        Assert.Equal("JSON", (string?)document["model"]!["format"]);
    }

    [Fact]
    public void Nothing_is_said_about_a_network_that_does_not_reproduce_its_recording()
    {
        CommandResult result = _sandbox.Run(
            "diagnose rnn-adding-exploding-model.npz --cell rnn-relu --data rnn-adding-exploding-io.npz");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("does not reproduce what was recorded", result.Error, StringComparison.Ordinal);
        Assert.Contains("rnn-relu", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_that_do_not_fit_are_refused_with_the_reading_that_would()
    {
        _sandbox.Run("diagnose gru-flip-flop-model.npz --data lstm-first-bit-io.npz").AssertRejected(
            "lstm-first-bit-io.npz: x: has the shape [16, 60, 2], but the network has 3 inputs: the last axis must " +
            "have the length 3");
        _sandbox.Run("diagnose lstm-first-bit-model.npz --data rnn-adding-exploding-io.npz").AssertRejected(
            "rnn-adding-exploding-io.npz: hidden: has 48 values a step: expected 24, as many as the layer or its " +
            "readout has");
        _sandbox.Run("diagnose gru-flip-flop-model.npz --hold 1,2 --made-up-input").AssertRejected(
            "--hold: '1,2' is not allowed: give 0, mean, or 3 numbers separated by commas");
        _sandbox.Run("diagnose a b c --data x").AssertRejected(
            "MODEL: 3 files are given: give one, or two to compare");
    }

    [Fact]
    public void A_direction_of_a_bidirectional_layer_is_a_network_of_its_own()
    {
        File.Copy(TrainedNetworks.GetPath("formats/gru_l2_bi_bf", "npz"), _sandbox.Below("both.npz"));
        _sandbox.Run("diagnose both.npz --made-up-input").AssertRejected(
            "--direction: missing or unknown: the layer reads a sequence from both ends, and each direction is a " +
            "system of its own: give forward or reverse");
        _sandbox.Run("diagnose gru-flip-flop-model.npz --direction reverse --made-up-input").AssertRejected(
            "--direction: has no effect: the layer reads a sequence from its start");
        const string line = "diagnose both.npz --only growth --made-up-input --json --direction";
        JsonNode forward = _sandbox.Run($"{line} forward").Json(), reverse = _sandbox.Run($"{line} reverse").Json();
        Assert.Equal(5, (int)reverse["model"]!["units"]!);
        Assert.NotEqual((double)forward["lyapunov"]!["driven"]![0]!["value"]!,
            (double)reverse["lyapunov"]!["driven"]![0]!["value"]!);
    }

    [Fact]
    public void A_network_that_a_dataset_trained_reads_the_raw_file()
    {
        _sandbox.Write("data.csv", "sequence,label,x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(
            i => $"{i / 4},{(i / 4 % 2 == 0 ? "no" : "yes")},{100 + (i % 3)},{i % 5}\n")));
        _sandbox.Run("train --data data.csv --preset 1994 --trials 1 --set presentations=100 --set units=3 " +
            "--save-network n.json --json").Json();
        JsonNode document = _sandbox.Run("diagnose n.json --data data.csv --only horizon --json").Json();
        Assert.Equal((10, 4), ((int)document["data"]!["sequences"]!, (int)document["data"]!["steps"]!));
        Assert.Equal("mean-square", (string?)document["gradientByLag"]!["loss"]);
        // Raw inputs near 100 saturate every unit, and the gradient vanishes at once; normalised ones do not.
        Assert.True((double)document["gradientByLag"]!["factorPerStep"]! > 0.01);
        _sandbox.Run("diagnose n.json --data data.csv --target data.csv").AssertRejected(
            "n.json: has the columns of its data, which have the targets, and needs no check: omit --target and " +
            "--recorded");
    }

    [Fact]
    public void Two_networks_are_compared_line_by_line()
    {
        CommandResult result = _sandbox.Run(
            "diagnose lstm-first-bit-model.npz lstm-first-bit-model.npz --data lstm-first-bit-io.npz --only gates");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        string[] lines = result.Output.Split('\n');
        int forget = Array.FindIndex(lines, line => line.Contains(" forget ", StringComparison.Ordinal));
        Assert.Equal(lines[forget].Split("A  ")[1], lines[forget + 1].Split("B  ")[1]);
    }

    [Fact]
    public void The_noise_of_every_stored_state_is_proved_in_a_file_that_is_verified()
    {
        SlowTests.SkipUnlessRequested();
        const string line = "diagnose gru-flip-flop-model.npz --data gru-flip-flop-io.npz --hold 0 --only noise";
        CommandResult result = _sandbox.Run($"{line} --out page");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches("proved harmless up to 0.00021 · seen to erase at 0.0071 .constant push. · random: all runs " +
            "come back at 0.057, 5 % of the weakest state's are lost at 0.08, in 2000 steps", result.Output);
        CommandResult check = _sandbox.Run("dynamics check page/noise-certificate.json");
        Assert.Equal((0, ""), (check.ExitCode, check.Error));
        Assert.StartsWith("8 states stay distinguishable forever", check.Output, StringComparison.Ordinal);
        string certificate = File.ReadAllText(_sandbox.Below("page/noise-certificate.json"));
        _sandbox.Write(
            "more.json", certificate.Replace("\"noise\": 0.00", "\"noise\": 0.01", StringComparison.Ordinal));
        CommandResult more = _sandbox.Run("dynamics check more.json");
        Assert.Equal((2, ""), (more.ExitCode, more.Output));
        Assert.Contains("not verified: state 0: noise and remainder of value", more.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_budget_leaves_out_of_noise_is_said()
    {
        JsonNode document = _sandbox.Run(
            "diagnose gru-flip-flop-model.npz --made-up-input --only noise --budget 0.001 --json").Json();
        Assert.Contains("fixed points: left out, the budget of 0.001 s is used up",
            document["budget"]!["skipped"]!.AsArray().Select(text => (string)text!));
        Assert.Empty(document["noise"]!.AsArray());
    }

    [Fact]
    public void The_page_has_every_field_of_the_document()
    {
        SlowTests.SkipUnlessRequested();
        JsonNode document = _sandbox.Run(
            "diagnose lstm-first-bit-model.npz --data lstm-first-bit-io.npz --json").Json();
        string page = Repository.ReadPage("reference/diagnoses.md");
        Assert.All(
            document.AsObject().Select(field => field.Key),
            field => Assert.Contains($"`{field}`", page, StringComparison.Ordinal));
    }
}
