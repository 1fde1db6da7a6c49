using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using LatchLab.Diagnosis;
using LatchLab.Foundation;
using LatchLab.Models.Interchange;
using LatchLab.Paper.Experiments;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>
/// No option of any command is ignored. The options that are settings of the schema are probed with it; all others have
/// a probe in <see cref="OptionProbes"/>.
/// </summary>
public sealed partial class OptionEffectTests
{
    private const string Sweep = """
        trials = 2
        [task]
        name = "latch"
        length = 6
        [learner]
        name = "back-propagation"
        [rule]
        presentations = 60
        [[axes]]
        task.noise = [0, 0.2]
        """;

    /// <summary>Three units with two attractors or more, whose basins are estimated from samples.</summary>
    private const string ThreeUnits = """
        {"network": "fully-connected", "unit": "tanh", "units": 3, "input": 0, "output": 2,
        "weights": [[2, 0.1, 0], [0.2, 1.8, 0.1], [0, 0.3, 1.7]]}
        """;

    /// <summary>
    /// Eight latches: more attractors than the search has orbits, so that the seed decides which are found.
    /// </summary>
    private static readonly string EightUnits =
        """{"network": "fully-connected", "unit": "tanh", "units": 8, "input": 0, "output": 0, "weights": [""" +
        string.Join(',', Enumerable.Range(0, 8).Select(
            i => $"[{string.Join(',', Enumerable.Range(0, 8).Select(j => i == j ? 2 : 0))}]")) + "]}";

    /// <summary>Two units with fixed points, periodic orbits and chaos over the gain.</summary>
    private const string PeriodDoubling = """
        {"network": "fully-connected", "unit": "logistic", "units": 2, "input": 0, "output": 0,
        "weights": [[-5, 5], [-25, 25]]}
        """;

    private static readonly ConcurrentDictionary<string, string> PlainResults = [];

    public static TheoryData<string, string> Probes
        => [.. OptionProbes.Values.Keys.Select(key => (key.Command, key.Option))];

    public static TheoryData<string, string> TimeOnlyProbes
        => [.. OptionProbes.TimeOnly.Keys.Select(key => (key.Command, key.Option))];

    [Fact]
    public void Every_option_of_every_command_has_a_probe()
    {
        Dictionary<string, HashSet<string>> settings = new()
        {
            ["reproduce"] = [.. Settings.GetAll(new ReproductionSettings()).Select(setting => $"--{setting.Name}")],
            ["dynamics network"] = [
                .. Settings.GetAll(new NetworkDiagnosisOptions()).Select(setting => $"--{setting.Name}")],
        };
        using var sandbox = new Sandbox();
        HashSet<(string Command, string Option)> found =
        [
            .. FindOptions(sandbox, "").Where(found => !OptionProbes.Common.Contains(found.Option)
                && found.Option != "--json"
                && !(settings.TryGetValue(found.Command, out HashSet<string>? known) && known.Contains(found.Option))),
        ];
        (string, string)[] probed = [
            .. OptionProbes.Values.Keys, .. OptionProbes.TimeOnly.Keys, .. OptionProbes.OutputOnly];
        Assert.Equal(found.Order(), probed.Order());
    }

    [Theory]
    [MemberData(nameof(Probes))]
    public void Another_value_changes_the_results(string command, string option)
    {
        SlowTests.SkipUnlessRequested();
        Assert.NotEqual(
            PlainResults.GetOrAdd(command, static command => GetResults(OptionProbes.Lines[command])),
            GetResults(Change(command, option, OptionProbes.Values[(command, option)])));
    }

    [Theory]
    [MemberData(nameof(TimeOnlyProbes))]
    public void Another_value_changes_only_the_time(string command, string option)
    {
        SlowTests.SkipUnlessRequested();
        Assert.Equal(
            PlainResults.GetOrAdd(command, static command => GetResults(OptionProbes.Lines[command])),
            GetResults(Change(command, option, OptionProbes.TimeOnly[(command, option)])));
    }

