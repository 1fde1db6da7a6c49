using LatchLab.Ledger;

namespace LatchLab.Cli;

/// <summary>The option that says how a ledger is kept whole while it is written (docs/ledger.md).</summary>
internal static class JournalOption
{
    private enum Given
    {
        Auto,
        Wal,
        Rollback,
    }

    /// <summary>A new one, for a command.</summary>
    public static TextOption Create() => new(
        "--journal",
        "KIND",
        "how the ledger is kept whole: wal, rollback or auto (default: auto, wal unless the folder may be shared)");

    /// <summary>What was given; null to choose by the file system of the folder.</summary>
    public static JournalKind? Read(GivenOptions given, TextOption option)
        => Choice.Word(given, option, Given.Auto) switch
        {
            Given.Wal => JournalKind.WriteAheadLog,
            Given.Rollback => JournalKind.Rollback,
            _ => null,
        };
}
