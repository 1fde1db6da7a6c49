using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Sqlite;
using LatchLab.Ledger.Writing;
using LatchLab.LedgerWriter;
using Xunit;

namespace LatchLab.Tests.Ledger;

public sealed class JournalTests : IDisposable
{
    private static readonly SampleSweep Sweep = new(configurationCount: 4, trialsPerConfiguration: 60);

    private readonly LedgerSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("ext4")]
    [InlineData("xfs")]
    [InlineData("tmpfs")]
    [InlineData("overlay")]
    [InlineData("NTFS")]
    [InlineData("apfs")]
    public void A_local_disk_uses_a_write_ahead_log(string fileSystem)
        => Assert.Equal(JournalMode.WriteAheadLog, JournalChoice.ForFileSystem(fileSystem).Mode);

    [Theory]
    [InlineData("nfs")]
    [InlineData("nfs4")]
    [InlineData("cifs")]
    [InlineData("smb2")]
    [InlineData("lustre")]
    [InlineData("gpfs")]
    [InlineData("beegfs")]
    [InlineData("ceph")]
    [InlineData("9p")]
    [InlineData("v9fs")]
    [InlineData("fuse.sshfs")]
    [InlineData("fuse")]
    [InlineData("a file system of the future")]
    public void A_shared_or_unknown_file_system_uses_a_rollback_journal(string fileSystem)
        => Assert.Equal(
            new(JournalMode.Rollback, $"{fileSystem} may be shared between machines"),
            JournalChoice.ForFileSystem(fileSystem));

    [Fact]
    public void The_file_system_of_a_folder_is_detected()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has /proc");
        Assert.Equal("rollback journal, because proc may be shared between machines",
            $"{JournalChoice.ForFolder("/proc")}");
    }

    [Theory]
    [InlineData(JournalMode.WriteAheadLog)]
    [InlineData(JournalMode.Rollback)]
    public void The_chosen_journal_exists_during_writing_and_is_removed_on_completion(JournalMode kind)
    {
        using (TrialLedger ledger = TrialLedger.Open(_sandbox.Below("a"), Sweep.Identity, new() { Journal = kind }))
        {
            Sweep.AddTo(ledger);
            ledger.Flush();
            Assert.Equal(kind, ledger.Journal.Mode);
            Assert.Equal(kind == JournalMode.WriteAheadLog, File.Exists(_sandbox.Below("a/ledger.sqlite-wal")));
            Assert.Equal(kind == JournalMode.Rollback, File.Exists(_sandbox.Below("a/ledger.sqlite-journal")));
            ledger.Complete();
        }

        string[] files = ["ledger.sqlite", "progress.json", "sweep.toml", "writer.lock"];
        Assert.Equal(files, FilesOf("a"));
        _ = LedgerSandbox.Export(_sandbox.Below("a"));
        Assert.Equal(files, FilesOf("a"));
    }

    [Theory]
    [InlineData(JournalMode.WriteAheadLog, JournalMode.Rollback)]
    [InlineData(JournalMode.Rollback, JournalMode.WriteAheadLog)]
    public void A_ledger_can_resume_with_another_journal(JournalMode first, JournalMode second)
    {
        using (TrialLedger ledger = TrialLedger.Open(_sandbox.Below("a"), Sweep.Identity, new() { Journal = first }))
            Sweep.AddTo(ledger, first: 1, step: 2);
        _sandbox.Fill("a", Sweep, options: new() { Journal = second });
        Assert.Equal(
            LedgerSandbox.ExportAllTables(_sandbox.Fill("b", Sweep)),
            LedgerSandbox.ExportAllTables(_sandbox.Below("a")));
        using LedgerReader reader = LedgerReader.Open(_sandbox.Below("a"));
        Assert.Equal(2, reader.Sessions.Count);
    }

    [Fact]
    public void A_concurrent_reader_does_not_prevent_completion()
    {
        using TrialLedger ledger = TrialLedger.Open(
            _sandbox.Below("a"), Sweep.Identity, new() { Journal = JournalMode.WriteAheadLog });
        Sweep.AddTo(ledger);
        ledger.Flush();
        using (LedgerReader reader = LedgerReader.Open(_sandbox.Below("a")))
        {
            ledger.Complete();
            Assert.Equal(240, reader.ReadTrials().Count());
        }

        Assert.Equal(
            LedgerSandbox.ExportAllTables(_sandbox.Fill("b", Sweep)),
            LedgerSandbox.ExportAllTables(_sandbox.Below("a")));
    }

    [Theory]
    [InlineData(JournalMode.WriteAheadLog)]
    [InlineData(JournalMode.Rollback)]
    public void The_ledger_of_a_killed_process_is_readable_and_resumes_with_either_journal(JournalMode first)
    {
        using (TrialLedger ledger = TrialLedger.Open(_sandbox.Below("a"), Sweep.Identity, new() { Journal = first }))
        {
            Sweep.AddTo(ledger, first: 0, step: 2);
            ledger.Flush();
            using (SqliteDatabase killed = InTransaction("a", first))
                Copy("a", "killed");
        }

        foreach (JournalMode second in Enum.GetValues<JournalMode>())
        {
            string name = $"{second}";
            Directory.CreateDirectory(_sandbox.Below(name));
            Copy("killed", name);
            using (LedgerReader reader = LedgerReader.Open(_sandbox.Below(name)))
                Assert.Equal((120, 120), (reader.TrialCount, reader.ReadTrials().Count()));
            Assert.Equal(
                LedgerSandbox.ExportAllTables(_sandbox.Fill("b", Sweep)),
                LedgerSandbox.ExportAllTables(_sandbox.Fill(name, Sweep, options: new() { Journal = second })));
        }
    }

    [Fact]
    public void A_run_with_a_rollback_journal_waits_for_a_reader()
    {
        using TrialLedger ledger = TrialLedger.Open(
            _sandbox.Below("a"), Sweep.Identity, new() { Journal = JournalMode.Rollback });
        Sweep.AddTo(ledger, first: 0, step: 2);
        ledger.Flush();
        var writing = new Thread(() =>
        {
            Sweep.AddTo(ledger);
            ledger.Flush();
        });
        using (LedgerReader reader = LedgerReader.Open(_sandbox.Below("a")))
        {
            writing.Start();
            Assert.Equal((120, 120), (reader.TrialCount, reader.ReadTrials().Count()));
        }

        writing.Join();
        using LedgerReader later = LedgerReader.Open(_sandbox.Below("a"));
        Assert.Equal(240, later.ReadTrials().Count());
    }

    /// <summary>
    /// A connection with an open transaction that has changed the ledger, partly on disk already, and has not
    /// committed.
    /// </summary>
    private SqliteDatabase InTransaction(string name, JournalMode journal)
    {
        var database = SqliteDatabase.OpenForWriting(_sandbox.Below($"{name}/ledger.sqlite"), TimeSpan.Zero);
        if (journal == JournalMode.Rollback)
            database.Execute("PRAGMA journal_mode = TRUNCATE");
        database.Execute("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN");
        database.Execute(
            "UPDATE trials SET cost = 1.0, skipped_presentations = 9; DELETE FROM trials WHERE configuration = 2");
        return database;
    }

    /// <summary>Copies the files that would remain if the processes were killed now.</summary>
    private void Copy(string from, string to)
    {
        Directory.CreateDirectory(_sandbox.Below(to));
        foreach (string end in new[] { "", "-wal", "-journal" })
        {
            string file = _sandbox.Below($"{from}/ledger.sqlite{end}");
            if (File.Exists(file))
                File.Copy(file, _sandbox.Below($"{to}/ledger.sqlite{end}"));
        }
    }

    private IEnumerable<string> FilesOf(string name)
        => Directory.EnumerateFiles(_sandbox.Below(name)).Select(file => Path.GetFileName(file)!)
            .Order(StringComparer.Ordinal);
}
