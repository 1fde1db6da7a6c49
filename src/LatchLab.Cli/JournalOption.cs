using LatchLab.Ledger.Sqlite;

namespace LatchLab.Cli;

/// <summary>The option that says how a ledger is kept whole while it is written (docs/ledger.md).</summary>
internal static class JournalOption
{
    private enum JournalChoice
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
    public static JournalMode? Read(ParsedOptions parsedOptions, TextOption option)
        => ChoiceParser.ParseEnum(parsedOptions, option, JournalChoice.Auto) switch
        {
            JournalChoice.Wal => JournalMode.WriteAheadLog,
            JournalChoice.Rollback => JournalMode.Rollback,
            _ => null,
        };
}
