namespace LatchLab.Ledger.Sqlite;

/// <summary>The journal with which SQLite keeps a ledger consistent while it is written.</summary>
public enum JournalMode
{
    /// <summary>
    /// A write-ahead log: fast, and readers do not wait. It requires shared memory between processes, so it works only
    /// on local disks.
    /// </summary>
    WriteAheadLog,

    /// <summary>A rollback journal, synchronised at every transaction. It works wherever files can be locked.</summary>
    Rollback,
}

/// <summary>The journal of a ledger, and the reason.</summary>
/// <param name="Mode">The journal.</param>
/// <param name="Reason">The reason, for messages: the file system of the folder, or a request.</param>
public sealed record JournalChoice(JournalMode Mode, string Reason)
{
    // The names that .NET and Linux use. Unknown file systems are assumed to be shared, which is slower but safe.
    private static readonly HashSet<string> LocalFileSystems = new(StringComparer.OrdinalIgnoreCase)
    {
        "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "jfs", "reiserfs", "bcachefs", "tmpfs", "ramfs",
        "overlay", "overlayfs", "vfat", "msdos", "exfat", "apfs", "hfs", "ufs", "ntfs", "ntfs3", "refs", "fat32",
    };

    /// <summary>Chooses the journal for an existing folder.</summary>
    public static JournalChoice ForFolder(string folder)
    {
        try
        {
            var drive = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder);
            return ForFileSystem(drive.DriveType == DriveType.Network ? "a network drive" : drive.DriveFormat);
        }
        catch (Exception problem) when (problem is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return ForFileSystem("an unknown file system");
        }
    }

    /// <summary>Chooses the journal for a file system, such as <c>ext4</c> or <c>nfs</c>.</summary>
    public static JournalChoice ForFileSystem(string fileSystem)
        => LocalFileSystems.Contains(fileSystem)
            ? new(JournalMode.WriteAheadLog, $"{fileSystem} is a local disk")
            : new(JournalMode.Rollback, $"{fileSystem} may be shared between machines");

    /// <summary>Describes the choice for messages.</summary>
    public override string ToString()
        => $"{(Mode == JournalMode.WriteAheadLog ? "write-ahead log" : "rollback journal")}, because {Reason}";
}
