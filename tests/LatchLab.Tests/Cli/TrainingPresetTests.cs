using System.Text.Json.Nodes;
using LatchLab.Tests.Architecture;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary><c>train --data FILE</c>: the presets, the search, and many classes.</summary>
public sealed class TrainingPresetTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public TrainingPresetTests() => _sandbox.Write("data.csv", CreateTable(sequences: 24, classes: 2));

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void The_command_that_is_printed_repeats_the_training_without_the_search()
    {
        const string arguments = "train --data data.csv --set presentations=300 --set units=8 --trials 3 --json";
        JsonObject document = _sandbox.Run(arguments).Json();
        Assert.Equal("modern", (string?)document["preset"]);
        Assert.Equal(4, document["search"]!["candidates"]!.AsArray().Count);
        Assert.Equal(ulong.MaxValue - 1994, (ulong)document["search"]!["seed"]!);
        var command = (string)document["search"]!["command"]!;
        Assert.Matches(@"^latchlab train --data data\.csv .*--json --set learning-rate=0\.\d+$", command);
        JsonObject repeated = _sandbox.Run(command["latchlab ".Length..]).Json();
        Assert.Null(repeated["search"]);
        Assert.Equal(document["trials"]!.ToJsonString(), repeated["trials"]!.ToJsonString());
        Assert.Equal(document["settings"]!.ToJsonString(), repeated["settings"]!.ToJsonString());
    }

    [Fact]
    public void The_terminal_says_what_was_searched_and_chosen_and_what_the_preset_is()
    {
        string output = _sandbox.Run("train --data data.csv --set presentations=300 --set units=8 --trials 2").Output;
        Assert.Contains(
            "Preset: modern, validation-share=0.2 network=gru 'initialization=recurrent=orthogonal; input=glorot; " +
            "bias=0; readout=glorot; readout-bias=0' ", output, StringComparison.Ordinal);
        Assert.Contains(
            " 'optimizer=clip-norm 1; adam' rule=validation; for the settings of the paper give --preset 1994.", output,
            StringComparison.Ordinal);
        Assert.Contains("Search: learning-rate 0.001, 0.003, 0.01, 0.03; 4 with ", output, StringComparison.Ordinal);
        Assert.Contains("Result of the search: learning-rate=0.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_settings_of_the_paper_are_one_word_away()
    {
        const string others = "--set presentations=300 --trials 2 --json";
        JsonObject preset = _sandbox.Run($"train --data data.csv --preset 1994 {others}").Json(),
            task = _sandbox.Run(
                $"train --task dataset --set file=data.csv --learner back-propagation {others}").Json();
        Assert.Equal("1994", (string?)preset["preset"]);
        Assert.Null(task["preset"]);
        Assert.Equal(task["settings"]!.ToJsonString(), preset["settings"]!.ToJsonString());
        Assert.Equal(task["trials"]!.ToJsonString(), preset["trials"]!.ToJsonString());
    }

    [Fact]
    public void Options_and_settings_that_do_not_fit_a_preset_are_refused()
    {
        _sandbox.Run("train --data data.csv --learner pseudo-newton").AssertRejected(
            "--preset: pseudo-newton has no choice of update rules, which the preset modern makes: give --preset 1994");
        _sandbox.Run("train --task parity --length 5 --learner back-propagation --preset 1994").AssertRejected(
            "--preset: is only allowed with --data");
        _sandbox.Run("train --data data.csv --task parity").AssertRejected(
            "--task: is the task dataset with --data: omit one of them");
        _sandbox.Run("train --data other.csv").AssertRejected("other.csv: there is no such file");
        _sandbox.Run("train --data data.csv --set unit=relu").AssertRejected(
            "--set unit: has no effect: the functions of gru cells are fixed; elman has a choice");
        _sandbox.Run("train --data data.csv --preset modem").AssertRejected(
            "--preset: 'modem' is not known; there are modern, 1994; did you mean \"modern\"?");
    }

    [Fact]
    public void A_run_without_success_ends_with_how_to_diagnose_it()
    {
        string output = _sandbox.Run(
            "train --data data.csv --preset 1994 --set presentations=18 --trials 2 --save-network n.json").Output;
        Assert.Contains("0 of 2: 0.000", output, StringComparison.Ordinal);
        Assert.StartsWith("No trial succeeded. ", output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.Contains("run latchlab diagnose n.json --data data.csv.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_classes_are_trained_by_a_network_with_a_readout_and_their_document_has_pairs()
    {
        _sandbox.Write("many.csv", CreateTable(sequences: 280, classes: 70));
        const string train = "train --data many.csv --preset 1994 --set presentations=210 --trials 2 ";
        _sandbox.Run(train).AssertRejected(
            "--set network: the outputs of fully-connected are units, at most 64, and the task dataset has 70 " +
            "outputs: give elman, lstm, lstm-peephole, lstm-coupled, lstm-projected, gru, gru-reset-before");
        JsonNode confusion = _sandbox.Run(train + "--set network=elman --json").Json()["confusion"]!;
        Assert.Equal((70, null), (confusion["classes"]!.AsArray().Count, confusion["counts"]));
        Assert.Equal(140, confusion["pairs"]!.AsArray().Sum(pair => (int)pair![2]!));
        Assert.Matches(@"class \d+ as class \d+ \d of \d, ", _sandbox.Run(train + "--set network=elman").Output);
        _sandbox.Write("numbers.csv", CreateTable(sequences: 70, classes: 70));
        _sandbox.Run("train --data numbers.csv").AssertRejected(
            "--set label-kind: 70 sequences of numbers.csv have 70 classes in \"label\", fewer than two for each " +
            "class: give values if these are numeric targets");
    }

    [Fact]
    public void The_page_names_every_value_of_the_presets()
        => Assert.All(
            ["--data", "--preset", "1994", "modern", "gru", "clip-norm 1; adam",
                "recurrent=orthogonal; input=glorot; bias=0; readout=glorot; readout-bias=0",
                "validation-share=0.2", "0.001, 0.003, 0.01, 0.03", "8, 16, 32"],
            value => Assert.Contains(value, Repository.ReadPage("reference/training.md"), StringComparison.Ordinal));

    private static string CreateTable(int sequences, int classes)
    {
        var random = new Random(6);
        return "sequence,label,x,y\n" + string.Concat(Enumerable.Range(0, sequences).SelectMany(
            sequence => Enumerable.Range(0, 3).Select(_ => FormattableString.Invariant(
                $"{sequence},class {sequence % classes},{random.NextDouble() + (sequence % classes):0.000},") +
                FormattableString.Invariant($"{random.NextDouble():0.000}\n"))));
    }
}
