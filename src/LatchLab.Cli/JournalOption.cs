using LatchLab.Ledger.Sqlite;

namespace LatchLab.Cli;

/// <summary>The option that selects the journal mode of a ledger (docs/ledger.md).</summary>
internal static class JournalOption
{
    private enum JournalChoice
    {
        Auto,
        Wal,
        Rollback,
    }

    /// <summary>Creates the option for a command.</summary>
    public static TextOption Create() => new(
        "--journal",
        "KIND",
        "journal mode of the ledger: wal, rollback or auto (default), which is rollback if machines may share the " +
            "folder, otherwise wal");

    /// <summary>Returns the given mode; null to choose by the file system of the folder.</summary>
    public static JournalMode? Read(ParsedOptions parsedOptions, TextOption option)
        => ChoiceParser.ParseEnum(parsedOptions, option, JournalChoice.Auto) switch
        {
            JournalChoice.Wal => JournalMode.WriteAheadLog,
            JournalChoice.Rollback => JournalMode.Rollback,
            _ => null,
        };
}
