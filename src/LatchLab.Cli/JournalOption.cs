using LatchLab.Ledger;

namespace LatchLab.Cli;

/// <summary>The option that says how a ledger is kept whole while it is written (docs/ledger.md).</summary>
internal static class JournalOption
{
    private enum Given
    {
        Auto,
        WriteAheadLog,
        Rollback,
    }

    /// <summary>A new one, for a command.</summary>
    public static TextOption Create() => new(
        "--journal",
        "KIND",
        "auto (default: by the folder's file system), write-ahead-log (one machine) or rollback (shared folders)");

    /// <summary>What was given; null to choose by the file system.</summary>
    public static JournalKind? Read(GivenOptions given, TextOption option)
        => Choice.Word(given, option, Given.Auto) switch
        {
            Given.WriteAheadLog => JournalKind.WriteAheadLog,
            Given.Rollback => JournalKind.Rollback,
            _ => null,
        };
}
