using System.Text.RegularExpressions;
using LatchLab.Tests.Architecture;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>
/// Every command line of the documentation runs: those of a page one after the other, in a folder with the examples and
/// small files under the names that the pages use. A synopsis, with brackets, has only options that its help lists.
/// </summary>
public sealed partial class DocumentedCommandTests : IDisposable
{
    /// <summary>
    /// What runs in place of a line: the same with fewer trials or a smaller budget where it takes more than a few
    /// seconds, and with values where the line has placeholders.
    /// </summary>
    private static readonly Dictionary<string, string> Replacements = new()
    {
        ["reproduce"] = "reproduce " + Sandbox.TinyOnly("figure-2b"),
        ["reproduce --profile quick"] = "reproduce " + Sandbox.TinyOnly("figure-2b"),
        ["reproduce --only figure-4,curriculum,generality"]
            = "reproduce " + Sandbox.TinyOnly("figure-4,curriculum,generality"),
        ["reproduce --only figure-3,vanishing-gradient,weight-gradient,trade-off"]
            = "reproduce " + Sandbox.TinyOnly("figure-3,vanishing-gradient,weight-gradient,trade-off"),
        ["run examples/sweeps/own-data-length.toml"] = "run examples/sweeps/own-data-length.toml task.delay=0",
        ["run examples/sweeps/own-data-length.toml task.delay=20 rule.presentations=400000 --out longer"]
            = "run examples/sweeps/own-data-length.toml task.delay=20 rule.presentations=400 --out longer",
        ["train --task dataset --set file=adding.csv --set label-kind=values --set label-range=0,1 " +
            "--set tolerance=0.04 --set metric=root-mean-square-error --set normalisation=none " +
            "--learner back-propagation --set units=8 --set learning-rate=0.01 --set presentations=500000 --trials 16"]
            = "train --task dataset --set file=adding.csv --set label-kind=values --set label-range=0,1 " +
            "--set tolerance=0.04 --set metric=root-mean-square-error --set normalisation=none " +
            "--learner back-propagation --set units=8 --set learning-rate=0.01 --set presentations=500 --trials 2",
        ["gradients --network N.json --sequence S.csv --target D --json"]
            = "gradients --network N.json --sequence S.csv --target 0.8 --json",
        ["dynamics gradient --network N.json --sequence S.csv --target D --out DIR"]
            = "dynamics gradient --network N.json --sequence S.csv --target 0.8 --out DIR",
        ["run SWEEP.toml --out DIR --shard 3/100"] = "run SWEEP.toml --out DIR --shard 1/1",
        ["run figure-4.toml"] = "run --dry figure-4.toml",
    };

    /// <summary>
    /// Lines of which only the options are compared with the help: they need several machines, or a folder that those
    /// share.
    /// </summary>
    private static readonly string[] OnlyParsed =
    [
        "slurm SWEEP.toml --tasks 1200 --partition short --time 4:00:00 --out /shared/me/rates --submit",
        "run /shared/me/rates.toml --out /shared/me/rates --threads 1 --shard {}/100",
        "run /data/rates.toml --out /data/rates --threads 1 --shard $((JOB_COMPLETION_INDEX + 1",
        "merge /shared/me/rates /shared/me/rates",
    ];

    public static TheoryData<string> Pages { get; } = new(DocumentedCommands.Pages);

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_of_a_page_runs(string page)
    {
        WriteFiles();
        foreach (string line in DocumentedCommands.Lines(page))
        {
            if (OnlyParsed.Contains(line) || Synopsis().IsMatch(line))
                AssertHelpListsOptions(line);
            else
                Run(line);
        }
    }

    [Fact]
    public void Every_option_of_a_command_in_a_sentence_is_listed_by_its_help()
    {
        string[] lines = [.. DocumentedCommands.Pages.SelectMany(DocumentedCommands.InlineLines).Distinct()];
        Assert.NotEmpty(lines);
        Assert.All(lines, AssertHelpListsOptions);
    }

    [Fact]
    public void Every_replaced_line_is_documented()
    {
        string[] lines = [.. DocumentedCommands.Pages.SelectMany(DocumentedCommands.Lines)];
        Assert.All(Replacements.Keys.Concat(OnlyParsed), line => Assert.Contains(line, lines));
    }

    /// <summary>Runs a line, and writes its output into the file that it is redirected to.</summary>
    private void Run(string line)
    {
        string[] parts = line.Split(" > ");
        string arguments = Replacements.GetValueOrDefault(parts[0], parts[0]).Replace(" --open", "");
        CommandResult result = _sandbox.Run(arguments);
        Assert.True(result.ExitCode == 0, $"latchlab {arguments}\n{result.Error}");
        if (parts.Length == 2)
            _sandbox.Write(parts[1], result.Output);
    }

    private void AssertHelpListsOptions(string line)
    {
        string command = CommandName().Match(line).Value;
        CommandResult help = _sandbox.Run($"{command} --help");
        Assert.True(help.ExitCode == 0, $"latchlab {line}: {help.Error}");
        Assert.All(
            Option().Matches(line).Select(match => match.Value),
            option => Assert.True(
                Regex.IsMatch(help.Output, $@"(?<![\w-]){option}(?![\w-])"), $"latchlab {line}: {option}"));
    }

    private void WriteFiles()
    {
        string examples = Path.Combine(Repository.Root, "examples");
        foreach (string folder in new[] { "data", "networks", "sweeps" })
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(examples, folder)))
                _sandbox.Write($"examples/{folder}/{Path.GetFileName(file)}", File.ReadAllText(file));
        }
        string network = File.ReadAllText(Path.Combine(examples, "networks", "two-latches.json"));
        _sandbox.Write("NET.json", network);
        _sandbox.Write("N.json", File.ReadAllText(Path.Combine(examples, "networks", "latch.json")));
        _sandbox.Write("S.csv", "1\n0\n0\n");
        _sandbox.Write("adding.csv", "sequence,label,x,marker\n1,0.5,1,1\n1,,-1,1\n2,0.7,0.4,1\n2,,0.4,1\n");
        const string sweep = """
            trials = 2
            task.name = "latch"
            task.length = 5
            learner.name = "back-propagation"
            rule.presentations = 100
            """;
        _sandbox.Write("SWEEP.toml", sweep);
        _sandbox.Write("sweep.toml", sweep);
    }

    [GeneratedRegex(@"\[|…")]
    private static partial Regex Synopsis();

    [GeneratedRegex("^(?:dynamics )?[a-z]+")]
    private static partial Regex CommandName();

    [GeneratedRegex("(?<![a-z-])--[a-z][a-z-]*")]
    private static partial Regex Option();
}
