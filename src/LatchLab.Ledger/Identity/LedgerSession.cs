using System.Globalization;
using System.Runtime.InteropServices;
using LatchLab.Ledger.Sqlite;

namespace LatchLab.Ledger.Identity;

/// <summary>
/// A process that has written a ledger, and its machine. No result depends on either; they are recorded for reference.
/// </summary>
/// <param name="Started">The time when it opened the ledger, in UTC, for example <c>2026-03-01T12:00:00Z</c>.</param>
/// <param name="Host">The name of the machine.</param>
/// <param name="Process">The process id.</param>
/// <param name="Shard">The shard of the process.</param>
/// <param name="Processor">The model of the processor.</param>
/// <param name="Cores">The number of cores available to the process.</param>
/// <param name="System">The operating system.</param>
/// <param name="Lanes">The kind of lanes.</param>
/// <param name="Journal">The journal of the ledger, and the reason for it (<see cref="JournalChoice"/>).</param>
public sealed record LedgerSession(
    string Started,
    string Host,
    int Process,
    string Shard,
    string Processor,
    int Cores,
    string System,
    string Lanes,
    string Journal)
{
    /// <summary>Creates a session for the current process, started now.</summary>
    internal static LedgerSession CreateCurrent(Shard shard, string lanes, JournalChoice journal)
        => new(
            FormatTime(DateTime.UtcNow),
            Environment.MachineName,
            Environment.ProcessId,
            shard.ToString(),
            GetProcessorName(),
            Environment.ProcessorCount,
            RuntimeInformation.OSDescription,
            lanes,
            journal.ToString());

    /// <summary>Formats a time as in a ledger, with milliseconds.</summary>
    internal static string FormatTime(DateTime time)
        => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The model of the processor; its architecture if the system does not report the model.</summary>
    public static string GetProcessorName()
    {
        const string linux = "/proc/cpuinfo";
        string? line = File.Exists(linux)
            ? File.ReadLines(linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        string name = line is null ? "" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return name.Length > 0 ? name : RuntimeInformation.ProcessArchitecture.ToString();
    }
}
