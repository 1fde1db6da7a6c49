using System.Diagnostics;
using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Ledger.Reading;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary><c>reproduce</c> resumes from its ledgers, and <c>--only</c> keeps the rest of a report.</summary>
public sealed class ReproduceLedgerTests : IDisposable
{
    private const string Resumable =
        "reproduce --only figure-2b --profile quick --lengths 4 --longest-length 40 --presentations 4000";

    private static readonly string Some = Sandbox.TinyOnly("figure-1b,figure-2b");

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void A_killed_run_is_resumed_and_gives_the_same_report()
    {
        SlowTests.SkipUnlessRequested();
        using (Process process = _sandbox.Start($"{Resumable} --threads 1 --out r"))
        {
            try
            {
                while (CountTrials("r-trials") == 0)
                {
                    Assert.False(process.HasExited, "the run ended before it was killed: this tests nothing");
                    Thread.Sleep(20);
                }
            }
            finally
            {
                process.Kill();
            }

            Sandbox.End(process);
        }

        Assert.Equal(["r-trials"], _sandbox.Entries());
        Assert.Contains(
            " trials are already recorded; resuming", Run($"{Resumable} --threads 2 --out r"),
            StringComparison.Ordinal);
        Assert.Matches(@"^All trials are already recorded \([\d,]+\)\r?\n$", Run($"{Resumable} --out r"));
        Run($"{Resumable} --out other");
        Assert.Equal(_sandbox.Files("other"), _sandbox.Files("r"));
    }

    [Fact]
    public void Several_seeds_have_the_trials_that_each_has_alone()
    {
        SlowTests.SkipUnlessRequested();
        string command = $"reproduce {Some}";
        Run($"{command} --seed 7 --seeds 2 --out both");
        Run($"{command} --seed 7 --out single");
        Run($"{command} --seed 8 --out single");
        string[] ledgers = [.. Ledgers("both")];
        Assert.Equal(4, ledgers.Length);
        Assert.Equal(ledgers, Ledgers("single"));
        string[] trials = [.. ledgers.Select(ledger => Export($"both-trials/{ledger}"))];
        Assert.Equal(trials, ledgers.Select(ledger => Export($"single-trials/{ledger}")));
        Assert.Equal(4, trials.Distinct().Count());

        IEnumerable<string> Ledgers(string report)
            => Directory.GetDirectories(_sandbox.Below($"{report}-trials")).Select(path => Path.GetFileName(path)!)
                .Order(StringComparer.Ordinal);
        string Export(string ledger)
        {
            Run($"export {ledger} --to table.csv");
            return File.ReadAllText(_sandbox.Below("table.csv"));
        }
    }

    [Fact]
    public void Other_settings_have_ledgers_of_their_own()
    {
        SlowTests.SkipUnlessRequested();
        string command = $"reproduce {Sandbox.TinyOnly("figure-1b")}";
        Assert.DoesNotContain("recorded", Run($"{command} --out r"), StringComparison.Ordinal);
        Assert.DoesNotContain("recorded", Run($"{command} --out r --seed 7"), StringComparison.Ordinal);
        Assert.StartsWith(
            "All trials are already recorded (256)", Run($"{command} --out r/"), StringComparison.Ordinal);
        Assert.StartsWith(
            "All trials are already recorded (256)", Run($"{command} --out r//"), StringComparison.Ordinal);
        Assert.StartsWith(
            "All trials are already recorded (256)", Run($"{command} --out r/."), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetDirectories(_sandbox.Below("r-trials"), "figure-1b-*").Length);
    }

    [Fact]
    public void Only_updates_one_experiment_and_keeps_the_others()
    {
        SlowTests.SkipUnlessRequested();
        Run($"reproduce {Some} --out whole");
        Run($"reproduce {Sandbox.TinyOnly("figure-2b")} --out r");
        Run($"reproduce {Sandbox.TinyOnly("figure-1b")} --out r");
        Assert.Equal(_sandbox.Files("whole"), _sandbox.Files("r"));
        Run($"reproduce {Sandbox.TinyOnly("figure-2b")} --noise 0.3 --seed 7 --out r");
        Assert.NotEqual(_sandbox.Files("whole"), _sandbox.Files("r"));
        Run($"reproduce {Sandbox.TinyOnly("figure-2b")} --out r");
        Assert.Equal(_sandbox.Files("whole"), _sandbox.Files("r"));
    }

