using LatchLab.Ledger.Sqlite;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>Names of version 0.1 are read with a note, on the command line, in sweep files and in ledgers.</summary>
public sealed class FormerNameTests : IDisposable
{
    private const string Sweep =
        """
        name = "names"
        seed = 7
        trials = 2
        logged-trials = 1
        task = { name = "minimal", length = 5, sequences = 4 }
        network.weight = "WEIGHT"
        learner.name = "back-propagation"
        rule = { rule = "RULE", SHARE = 0.5, presentations = 100 }
        axes = [{ rule.COUNT = [10, 20] }]
        report.x = "rule.COUNT"
        """;

    private static readonly (string Former, string Current)[] Names =
    [
        ("WEIGHT=held", "WEIGHT=frozen"), ("RULE=fresh-sequences", "RULE=test-sequences"),
        ("SHARE=fresh-share", "SHARE=required-test-share"), ("COUNT=fresh-sequences", "COUNT=test-sequences"),
    ];

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void A_sweep_file_with_former_names_gives_the_same_trials_and_a_note_for_each()
    {
        _sandbox.Write("former.toml", Fill(Names.Select(name => name.Former)));
        _sandbox.Write("current.toml", Fill(Names.Select(name => name.Current)));
        CommandResult former = _sandbox.Run("run former.toml --out a");
        CommandResult current = _sandbox.Run("run current.toml --out b");
        Assert.Equal((0, 0), (former.ExitCode, current.ExitCode));
        Assert.Equal(
        [
            "former.toml:10: rule.fresh-sequences is now called rule.test-sequences",
            "former.toml:6: network.weight held is now called frozen",
            "former.toml:8: rule.fresh-share is now called rule.required-test-share",
            "former.toml:8: rule.rule fresh-sequences is now called test-sequences",
            "former.toml:9: rule.fresh-sequences is now called rule.test-sequences",
        ],
        Notes(former).Order());
        Assert.Empty(Notes(current));
        foreach (string table in new[] { "trials", "snapshots", "configurations" })
            Assert.Equal(Export("b", table), Export("a", table));
    }

