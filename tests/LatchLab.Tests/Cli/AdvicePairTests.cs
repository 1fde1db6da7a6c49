using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LatchLab.Tests.Diagnosis;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>Advice helps: what it says is done, everything else equal, and what was wrong is gone.</summary>
public sealed partial class AdvicePairTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    /// <summary>
    /// All else is equal. If the biases changed nothing, that all eight trials of one side succeed and none of the
    /// other would have the probability 2/C(16, 8) = 0.0002 (exact test of Fisher).
    /// </summary>
    [Fact]
    public void Biases_of_the_holding_gates_let_an_LSTM_keep_a_bit_for_60_steps()
    {
        SlowTests.SkipUnlessRequested();
        const string train = "train --task keep --length 60 --learner back-propagation --set network=lstm " +
            "--set units=8 --set optimizer=adam --set learning-rate=0.003 --set presentations=300 --trials 8 --json ";
        JsonNode before = _sandbox.Run($"{train} --save-network before.json").Json();
        Assert.Equal(0, (int)before["success"]!["successes"]!);
        string setting = FindSetting("before.json --made-up-input --task-length 60", "open-holding-gates");
        Assert.Equal("network.initialization=chrono=60", setting);
        JsonNode after = _sandbox.Run($"{train} --set {setting}").Json();
        Assert.Equal(8, (int)after["success"]!["successes"]!);
    }

    /// <summary>
    /// Weights uniform in ±0.5 give 48 units a gain of 0.5·√(48/3) = 2, and the gradient grows from the last step back.
    /// Where the weights are orthogonal it never does: the slope of tanh is at most 1.
    /// </summary>
    [Fact]
    public void Orthogonal_recurrent_weights_end_the_growth_of_a_gradient()
    {
        SlowTests.SkipUnlessRequested();
        foreach (string file in new[] { "model.npz", "io.npz" })
            File.Copy(Path.Combine(ReferenceModel.Folder("rnn-adding-exploding"), file), _sandbox.Below(file));
        string setting = FindSetting("model.npz --data io.npz --only horizon,growth", "orthogonal-start");
        double[] before = FollowGradient(""), after = FollowGradient($"--set {setting}");
        Assert.InRange(before[^1] - before[0], Math.Log(100), double.PositiveInfinity);
        Assert.All(after.Zip(after.Skip(1)), pair => Assert.InRange(pair.Second, double.NegativeInfinity, pair.First));
    }

    /// <summary>
    /// The mean logarithms of the norms of the gradient by lag of a network that has hardly learned.
    /// </summary>
    private double[] FollowGradient(string settings)
    {
        _sandbox.Run("train --task adding --length 60 --learner back-propagation --set network=elman --set units=48 " +
            "--set initial-range=0.5 --set learning-rate=1e-9 --set presentations=100 --trials 1 --save-network " +
            $"network.json {settings} --json").Json();
        return [.. _sandbox.Run("diagnose network.json --data io.npz --only horizon --json").Json()
            ["gradientByLag"]!["meanLogNorms"]!.AsArray().Select(norm => (double)norm!)];
    }

    /// <summary>The setting that an advice names.</summary>
    private string FindSetting(string arguments, string code)
    {
        JsonNode document = _sandbox.Run($"diagnose {arguments} --json").Json();
        JsonNode advice = Assert.Single(document["advice"]!.AsArray(), entry => (string?)entry!["code"] == code)!;
        return SettingPattern().Match((string)advice["words"]!).Groups[1].Value;
    }

    [GeneratedRegex(@"--set (\S+)\.$")]
    private static partial Regex SettingPattern();
}
