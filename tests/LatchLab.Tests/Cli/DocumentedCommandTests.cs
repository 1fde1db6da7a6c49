using System.Text.RegularExpressions;
using LatchLab.Models.Interchange;
using LatchLab.Tests.Architecture;
using LatchLab.Tests.Diagnosis;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>
/// Every command line of the documentation runs: those of a page one after the other, in a folder with the examples and
/// small files under the names that the pages use. A sweep runs with one trial per configuration. Commands that take
/// longer are checked completely but not run, and a synopsis, with brackets, has only options that its help lists.
/// </summary>
public sealed partial class DocumentedCommandTests : IDisposable
{
    /// <summary>What runs in place of a line; line breaks separate several commands.</summary>
    private static readonly Dictionary<string, string> Replacements = new()
    {
        ["run SWEEP.toml --out DIR --shard 3/100"]
            = "run SWEEP.toml --out DIR --shard 1/2\nrun SWEEP.toml --out DIR --shard 2/2",
        ["run figure-4.toml"] = "run SWEEP.toml --out figure-4-run", // a figure has too many configurations
        ["run examples/sweeps/own-data-length.toml task.delay=20 rule.presentations=400000 --out longer-run"]
            = "run examples/sweeps/own-data-length.toml task.delay=20 rule.presentations=400 --out longer-run",
        ["run prep/search-1.toml --out prep/search-1"]
            = "tune --data examples/data/sonar.csv --set learning-rate=0.001..0.1:log --set presentations=200 " +
                "--configurations 2 --trials 1 --out prep --prepare\nrun prep/search-1.toml --out prep/search-1",
        ["train --data examples/data/sonar.csv"]
            = "train --data examples/data/sonar.csv --trials 2 --set presentations=1000 --set units=8",
        ["gradients --network N.json --sequence S.csv --target D --json"]
            = "gradients --network N.json --sequence S.csv --target 0.8 --json",
        ["dynamics gradient --network N.json --sequence S.csv --target D --out DIR"]
            = "dynamics gradient --network N.json --sequence S.csv --target 0.8 --out DIR",
    };

    /// <summary>
    /// Commands that take long, with an option that has an invalid value. All errors of a command line are reported
    /// together, before anything runs, so that this one shows that there is no other.
    /// </summary>
    private static readonly Dictionary<string, string> LongCommands = new()
    {
        ["reproduce"] = "--threads 0",
        ["tune"] = "--threads 0",
        ["memory"] = "--threads 0",
        ["power"] = "--threads 0",
        ["bench"] = "--threads 0",
        ["slurm"] = "--array-limit 0",
    };

    /// <summary>Lines on a folder that several machines share: only their options are compared with the help.</summary>
    private static readonly string[] OnSeveralMachines =
    [
        "run /shared/me/rates.toml --out /shared/me/rates --threads 1 --shard {}/100",
        "merge /shared/me/rates /shared/me/rates",
        "run /data/rates.toml --out /data/rates --threads 1 --shard $((JOB_COMPLETION_INDEX + 1",
    ];

    private static readonly string[] InputFiles = ["*.csv", "*.json", "*.toml"];

    public static TheoryData<string> Pages { get; } = new(DocumentedCommands.Pages);

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_of_a_page_runs(string page)
    {
        if (page != "README.md")
            SlowTests.SkipUnlessRequested();
        WriteFiles();
        foreach (string line in DocumentedCommands.Lines(page))
        {
            if (OnSeveralMachines.Contains(line) || Synopsis().IsMatch(line))
                AssertHelpListsOptions(line);
            else if (LongCommands.TryGetValue(line.Split(' ')[0], out string? invalidOption))
                AssertOnlyErrorIs(invalidOption, line);
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
        Assert.All(Replacements.Keys.Concat(OnSeveralMachines), line => Assert.Contains(line, lines));
    }

    /// <summary>Runs a line, and writes its output into the file that it is redirected to.</summary>
    private void Run(string line)
    {
        string[] parts = line.Split(" > ");
        foreach (string arguments in Replacements.GetValueOrDefault(parts[0], parts[0]).Split('\n'))
        {
            CommandResult result = _sandbox.Run(
                SplitAsShell(arguments.Replace(" --open", "") + FewerTrials(arguments)));
            Assert.True(result.ExitCode == 0, $"latchlab {arguments}\n{result.Error}");
            if (parts.Length == 2)
                _sandbox.Write(parts[1], result.Output);
        }
    }

    /// <summary>The words of a line: spaces within double quotes do not separate.</summary>
    private static string[] SplitAsShell(string line)
        => [.. QuotedWord().Matches(line).Select(word => word.Value.Replace("\"", ""))];

    [GeneratedRegex("(?:[^ \"]|\"[^\"]*\")+")]
    private static partial Regex QuotedWord();

    private static string FewerTrials(string arguments)
        => arguments.StartsWith("run ") && !arguments.Contains(" --print ") ? " --trials 1" : "";

    private void AssertOnlyErrorIs(string invalidOption, string line)
    {
        CommandResult result = _sandbox.Run(SplitAsShell($"{line} {invalidOption}".Replace(" --open", "")));
        string[] errors = [.. result.Error.TrimEnd().Split('\n').Where(error => !error.StartsWith("Reading "))];
        Assert.True(
            result.ExitCode == 2 && errors.Length == 1 && errors[0].StartsWith(invalidOption.Split(' ')[0] + ": "),
            $"latchlab {line}\n{result.Error}");
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
        foreach (string file in InputFiles.SelectMany(
            pattern => Directory.EnumerateFiles(examples, pattern, SearchOption.AllDirectories)))
        {
            _sandbox.Write(
                Path.Combine("examples", Path.GetRelativePath(examples, file)), File.ReadAllText(file));
        }
        string network = File.ReadAllText(Path.Combine(examples, "networks", "two-latches.json"));
        _sandbox.Write("NET.json", network);
        _sandbox.Write("N.json", File.ReadAllText(Path.Combine(examples, "networks", "latch.json")));
        _sandbox.Write("S.csv", "1\n0\n0\n");
        _sandbox.Write("third.csv", "sequence,label,x\n" + string.Concat(Enumerable.Range(0, 64).Select(
            i => $"{i / 4},{(i / 4 % 2 == 0 ? "no" : "yes")},{i % 2}\n")));
        string trained = ReferenceModel.Folder("gru-flip-flop");
        File.Copy(Path.Combine(trained, "model.state_dict.pt"), _sandbox.Below("model.pt"));
        File.Copy(Path.Combine(trained, "io.npz"), _sandbox.Below("recorded.npz"));
        File.WriteAllBytes(_sandbox.Below("starts.npz"), NumpyArchive.Serialize(
            [new("starts", [1, 24], new double[24])], ("note", "")));
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
