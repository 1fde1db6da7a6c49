using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Sqlite;
using LatchLab.Ledger.Writing;
using LatchLab.LedgerWriter;
using Xunit;

namespace LatchLab.Tests.Ledger;

/// <summary>What a ledger is not opened for, and what is said of it.</summary>
public sealed class RefusalTests : IDisposable
{
    private static readonly LedgerIdentity Known =
        new SampleSweep(configurationCount: 3, trialsPerConfiguration: 4).Identity;

    private readonly LedgerSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Another_sweep_is_refused_with_what_differs()
    {
        LedgerIdentity other = Known with
        {
            Program = "9.9.9",
            Seed = 8,
            DataFiles = [("data.csv", "cd34")],
            Configurations = [Known.Configurations[0], Changed(Known.Configurations[1], "task.length", "11"),
                Known.Configurations[2]],
        };
        Refused(
            other,
            $"program: is {ProgramVersion.Text} in the ledger and 9.9.9 now",
            "seed: is 7 in the ledger and 8 now",
            "data file data.csv: is ab12 in the ledger and cd34 now",
            "cell 1: task.length: is 10 in the ledger and 11 now",
            "holds another sweep; name another folder, or give the same sweep");
    }

    [Fact]
    public void Of_many_differences_the_first_few_are_told()
        => Refused(
            Known with
            {
                RandomStreams = "0",
                LoggedTrials = 1,
                Configurations = [.. Known.Configurations.Select(Other)]
            },
            "random streams: is 1 in the ledger and 0 now",
            "logged trials: is 3 in the ledger and 1 now",
            "cell 0: part: is 'even' in the ledger and 'x' now",
            "cell 0: training sequences: is 20 in the ledger and 19 now",
            "cell 0: task.name: is latch in the ledger and not set now",
            "and 16 more differences",
            "holds another sweep; name another folder, or give the same sweep");

    [Fact]
    public void Cells_that_are_too_few_are_told()
        => Refused(
            Known with { Configurations = [.. Known.Configurations.Take(2)] },
            "cells: is 3 in the ledger and 2 now",
            "holds another sweep; name another folder, or give the same sweep");

    [Fact]
    public void Fewer_trials_are_refused()
        => Refused(
            new SampleSweep(configurationCount: 3, trialsPerConfiguration: 3).Identity,
            "cell 0: trials: is 4 in the ledger and 3 now; there can be more trials, but not fewer");

    [Fact]
    public void Another_order_of_settings_is_the_same_sweep()
    {
        TrialLedger.Open(_sandbox.Below("a"), Known).Dispose();
        LedgerConfiguration[] cells = [
            .. Known.Configurations.Select(cell => cell with { Settings = [.. cell.Settings.Reverse()] })];
        TrialLedger.Open(_sandbox.Below("a"), Known with { Configurations = cells, Name = "other" }).Dispose();
    }

    [Fact]
    public void A_folder_with_something_else_is_refused_and_untouched()
    {
        Directory.CreateDirectory(_sandbox.Below("thesis"));
        File.WriteAllText(_sandbox.Below("thesis/chapter.tex"), "years of work");
        AssertRefused(
            "thesis",
            Known,
            "is not empty and holds no ledger of ours, but 'chapter.tex'; name a new or an empty folder");
        Assert.Single(Directory.GetFileSystemEntries(_sandbox.Below("thesis")));
    }

    [Fact]
    public void A_file_is_no_folder()
    {
        File.WriteAllText(_sandbox.Below("file"), "");
        AssertRefused("file", Known, "is a file; name a folder");
    }

    [Theory]
    [InlineData(
        "long enough to look at: more than a hundred bytes are, where SQLite begins to read a file that is none")]
    [InlineData("short")]
    public void A_file_that_is_no_database_is_refused(string text)
    {
        Directory.CreateDirectory(_sandbox.Below("a"));
        File.WriteAllText(_sandbox.Below("a/ledger.sqlite"), text);
        ValidationException refused = Assert.Throws<ValidationException>(
            () => TrialLedger.Open(_sandbox.Below("a"), Known));
        Assert.Equal("is no ledger: it is not an SQLite file", Assert.Single(refused.Errors).Message);
        Assert.Equal(text, File.ReadAllText(_sandbox.Below("a/ledger.sqlite")));
        Assert.Throws<ValidationException>(() => LedgerReader.Open(_sandbox.Below("a")));
    }

