using System.Diagnostics;
using System.Globalization;

namespace LatchLab.Reporting;

/// <summary>
/// The hidden temporary folders beside a report: <c>.name.new-process</c>, the report being written, and
/// <c>.name.old-process</c>, the report it replaces. A killed process leaves them behind; the next process that uses
/// the same path removes them.
/// </summary>
internal static class StaleTemporaryFolders
{
    public const string NewPrefix = "new-";
    public const string OldPrefix = "old-";

    /// <summary>The path of a temporary folder.</summary>
    public static string GetPath(string target, string prefix, int process)
        => Path.Combine(Path.GetDirectoryName(target)!, string.Create(
            CultureInfo.InvariantCulture, $".{Path.GetFileName(target)}.{prefix}{process}"));

    /// <summary>
    /// Removes the folders of processes that no longer run. An old report is moved back if the target is missing, and
    /// removed only if the target is a LatchLab report.
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
            // An unreadable folder has nothing to remove; the caller checks whether it is writable.
        }
    }

    /// <summary>
    /// Removes a folder. A folder that cannot be removed stays, hidden; it does not affect the report.
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

    // A folder with this process's own id is stale, too: in a container every process may have the same id, and this
    // check runs before the process creates its own folder.
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
