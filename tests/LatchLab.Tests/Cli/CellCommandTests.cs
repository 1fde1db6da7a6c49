using System.Text.Json.Nodes;
using LatchLab.Networks;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>Networks of cells on the command line: trained, saved, differentiated, swept, and refused.</summary>
public sealed class CellCommandTests : IDisposable
{
    private const string Train = "train --task keep --length 9 --learner back-propagation --trials 2  " +
        "--set presentations=60 --set units=2 ";

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("network=gru", "Network: gru, 2 units, linear readout, 29 parameters.")]
    [InlineData("network=lstm --set layers=2 --set readout=tanh",
        "Network: lstm, 2 layers of 2 units, tanh readout, 75 parameters.")]
    [InlineData("network=elman --set unit=relu", "Network: elman, 2 units (relu), linear readout, 11 parameters.")]
    [InlineData("network=fully-connected", "Network: fully-connected, 2 units (tanh), 4 parameters.")]
    public void The_summary_says_what_was_chosen_of_the_network(string settings, string line)
        => Assert.Contains(line, _sandbox.Run($"{Train} --set {settings}").Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("network=lstm", "--set network: pseudo-newton needs the curvature, which the network lstm does not " +
        "have: give latch, fully-connected, parity", "pseudo-newton")]
    [InlineData("network=lstm --set unit=relu", "--set unit: has no effect: the functions of lstm cells are fixed; " +
        "elman has a choice")]
    [InlineData("network=lstm --set projection=2", "--set projection: has no effect: the network lstm has no " +
        "projection; lstm-projected has one")]
    [InlineData("network=gru --set biases=yes", "--set biases: has no effect: a network of gru cells always has them")]
    [InlineData("layers=2", "--set layers: has no effect: the network fully-connected has one layer whose last " +
        "units are the outputs; elman has a choice")]
    [InlineData("network=gru", "--set network: discrete-error-propagation " +
        "propagates through threshold units, which the network gru does not support: give latch, fully-connected, " +
        "parity", "discrete-error-propagation")]
    [InlineData("network=lstn", "--set network: 'lstn' is not allowed: give latch, fully-connected, parity, elman, " +
        "lstm, lstm-peephole, lstm-coupled, lstm-projected, gru or gru-reset-before; did you mean \"lstm\"?")]
    [InlineData("network=gru --set initialization=*=0 --set initial-range=0.1", "--set initial-range: has no " +
        "effect: the rules of initialization draw every parameter otherwise")]
    [InlineData("initialization=*=1 --set prior=*=0", "--set initialization: has no effect: the rules of prior give " +
        "every initial value: omit one of them")]
    [InlineData("network=elman --set prior=bf[0]=1", "--set prior: 'bf[0]' is not a parameter of this network: give " +
        "w[0,0] to w[4,4], v[0,0] to v[4,0], b[0] to b[4], r[0,0] to r[0,4], c[0], self or *; did you mean \"b[0]\"?")]
    [InlineData("truncation=3", "--set truncation: the task flip-flop has targets at every step, " +
        "and truncation counts the steps before a single target: give 0", "back-propagation", "flip-flop")]
    public void Settings_that_a_network_does_not_have_are_refused(
        string settings, string error, string learner = "back-propagation", string task = "keep")
    {
        CommandResult result = _sandbox.Run(
            $"train --task {task} --length 9 --learner {learner} --trials 2 --set {settings}");
        Assert.Equal((2, "", error), (result.ExitCode, result.Output, result.Error.TrimEnd()));
    }

    [Fact]
    public void A_saved_network_has_gradients_without_curvature_and_dynamics_refuses_it()
    {
        Assert.Equal(0, _sandbox.Run($"{Train} --set network=gru --save-network n.json").ExitCode);
        _sandbox.Write("s.csv", "0.5\n-0.25\n");
        CommandResult text = _sandbox.Run("gradients --network n.json --sequence s.csv --target 0.8");
        Assert.Contains("Gradient", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Curvature", text.Output, StringComparison.Ordinal);
        JsonObject document = _sandbox.Run("gradients --network n.json --sequence s.csv --target 0.8 --json").Json();
        Assert.Equal("ok", (string)document["status"]!);
        Assert.Equal(29, document["gradient"]!.AsArray().Count);
        Assert.Null(document["curvature"]);
        foreach (string command in (string[])
        [
            "network n.json", "orbit --network n.json --sequence s.csv",
            "bifurcation n.json --over gain --from 0 --to 1",
        ])
        {
            CommandResult result = _sandbox.Run($"dynamics {command}");
            Assert.Equal(
                (2, "n.json: network: a network of cells is not supported: give latch, fully-connected or parity"),
                (result.ExitCode, result.Error.TrimEnd()));
        }
    }

    [Fact]
    public void A_sweep_over_networks_is_run_reported_exported_and_resumed()
    {
        SlowTests.SkipUnlessRequested();
        _sandbox.Write("cells.toml", """
            name = "cells"
            trials = 2
            [task]
            name = "keep"
            length = 6
            [network]
            units = 2
            [learner]
            name = "back-propagation"
            [rule]
            presentations = 60
            [[axes]]
            network.network = ["elman", "lstm", "gru"]
            [[axes]]
            network.layers = [1, 2]
            """);
        Assert.Equal(0, _sandbox.Run("run cells.toml ").ExitCode);
        Assert.Equal(0, _sandbox.Run("export cells-run --to trials.csv").ExitCode);
        string csv = File.ReadAllText(_sandbox.Below("trials.csv"));
        Assert.Equal(13, csv.TrimEnd().Split('\n').Length);
        Assert.Contains("network_network", csv, StringComparison.Ordinal);
        CommandResult again = _sandbox.Run("run cells.toml");
        Assert.Contains("All trials are already recorded (12)", again.Error, StringComparison.Ordinal);
        CommandResult report = _sandbox.Run("report cells-run");
        Assert.Equal(0, report.ExitCode);
        Assert.Contains("gru", report.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_has_every_network_with_the_settings_that_it_uses()
    {
        JsonArray networks = _sandbox.Run("train --list --json").Json()["networks"]!.AsArray();
        Assert.Equal(
            KnownNetworkKinds.All.Select(kind => (kind.Name, kind.Description)),
            networks.Select(network => ((string)network!["name"]!, (string)network["meaning"]!)));
        Assert.Equal(["units", "layers", "readout"], SettingsOf("gru"));
        Assert.Equal(["unit", "units", "layers", "readout"], SettingsOf("elman"));
        Assert.Equal(["units", "layers", "projection", "readout"], SettingsOf("lstm-projected"));
        Assert.Equal(["unit", "initial-output"], SettingsOf("parity"));

        IEnumerable<string> SettingsOf(string name) => networks.Single(network => (string)network!["name"]! == name)!
            ["settings"]!.AsArray().Select(setting => (string)setting!["name"]!);
    }
}