    [Fact]
    public void Another_program_s_database_is_refused_and_untouched()
    {
        Directory.CreateDirectory(_sandbox.Below("a"));
        using (SqliteDatabase other = SqliteDatabase.OpenForWriting(_sandbox.Below("a/ledger.sqlite"), default))
            other.Execute("CREATE TABLE money (amount REAL)");
        byte[] before = File.ReadAllBytes(_sandbox.Below("a/ledger.sqlite"));
        ValidationException refused = Assert.Throws<ValidationException>(
            () => TrialLedger.Open(_sandbox.Below("a"), Known));
        Assert.Equal("is no ledger of LatchLab, but another SQLite file", Assert.Single(refused.Errors).Message);
        Assert.Equal(before, File.ReadAllBytes(_sandbox.Below("a/ledger.sqlite")));
    }

    [Fact]
    public void A_format_of_the_future_is_refused()
    {
        string folder = _sandbox.Fill("a", new SampleSweep(configurationCount: 1, trialsPerConfiguration: 1));
        using (SqliteDatabase later = SqliteDatabase.OpenForWriting(Path.Combine(folder, LedgerFolder.LedgerFileName),
            default))
            later.Execute("PRAGMA user_version = 2");
        ValidationException refused = Assert.Throws<ValidationException>(() => LedgerReader.Open(folder));
        Assert.Equal(
            $"is 2, and LatchLab {ProgramVersion.Text} knows format 1 only", Assert.Single(refused.Errors).Message);
    }

    [Fact]
    public void A_sweep_text_that_somebody_else_put_there_is_not_replaced()
    {
        _sandbox.Fill("a", new SampleSweep(configurationCount: 1, trialsPerConfiguration: 4), new Shard(1, 2));
        File.WriteAllText(_sandbox.Below("a/sweep.toml"), "mine");
        for (int attempt = 0; attempt < 2; attempt++)
        {
            ValidationException refused = Assert.Throws<ValidationException>(
                () => TrialLedger.Open(_sandbox.Below("a"), Known));
            Assert.Equal(
                "is there and says something else; move it away or name another folder",
                Assert.Single(refused.Errors).Message);
            Assert.Equal("mine", File.ReadAllText(_sandbox.Below("a/sweep.toml")));
            Assert.False(File.Exists(_sandbox.Below("a/ledger.sqlite")));
        }
    }

    [Fact]
    public void A_sweep_text_that_somebody_has_changed_stays_when_the_ledger_goes_on()
    {
        string folder = _sandbox.Fill("a", new SampleSweep(configurationCount: 3, trialsPerConfiguration: 4));
        File.WriteAllText(Path.Combine(folder, LedgerFolder.SweepFileName), "mine");
        TrialLedger.Open(folder, Known with { SweepText = "name = \"other\"\n" }).Dispose();
        Assert.Equal("mine", File.ReadAllText(Path.Combine(folder, LedgerFolder.SweepFileName)));
    }

    [Fact]
    public void Shards_of_another_sweep_or_another_division_are_refused_as_they_begin()
    {
        _sandbox.Fill("a", new SampleSweep(configurationCount: 3, trialsPerConfiguration: 4), new Shard(1, 3));
        AssertRefused(
            "a",
            Known with { Shard = new(2, 4) },
            "holds shard-1-of-3 already, and this is shard 2/4: divide a sweep in one way only, or name another " +
            "folder");
        AssertRefused(
            "a",
            Known with { Shard = new(2, 3), Seed = 8 },
            "seed: is 7 in shard-1-of-3 and 8 now",
            "holds another sweep; name another folder, or give the same sweep");
        Assert.False(Directory.Exists(_sandbox.Below("a/shard-2-of-3")));
        TrialLedger.Open(_sandbox.Below("a"), Known with { Shard = new(2, 3) }).Dispose();
    }

    [Fact]
    public void A_ledger_that_is_being_written_is_refused_until_it_is_closed()
    {
        using (TrialLedger.Open(_sandbox.Below("a"), Known))
        {
            AssertRefused(
                "a",
                Known,
                $"is being written by process {Environment.ProcessId} on {Environment.MachineName}; wait until it " +
                "has ended, or end it");
        }

        TrialLedger.Open(_sandbox.Below("a"), Known).Dispose();
    }

    private static LedgerConfiguration Changed(LedgerConfiguration cell, string field, string value)
        => cell with { Settings = [.. cell.Settings.Select(known => known.Field == field ? (field, value) : known)] };

    private static LedgerConfiguration Other(LedgerConfiguration cell)
        => cell with { Part = "x", Sequences = 19, Settings = [("a", "1")] };

    private void Refused(LedgerIdentity other, params string[] lines)
    {
        TrialLedger.Open(_sandbox.Below("a"), Known).Dispose();
        AssertRefused("a", other, lines);
    }

    private void AssertRefused(string name, LedgerIdentity identity, params string[] lines)
    {
        ValidationException refused = Assert.Throws<ValidationException>(
            () => TrialLedger.Open(_sandbox.Below(name), identity));
        Assert.Equal(lines.Select(line => $"{_sandbox.Below(name)}: {line}"), refused.Errors.Select(e => e.ToString()));
    }
}