    [Fact]
    public void An_option_without_effect_beside_another_is_refused()
    {
        using var sandbox = new Sandbox();
        sandbox.Run("train --list --trials 3 --set length=5 --lane scalar").AssertRejected(
            "--trials: has no effect: --list trains nothing",
            "--set: has no effect: --list trains nothing",
            "--lane: has no effect: --list trains nothing");
        sandbox.Run("run --print figure-4 --out x --trials 3 --dry --threads 2").AssertRejected(
            "--out: has no effect: --print prints a file and runs nothing",
            "--trials: has no effect: --print prints a file and runs nothing",
            "--dry: has no effect: --print prints a file and runs nothing",
            "--threads: has no effect: --print prints a file and runs nothing");
    }

    /// <summary>The options of a command and of those below it, as the shells complete them.</summary>
    private static IEnumerable<(string Command, string Option)> FindOptions(Sandbox sandbox, string command)
    {
        CommandResult result = sandbox.Run(["complete", $"latchlab {(command.Length > 0 ? $"{command} " : "")}"]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        foreach (string word in result.Output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                yield return (command, word);
                continue;
            }

            foreach ((string, string) below in FindOptions(sandbox, $"{command} {word}".Trim()))
                yield return below;
        }
    }

    /// <summary>The lines of a command with another value of an option.</summary>
    private static string[] Change(string command, string option, string value)
        => [.. OptionProbes.Lines[command].Select(line => line.StartsWith($"{command} ", StringComparison.Ordinal)
            ? Regex.Replace(line, $@" {option} (?!--)\S+", "") + $" {option} {value}".TrimEnd()
            : line)];

    /// <summary>The output of the lines and the texts that they write, without what depends on the time.</summary>
    private static string GetResults(string[] lines)
    {
        using var sandbox = new Sandbox();
        sandbox.Write("sweep.toml", Sweep);
        sandbox.Write("three.json", ThreeUnits);
        sandbox.Write("eight.json", EightUnits);
        sandbox.Write("doubling.json", PeriodDoubling);
        sandbox.Write("inputs.csv", "1\n-0.5\n0.25\n0\n");
        foreach ((string name, string other) in new[] { ("data.csv", "0.5"), ("other.csv", "-0.5") })
        {
            sandbox.Write(name, "sequence,label,x\n" + string.Concat(Enumerable.Range(0, 16).Select(
                i => $"{i},{(i % 2 == 0 ? "no" : "yes")},{i % 2}\n{i},,{(i % 3 == 0 ? "1" : other)}\n")));
        }

        sandbox.Write("others.csv", "-1\n0.5\n0.25\n0\n");
        WriteArrays(sandbox, "io.npz", 1.0);
        WriteArrays(sandbox, "others.npz", 0.5);
        WriteArrays(sandbox, "recorded.npz", 0.0, "output");
        File.WriteAllBytes(sandbox.Below("starts.npz"), NumpyArchive.Serialize(
            [new("starts", [2, 3], [0.5, 0.25, 0.0, -0.5, 0.25, 1.0])], ("note", "")));
        var results = new List<string>();
        foreach ((int index, string line) in lines.Index())
        {
            CommandResult result = sandbox.Run(line);
            if (index == 0)
                Assert.True(result.ExitCode == 0, $"{line}: {result.Error}");
            results.Add(Varying().Replace(result.Output, ""));
        }

        results.AddRange(Directory.EnumerateFiles(sandbox.Folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".sh" or ".sbatch" or ".csv")
            .Order(StringComparer.Ordinal).Select(File.ReadAllText));
        return string.Join('\n', results).Replace(sandbox.Folder, "", StringComparison.Ordinal);
    }

    /// <summary>Three sequences of eight steps of an input, with targets, or with what was recorded.</summary>
    private static void WriteArrays(Sandbox sandbox, string name, double size, string values = "target")
        => File.WriteAllBytes(sandbox.Below(name), NumpyArchive.Serialize(
            [
                new("x", [3, 8, 1], [.. Enumerable.Range(0, 24).Select(i => size * ((i % 5) - 2))]),
                new(values, [3, 1], [size, 0.0, -size]),
            ],
            ("note", "")));

    [GeneratedRegex("(?<=\"(seconds|nanosecondsPerUnitStep|minimum|lowerQuartile|upperQuartile)\": ?)[0-9.e+-]+"
        + "|in [0-9.,]+ (milli)?seconds?")]
    private static partial Regex Varying();
}
