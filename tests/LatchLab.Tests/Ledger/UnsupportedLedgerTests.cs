using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Sqlite;
using LatchLab.Ledger.Writing;
using LatchLab.LedgerWriter;
using Xunit;

namespace LatchLab.Tests.Ledger;

/// <summary>Cases in which a ledger is not opened, and the messages for them.</summary>
public sealed class UnsupportedLedgerTests : IDisposable
{
    private static readonly LedgerIdentity Known =
        new SampleSweep(configurationCount: 3, trialsPerConfiguration: 4).Identity;

    private readonly LedgerSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Another_sweep_is_rejected_with_its_differences()
    {
        LedgerIdentity other = Known with
        {
            Program = "9.9.9",
            Seed = 8,
            DataFiles = [("data.csv", "cd34")],
            Configurations = [Known.Configurations[0], Changed(Known.Configurations[1], "task.length", "11"),
                Known.Configurations[2]],
        };
        AssertIdentityRejected(
            other,
            $"program: is {ProgramVersion.Text} in the ledger and 9.9.9 now",
            "seed: is 7 in the ledger and 8 now",
            "data file data.csv: is ab12 in the ledger and cd34 now",
            "configuration 1: task.length: is 10 in the ledger and 11 now",
            "holds another sweep; name another folder, or give the same sweep");
    }

    [Fact]
    public void The_first_of_many_differences_are_reported()
        => AssertIdentityRejected(
            Known with
            {
                Program = "9.9.9",
                LoggedTrials = 1,
                Configurations = [.. Known.Configurations.Select(Other)]
            },
            $"program: is {ProgramVersion.Text} in the ledger and 9.9.9 now",
            "logged trials: is 3 in the ledger and 1 now",
            "configuration 0: part: is 'even' in the ledger and 'x' now",
            "configuration 0: training sequences: is 20 in the ledger and 19 now",
            "configuration 0: task.name: is latch in the ledger and not set now",
            "and 16 more differences",
            "holds another sweep; name another folder, or give the same sweep");

    [Fact]
    public void Trials_of_other_random_streams_are_not_continued()
        => AssertIdentityRejected(
            Known with { RandomStreams = "3", Seed = 8 },
            "random streams: version 2 in the ledger and 3 now, which give other trials: the ledger can be reported, " +
                "exported and merged, but not continued; name another folder");

    [Fact]
    public void Missing_configurations_are_reported()
        => AssertIdentityRejected(
            Known with { Configurations = [.. Known.Configurations.Take(2)] },
            "configurations: is 3 in the ledger and 2 now",
            "holds another sweep; name another folder, or give the same sweep");

    [Fact]
    public void Fewer_trials_are_rejected()
        => AssertIdentityRejected(
            new SampleSweep(configurationCount: 3, trialsPerConfiguration: 3).Identity,
            "configuration 0: trials: is 4 in the ledger and 3 now; the number of trials can increase, but not " +
                "decrease");

    [Fact]
    public void Another_order_of_settings_is_the_same_sweep()
    {
        TrialLedger.Open(_sandbox.Below("a"), Known).Dispose();
        LedgerConfiguration[] configurations = [
            .. Known.Configurations.Select(
                configuration => configuration with { Settings = [.. configuration.Settings.Reverse()] })];
        TrialLedger.Open(_sandbox.Below("a"), Known with { Configurations = configurations, Name = "other" }).Dispose();
    }

    [Fact]
    public void A_folder_with_other_content_is_rejected_and_unchanged()
    {
        Directory.CreateDirectory(_sandbox.Below("thesis"));
        File.WriteAllText(_sandbox.Below("thesis/chapter.tex"), "years of work");
        AssertRejected(
            "thesis",
            Known,
            "is not empty and holds no LatchLab ledger, but 'chapter.tex'; name a new or an empty folder");
        Assert.Single(Directory.GetFileSystemEntries(_sandbox.Below("thesis")));
    }

    [Fact]
    public void A_file_is_not_a_folder()
    {
        File.WriteAllText(_sandbox.Below("file"), "");
        AssertRejected("file", Known, "is a file; name a folder");
    }

    [Theory]
    [InlineData(
        "long enough to look at: more than a hundred bytes are, where SQLite begins to read a file that is none")]
    [InlineData("short")]
    public void A_file_that_is_not_a_database_is_rejected(string text)
    {
        Directory.CreateDirectory(_sandbox.Below("a"));
        File.WriteAllText(_sandbox.Below("a/ledger.sqlite"), text);
        ValidationException exception = Assert.Throws<ValidationException>(
            () => TrialLedger.Open(_sandbox.Below("a"), Known));
        Assert.Equal("is not a ledger: it is not an SQLite file", Assert.Single(exception.Errors).Message);
        Assert.Equal(text, File.ReadAllText(_sandbox.Below("a/ledger.sqlite")));
        Assert.Throws<ValidationException>(() => LedgerReader.Open(_sandbox.Below("a")));
    }

