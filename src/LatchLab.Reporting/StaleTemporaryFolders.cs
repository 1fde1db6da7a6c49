using System.Diagnostics;
using System.Globalization;

namespace LatchLab.Reporting;

/// <summary>
/// The hidden folders beside a report: <c>.name.new-process</c>, a report that is being written, and
/// <c>.name.old-process</c>, the one that it replaces. A process that was killed leaves them lying; the next one that
/// looks at the same path clears them away.
/// </summary>
internal static class StaleTemporaryFolders
{
    public const string NewPrefix = "new-";
    public const string OldPrefix = "old-";

    /// <summary>Path of a hidden folder.</summary>
    public static string GetPath(string target, string prefix, int process)
        => Path.Combine(Path.GetDirectoryName(target)!, string.Create(
            CultureInfo.InvariantCulture, $".{Path.GetFileName(target)}.{prefix}{process}"));

    /// <summary>
    /// Clears away what processes that no longer run have left. An old report is put back if its place is empty, and
    /// removed only if there is a report of ours in its place.
    /// </summary>
    public static void RemoveStale(string target)
    {
        try
        {
            string commonPrefix = GetPath(target, "", 0)[..^1];
            foreach (string folder in Directory.GetDirectories(Path.GetDirectoryName(target)!))
            {
                if (!folder.StartsWith(commonPrefix, StringComparison.Ordinal))
                    continue;
                string suffix = folder[commonPrefix.Length..];
                if (IsFromExitedProcess(suffix, NewPrefix))
                    Remove(folder);
                else if (IsFromExitedProcess(suffix, OldPrefix))
                    RestoreOrRemove(folder, target);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Where we cannot look there is nothing to clear away; whether we can write is found out elsewhere.
        }
    }

    /// <summary>
    /// Removes a folder. What cannot be removed is left lying, hidden: the report itself is not touched by it.
    /// </summary>
    public static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static void RestoreOrRemove(string old, string target)
    {
        if (ReportManifest.TryReadFiles(target, out _))
            Remove(old);
        else if (!Path.Exists(target) && ReportManifest.TryReadFiles(old, out _))
            Directory.Move(old, target);
    }

    // Our own number is that of a dead process too: in a container every process may have the same, and we look before
    // we write.
    private static bool IsFromExitedProcess(string name, string prefix)
    {
        if (!name.StartsWith(prefix, StringComparison.Ordinal)
            || !int.TryParse(name[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int process))
            return false;
        if (process == Environment.ProcessId)
            return true;
        try
        {
            using var running = Process.GetProcessById(process);
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
