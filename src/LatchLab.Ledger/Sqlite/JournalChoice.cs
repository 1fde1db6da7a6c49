namespace LatchLab.Ledger.Sqlite;

/// <summary>How SQLite keeps a ledger whole while it is written.</summary>
public enum JournalMode
{
    /// <summary>
    /// A write-ahead log: fast, and readers do not wait. It needs memory that all processes share, so it works on the
    /// disks of one machine only.
    /// </summary>
    WriteAheadLog,

    /// <summary>A rollback journal, synchronised at every transaction: works wherever files can be locked.</summary>
    Rollback,
}

/// <summary>The journal of a ledger, and the reason.</summary>
/// <param name="Mode">Which.</param>
/// <param name="Reason">Why, in words: the file system of the folder, or that somebody has asked for it.</param>
public sealed record JournalChoice(JournalMode Mode, string Reason)
{
    // As .NET and Linux name them. Whatever is not known is taken to be shared: that is slower, but never wrong.
    private static readonly HashSet<string> LocalFileSystems = new(StringComparer.OrdinalIgnoreCase)
    {
        "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "jfs", "reiserfs", "bcachefs", "tmpfs", "ramfs",
        "overlay", "overlayfs", "vfat", "msdos", "exfat", "apfs", "hfs", "ufs", "ntfs", "ntfs3", "refs", "fat32",
    };

    /// <summary>The journal for a folder that exists.</summary>
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

    /// <summary>The journal for a kind of file system, such as <c>ext4</c> or <c>nfs</c>.</summary>
    public static JournalChoice ForFileSystem(string fileSystem)
        => LocalFileSystems.Contains(fileSystem)
            ? new(JournalMode.WriteAheadLog, $"{fileSystem} is a local disk")
            : new(JournalMode.Rollback, $"{fileSystem} may be shared between machines");

    /// <summary>In words.</summary>
    public override string ToString()
        => $"{(Mode == JournalMode.WriteAheadLog ? "write-ahead log" : "rollback journal")}, since {Reason}";
}