    [Fact]
    public void The_database_of_another_program_is_rejected_and_unchanged()
    {
        Directory.CreateDirectory(_sandbox.Below("a"));
        using (SqliteDatabase other = SqliteDatabase.OpenForWriting(_sandbox.Below("a/ledger.sqlite"), default))
            other.Execute("CREATE TABLE money (amount REAL)");
        byte[] before = File.ReadAllBytes(_sandbox.Below("a/ledger.sqlite"));
        ValidationException exception = Assert.Throws<ValidationException>(
            () => TrialLedger.Open(_sandbox.Below("a"), Known));
        Assert.Equal("is not a LatchLab ledger, but another SQLite file", Assert.Single(exception.Errors).Message);
        Assert.Equal(before, File.ReadAllBytes(_sandbox.Below("a/ledger.sqlite")));
    }

    [Fact]
    public void A_newer_format_is_rejected()
    {
        string folder = _sandbox.Fill("a", new SampleSweep(configurationCount: 1, trialsPerConfiguration: 1));
        using (SqliteDatabase later = SqliteDatabase.OpenForWriting(Path.Combine(folder, LedgerFolder.LedgerFileName),
            default))
            later.Execute("PRAGMA user_version = 4");
        ValidationException exception = Assert.Throws<ValidationException>(() => LedgerReader.Open(folder));
        Assert.Equal(
            $"is 4, and LatchLab {ProgramVersion.Text} reads the formats 1 to 3",
            Assert.Single(exception.Errors).Message);
    }

    [Fact]
    public void A_foreign_sweep_text_is_not_replaced()
    {
        _sandbox.Fill("a", new SampleSweep(configurationCount: 1, trialsPerConfiguration: 4), new Shard(1, 2));
        File.WriteAllText(_sandbox.Below("a/sweep.toml"), "mine");
        for (int attempt = 0; attempt < 2; attempt++)
        {
            ValidationException exception = Assert.Throws<ValidationException>(
                () => TrialLedger.Open(_sandbox.Below("a"), Known));
            Assert.Equal(
                "exists with different content; move it or name another folder",
                Assert.Single(exception.Errors).Message);
            Assert.Equal("mine", File.ReadAllText(_sandbox.Below("a/sweep.toml")));
            Assert.False(File.Exists(_sandbox.Below("a/ledger.sqlite")));
        }
    }

    [Fact]
    public void A_modified_sweep_text_is_kept_when_the_ledger_resumes()
    {
        string folder = _sandbox.Fill("a", new SampleSweep(configurationCount: 3, trialsPerConfiguration: 4));
        File.WriteAllText(Path.Combine(folder, LedgerFolder.SweepFileName), "mine");
        TrialLedger.Open(folder, Known with { SweepText = "name = \"other\"\n" }).Dispose();
        Assert.Equal("mine", File.ReadAllText(Path.Combine(folder, LedgerFolder.SweepFileName)));
    }

    [Fact]
    public void Shards_of_another_sweep_or_shard_count_are_rejected_on_opening()
    {
        _sandbox.Fill("a", new SampleSweep(configurationCount: 3, trialsPerConfiguration: 4), new Shard(1, 3));
        AssertRejected(
            "a",
            Known with { Shard = new(2, 4) },
            "holds shard-1-of-3 already, and this is shard 2/4: divide a sweep in one way only, or name another " +
            "folder");
        AssertRejected(
            "a",
            Known with { Shard = new(2, 3), Seed = 8 },
            "seed: is 7 in shard-1-of-3 and 8 now",
            "holds another sweep; name another folder, or give the same sweep");
        Assert.False(Directory.Exists(_sandbox.Below("a/shard-2-of-3")));
        TrialLedger.Open(_sandbox.Below("a"), Known with { Shard = new(2, 3) }).Dispose();
    }

    [Fact]
    public void A_ledger_that_is_being_written_is_rejected_until_it_is_closed()
    {
        using (TrialLedger.Open(_sandbox.Below("a"), Known))
        {
            AssertRejected(
                "a",
                Known,
                $"is being written by process {Environment.ProcessId} on {Environment.MachineName}; wait until it " +
                "ends, or stop it");
        }

        TrialLedger.Open(_sandbox.Below("a"), Known).Dispose();
    }

    private static LedgerConfiguration Changed(LedgerConfiguration configuration, string field, string value)
        => configuration with
        {
            Settings = [.. configuration.Settings.Select(known => known.Field == field ? (field, value) : known)],
        };

    private static LedgerConfiguration Other(LedgerConfiguration configuration)
        => configuration with { Part = "x", Sequences = 19, Settings = [("a", "1")] };

    private void AssertIdentityRejected(LedgerIdentity other, params string[] lines)
    {
        TrialLedger.Open(_sandbox.Below("a"), Known).Dispose();
        AssertRejected("a", other, lines);
    }

    private void AssertRejected(string name, LedgerIdentity identity, params string[] lines)
    {
        ValidationException exception = Assert.Throws<ValidationException>(
            () => TrialLedger.Open(_sandbox.Below(name), identity));
        Assert.Equal(lines.Select(line => $"{_sandbox.Below(name)}: {line}"),
            exception.Errors.Select(e => e.ToString()));
    }
}
