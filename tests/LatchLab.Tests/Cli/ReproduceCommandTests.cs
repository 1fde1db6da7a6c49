using System.Text.Json.Nodes;
using Xunit;

namespace LatchLab.Tests.Cli;

public sealed class ReproduceCommandTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Lane_types_and_threads_change_no_byte_of_a_report()
    {
        SlowTests.SkipUnlessRequested();
        string[] variants = ["", "--lane scalar --threads 3"];
        foreach ((int i, string options) in variants.Index())
        {
            CommandResult result = _sandbox.Run($"reproduce {Sandbox.Tiny} --noise-drawn afresh --out r{i} {options}");
            Assert.Equal(0, result.ExitCode);
        }

        var expected = _sandbox.Files("r0");
        Assert.Contains("index.html", expected.Keys);
        Assert.Equal(expected, _sandbox.Files("r1"));
        Assert.Equal(["r0", "r0-trials", "r1", "r1-trials"], _sandbox.Entries());
    }

    [Fact]
    public void Json_is_the_only_thing_on_standard_output_and_progress_is_on_standard_error()
    {
        CommandResult result = _sandbox.Run($"reproduce {Sandbox.TinyOnly("figure-2b,figure-1a")} --seed 7 --json");
        Assert.Equal(0, result.ExitCode);
        JsonObject document = result.Json();
        string[] members = ["status", "report", "facts", "claims", "figures", "settings"];
        Assert.Equal(members, document.Select(member => member.Key));
        Assert.Equal("ok", (string)document["status"]!);
        Assert.Equal("7", (string)document["facts"]!["Seed"]!);
        Assert.True(File.Exists((string)document["report"]!));
        Assert.Equal(
            ["figure-1a", "figure-2b"],
            document["figures"]!.AsArray().Select(figure => (string)figure!["id"]!));
        Assert.NotEmpty(document["claims"]!.AsArray());
        Assert.Contains(document["settings"]!.AsArray(), setting => (string)setting!["name"]! == "learning-rate");
        Assert.DoesNotContain('\e', result.Error);
        Assert.Matches(@"(?m)^100 %, [\d,]+ of [\d,]+ trials, [\d,]+ a second, after 0:00:\d\d\r?$", result.Error);
    }

    [Fact]
    public void A_run_ends_with_a_line_for_each_claim_their_counts_and_the_path_of_the_report()
    {
        CommandResult result = _sandbox.Run($"reproduce {Sandbox.TinyOnly("figure-2a,figure-2b")}");
        string[] lines = result.Output.TrimEnd().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.Matches("^ 1  [a-z ]+  Convergence becomes .* Convergence becomes ", lines[0]);
        Assert.Matches("^ 2  [a-z ]+  The frequency of convergence falls ", lines[1]);
        Assert.Matches("^(2|1) [a-z ]+(, 1 [a-z ]+)?\\.$", lines[2]);
        Assert.Equal(
            "A quick run: for looking at the figures, not for verdicts. For verdicts, run the same command with " +
            "--profile standard.", lines[3]);
        string page = Path.Combine("latchlab-report", "index.html");
        Assert.StartsWith("Report: ", lines[^1], StringComparison.Ordinal);
        Assert.EndsWith(page, lines[^1], StringComparison.Ordinal);
        Assert.True(File.Exists(_sandbox.Below(page)));
    }

    [Fact]
    public void A_page_that_cannot_be_shown_is_named_and_the_day_can_be_given()
    {
        SlowTests.SkipUnlessRequested();
        CommandResult result = _sandbox.RunAlone(
            $"reproduce {Sandbox.TinyOnly("figure-1a")} --open", ("PATH", ""), ("SOURCE_DATE_EPOCH", "86400"));
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("no browser could be started; open ", result.Error, StringComparison.Ordinal);
        string page = File.ReadAllText(_sandbox.Below(Path.Combine("latchlab-report", "index.html")));
        Assert.Contains("<dd>1970-01-02</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dd>latchlab reproduce ", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose_adds_the_evidence_of_every_statement()
    {
        SlowTests.SkipUnlessRequested();
        string run = $"reproduce {Sandbox.TinyOnly("figure-2b")}";
        string[] lines = Lines(run), verbose = Lines($"{run} --verbose");
        Assert.Equal(lines, verbose.Where(line => !line.StartsWith("    ", StringComparison.Ordinal)));
        Assert.Equal(4, verbose.Length - lines.Length); // with the weight held and trained, and where it can be learned

        string[] Lines(string command)
            => _sandbox.Run(command).Output.TrimEnd().ReplaceLineEndings("\n").Split('\n');
    }

    [Fact]
    public void Single_claims_run_only_what_they_need_into_a_report_of_their_own()
    {
        CommandResult result = _sandbox.Run(
            "reproduce --claims 9 --profile quick --compared-length 5 --compared-trials 2 --search-budget 300 --json");
        Assert.Equal(0, result.ExitCode);
        JsonObject document = result.Json();
        JsonNode claim = Assert.Single(document["claims"]!.AsArray())!;
        Assert.Equal(("9", "not tested at this size"), ((string)claim["claim"]!, (string)claim["verdict"]!));
        Assert.Contains("here 2", (string)claim["evidence"]!, StringComparison.Ordinal);
        Assert.Contains("latchlab-claims", (string)document["report"]!, StringComparison.Ordinal);

        // One algorithm on one problem, without and with noise, at one length.
        Assert.Equal("4", (string)document["facts"]!["Trials"]!);
    }

    [Fact]
    public void Several_seeds_pool_their_trials_and_show_the_verdict_with_each_and_resume()
    {
        SlowTests.SkipUnlessRequested();
        string command = $"reproduce {Sandbox.TinyOnly("figure-2b")} --seed 7 --seeds 3 --json";
        JsonObject document = _sandbox.Run(command).Json();
        Assert.Equal("7 to 9, pooled", (string)document["facts"]!["Seed"]!);
        long one = long.Parse((string)_sandbox.Run(
            $"reproduce {Sandbox.TinyOnly("figure-2b")} --seed 7 --json --out one").Json()["facts"]!["Trials"]!, null);
        Assert.Equal(3 * one, long.Parse((string)document["facts"]!["Trials"]!, null));
        Assert.All(document["claims"]!.AsArray(), claim => Assert.Equal(3, claim!["verdictsBySeed"]!.AsArray().Count));
        Assert.Contains("All trials are already recorded", _sandbox.Run(command).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--claims 99", "--claims: '99' is not known; there are 1, 2, 3")]
    [InlineData("--claims 9 --only figure-2a", "--claims: none of claims 9 is tested by figure-2a")]
    [InlineData("--seeds 0", "--seeds")]
    [InlineData("--seeds 2 --seed 18446744073709551615", "exceed the largest seed")]
    public void Claims_and_seeds_that_do_not_exist_are_rejected(string options, string expected)
    {
        CommandResult result = _sandbox.Run($"reproduce {options}");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Entries());
    }

    [Fact]
    public void An_existing_report_is_rejected_if_it_contains_a_user_file()
    {
        Assert.Equal(0, _sandbox.Run($"reproduce {Sandbox.TinyOnly("figure-1a")} --out r").ExitCode);
        _sandbox.Write("r/notes.md", "mine");
        _sandbox.Run($"reproduce {Sandbox.TinyOnly("figure-1a")} --out r").AssertRejected(
            "--out: 'r' is a LatchLab report but also contains 'notes.md', which replacing it would delete; " +
            "move that file away or name another folder");
        Assert.Equal(["r"], _sandbox.Entries());
    }

    [Fact]
    public void With_no_color_a_terminal_gets_plain_lines_and_otherwise_one_updating_line()
    {
        SlowTests.SkipUnlessRequested();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the command script, a terminal for others, differs elsewhere");
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "the command script, a terminal for others, is missing");
        string command = $"{Sandbox.Program} reproduce {Sandbox.TinyOnly("figure-1b")} --threads 1";
        CommandResult plain = _sandbox.RunInBash($"NO_COLOR=1 TERM=xterm script -qec \"{command}\" /dev/null");
        Assert.Contains("100 %, 256 of 256 trials", plain.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[2K", plain.Output, StringComparison.Ordinal);
        CommandResult coloured = _sandbox.RunInBash(
            $"unset NO_COLOR; TERM=xterm script -qec \"{command} --seed 7\" /dev/null");
        Assert.Contains("\r\e[2K", coloured.Output, StringComparison.Ordinal);
    }
}