    [Fact]
    public void A_ledger_with_former_names_resumes_and_is_reported_under_the_current_ones()
    {
        SlowTests.SkipUnlessRequested();
        _sandbox.Write("current.toml", Fill(Names.Select(name => name.Current)));
        Assert.Equal(0, _sandbox.Run("run current.toml --out a").ExitCode);
        string exported = Export("a", "configurations");
        using (var ledger = SqliteDatabase.OpenForWriting(_sandbox.Below("a/ledger.sqlite"), TimeSpan.Zero))
        {
            ledger.Execute(
                """
                UPDATE configurations SET settings = replace(
                    replace(replace(settings, 'required-test-share', 'fresh-share'),
                    'test-sequences', 'fresh-sequences'), 'weight":"frozen"', 'weight":"held"')
                WHERE settings LIKE '%frozen%test-sequences%required-test-share%';
                UPDATE run SET value = replace(value, 'test-sequences', 'fresh-sequences') WHERE key = 'layout';
                """);
        }

        Assert.Equal(exported, Export("a", "configurations"));
        CommandResult resumed = _sandbox.Run("run current.toml --out a");
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Contains("All trials are already recorded (4)", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(0, _sandbox.Run("report a --out r").ExitCode);
        Assert.StartsWith(
            "part,configuration,rule_test_sequences,",
            File.ReadAllText(_sandbox.Below(Path.Combine("r", "data", "configurations.csv"))),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "trainable-inputs = 2", "perfect-weight = 1.5, perfect-inputs = -2.5",
        "inputs = 2", "prior = \"w:=1.5; u1:=-2.5; u0:=2.5\"")]
    [InlineData(
        "class-order = \"alternating\"", "initial-inputs = 0.2, weight = \"trained\"",
        "order = \"sorted\"", "initial-range = 0.2, weight = \"trained\"")]
    public void The_former_settings_of_the_minimal_task_give_the_same_trials(
        string formerTask, string formerNetwork, string task, string network)
    {
        _sandbox.Write("former.toml", Fill(formerTask, formerNetwork));
        _sandbox.Write("current.toml", Fill(task, network));
        Assert.Equal(
            (0, 0),
            (_sandbox.Run("run former.toml --out a").ExitCode, _sandbox.Run("run current.toml --out b").ExitCode));
        foreach (string table in new[] { "trials", "configurations" })
            Assert.Equal(Export("b", table), Export("a", table));

        static string Fill(string task, string network)
            => $$"""
                seed = 7
                trials = 3
                learner.name = "back-propagation"
                rule.presentations = 40
                task = { name = "minimal", length = 6, {{task}} }
                network = { {{network}} }
                """;
    }

    [Fact]
    public void Former_options_settings_and_values_are_accepted_with_a_note()
    {
        const string train = "train --task latch --length 8 --learner pseudo-newton --trials 2 --set presentations=50 ";
        CommandResult former = _sandbox.Run(train + "--set fresh-sequences=30 --set curvature=with-bend");
        CommandResult current = _sandbox.Run(train + "--set test-sequences=30 --set curvature=full");
        Assert.Equal((0, WithoutTime(current)), (former.ExitCode, WithoutTime(former)));
        Assert.Equal(
            ["--set: fresh-sequences is now called test-sequences", "--set: curvature with-bend is now called full"],
            Notes(former));

        CommandResult twice = _sandbox.Run(train + "--set fresh-sequences=30 --set test-sequences=30");
        Assert.Equal(2, twice.ExitCode);
        Assert.Contains("--set test-sequences: is given twice; give it once", twice.Error, StringComparison.Ordinal);
        CommandResult option = _sandbox.Run("reproduce --compared-readings 0");
        Assert.Equal(2, option.ExitCode);
        Assert.Contains(
            "--interpretations: compared-readings is now called interpretations", option.Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("compared-readings", _sandbox.Run("reproduce --help").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_given_under_both_names_is_an_error()
    {
        _sandbox.Write("both.toml", Fill(Names.Select(name => name.Current))
            .Replace("presentations = 100", "fresh-share = 0.5", StringComparison.Ordinal));
        CommandResult result = _sandbox.Run("run both.toml");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(
            "rule.required-test-share: given twice, under its current and its former name", result.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_former_name_of_the_task_keep_is_accepted_everywhere()
    {
        const string train = " --length 8 --learner back-propagation --trials 2 --set presentations=60";
        CommandResult former = _sandbox.Run("train --task first-inputs" + train);
        CommandResult current = _sandbox.Run("train --task keep" + train);
        Assert.Equal((0, WithoutTime(current)), (former.ExitCode, WithoutTime(former)));
        Assert.Equal(["--task: task first-inputs is now called keep"], Notes(former));
        const string sweep = """
            trials = 2
            task = { name = "NAME", length = 5 }
            learner.name = "back-propagation"
            rule.presentations = 60
            """;
        _sandbox.Write("former.toml", sweep.Replace("NAME", "first-inputs", StringComparison.Ordinal));
        _sandbox.Write("current.toml", sweep.Replace("NAME", "keep", StringComparison.Ordinal));
        CommandResult run = _sandbox.Run("run former.toml --out k");
        Assert.Equal(["former.toml:2: task.name first-inputs is now called keep"], Notes(run));
        using (var ledger = SqliteDatabase.OpenForWriting(_sandbox.Below("k/ledger.sqlite"), TimeSpan.Zero))
            ledger.Execute("UPDATE configurations SET settings = replace(settings, '\"keep\"', '\"first-inputs\"')");
        CommandResult resumed = _sandbox.Run("run current.toml --out k");
        Assert.Contains("All trials are already recorded (2)", resumed.Error, StringComparison.Ordinal);
    }

    private static string WithoutTime(CommandResult result)
        => string.Join('\n', result.Output.Split('\n').Where(
            line => !line.Contains(" time ", StringComparison.Ordinal)));

    private static string Fill(IEnumerable<string> names)
        => names.Aggregate(Sweep, (text, name) => text.Replace(
            name.Split('=')[0], name.Split('=')[1], StringComparison.Ordinal));

    private static IEnumerable<string> Notes(CommandResult result)
        => result.Error.ReplaceLineEndings("\n").Split('\n').Where(
            line => line.Contains("is now called", StringComparison.Ordinal));

    private string Export(string ledger, string table)
    {
        CommandResult result = _sandbox.Run($"export {ledger} --table {table} --to {ledger}-{table}.csv");
        Assert.True(result.ExitCode == 0, result.Error);
        return File.ReadAllText(_sandbox.Below($"{ledger}-{table}.csv"));
    }
}