    [Fact]
    public void What_differs_between_experiments_is_listed_with_the_experiments()
    {
        SlowTests.SkipUnlessRequested();
        Run($"reproduce {Some} --out r");
        JsonObject report = _sandbox.Run(
            $"reproduce {Sandbox.TinyOnly("figure-2b")} --noise 0.3 --seed 7 --out r --json").Json();
        Assert.Equal("1994 (figure-1b); 7 (figure-2b)", (string)report["facts"]!["Seed"]!);
        Assert.Equal("quick", (string)report["facts"]!["Profile"]!);
        Assert.Equal("0.2 (figure-1b); 0.3 (figure-2b)", GetSetting("noise"));
        Assert.Equal("0.03", GetSetting("learning-rate"));
        Assert.Equal(
            ["figure-1b", "figure-2b"],
            report["figures"]!.AsArray().Select(figure => (string)figure!["id"]!));
        string page = File.ReadAllText(_sandbox.Below("r/index.html"));
        Assert.Contains("<dd>1994 (figure-1b); 7 (figure-2b)</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>From an earlier report</dt><dd>figure-1b</dd>", page, StringComparison.Ordinal);
        Assert.Contains("0.2 (figure-1b); 0.3 (figure-2b)", File.ReadAllText(_sandbox.Below("r/settings.csv")),
            StringComparison.Ordinal);

        string GetSetting(string name) => (string)report["settings"]!.AsArray()
            .Single(setting => (string)setting!["name"]! == name)!["value"]!;
    }

    [Fact]
    public void A_report_whose_results_cannot_be_kept_is_rejected_and_unchanged()
    {
        Run("reproduce --only figure-1a --out r");
        string marker = _sandbox.Below("r/latchlab-report.json");
        JsonNode former = JsonNode.Parse(File.ReadAllText(marker))!;
        former["version"] = 1;
        former["files"]!.AsArray().RemoveAll(file => ((string)file!).StartsWith("results/", StringComparison.Ordinal));
        File.WriteAllText(marker, former.ToJsonString());
        Directory.Delete(_sandbox.Below("r/results"), recursive: true);
        SortedDictionary<string, string> before = _sandbox.Files("r");
        _sandbox.Run($"reproduce {Sandbox.TinyOnly("figure-1b")} --out r --seed x").AssertRejected(
            "--seed: 'x' is not allowed: give a whole number from 0 to 18446744073709551615",
            "--out: 'r' is a LatchLab report without results that can be kept (of an earlier version, or of another " +
            "command); name another folder, or replace the whole report");
        Assert.Equal(before, _sandbox.Files("r"));
        Assert.Equal(["r"], _sandbox.Entries());
    }

    [Fact]
    public void A_file_or_folder_of_the_user_in_place_of_the_trials_is_rejected_and_kept()
    {
        _sandbox.Write("r-trials", "mine");
        _sandbox.Run("reproduce --only figure-1b --out r").AssertRejected(
            "--out: the trials need the folder 'r-trials', which is a file; name another folder");
        Run($"reproduce {Sandbox.TinyOnly("figure-1b")} --out a");
        string ledger = Assert.Single(Directory.GetDirectories(_sandbox.Below("a-trials")));
        Directory.Delete(ledger, recursive: true);
        _sandbox.Write(Path.Combine(ledger, "thesis.tex"), "mine");
        CommandResult result = _sandbox.Run($"reproduce {Sandbox.TinyOnly("figure-1b")} --out a");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("holds no LatchLab ledger, but 'thesis.tex'", result.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(ledger, "thesis.tex")));
    }

    /// <summary>Runs a command that succeeds, and returns its messages.</summary>
    private string Run(string command)
    {
        CommandResult result = _sandbox.Run(command);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Error;
    }

    private long CountTrials(string folder)
    {
        try
        {
            return Directory.GetDirectories(_sandbox.Below(folder)).Sum(ledger =>
            {
                using LedgerReader reader = LedgerReader.Open(ledger);
                return reader.TrialCount;
            });
        }
        catch (Exception exception) when (exception is IOException or ValidationException)
        {
            return 0; // it is being created
        }
    }
}
