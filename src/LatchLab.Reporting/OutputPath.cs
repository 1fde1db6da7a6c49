namespace LatchLab.Reporting;

/// <summary>
/// The folder a report is to become, looked at before anything runs: it may be missing, empty, or a report of ours that
/// nobody has put anything into. All else is refused in one line, so that no file of a user is ever lost.
/// </summary>
internal static class OutputPath
{
    private const string Place = "--out";

    /// <summary>The full path that a new report can be moved to, links followed.</summary>
    /// <exception cref="InputException">The path cannot be used; nothing has been changed.</exception>
    public static string Settle(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw Refused(path, "is empty; name a folder for the report");

        string full = Followed(path, Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        if (File.Exists(full))
            throw Refused(path, "is a file; name a folder");
        if (Path.GetDirectoryName(full) is not { } parent)
            throw Refused(path, "is the root of a file system; name a folder in it");
        Leftovers.Clear(full);
        if (Directory.Exists(full))
            CheckFolder(path, full);
        CheckParents(path, parent);
        return full;
    }

    /// <summary>What to say of a place that does not let itself be written.</summary>
    public static InputException NotWritable(string path, Exception mistake) => Refused(path, mistake switch
    {
        UnauthorizedAccessException => "cannot be written, since we have no permission; name another folder",
        PathTooLongException => "has a name that is too long; name another folder",
        FileNotFoundException or DirectoryNotFoundException => "cannot be made; name another folder",
        _ => $"cannot be written ({mistake.Message}); name another folder",
    });

    /// <summary>Whether a disk, or a user's share of it, is full: that is no mistake of the user.</summary>
    public static bool IsDiskFull(Exception mistake) => mistake is IOException && mistake.HResult is
        28 or 69 or 122 // ENOSPC; EDQUOT on macOS and on Linux
        or unchecked((int)0x80070070) or unchecked((int)0x80070027); // Windows: disk full, handle disk full

    // The report replaces the folder that a link leads to, and the link stays.
    private static string Followed(string path, string full)
    {
        var link = new DirectoryInfo(full);
        if (link.LinkTarget is null)
            return full;
        try
        {
            var target = link.ResolveLinkTarget(returnFinalTarget: true);
            return target is { Exists: true }
                ? Path.TrimEndingDirectorySeparator(target.FullName)
                : throw Refused(path, "is a link that leads nowhere; remove it or name another folder");
        }
        catch (IOException)
        {
            throw Refused(path, "is a link that leads round in a circle; remove it or name another folder");
        }
    }

    private static void CheckFolder(string path, string full)
    {
        if (Directory.GetCurrentDirectory() == full)
            throw Refused(path, "is the folder you are in, which cannot be replaced; name a folder inside it");
        if (DriveInfo.GetDrives().Any(drive => Path.TrimEndingDirectorySeparator(drive.Name) == full))
            throw Refused(path, "is where a file system is mounted, which cannot be replaced; name a folder inside it");

        try
        {
            if (!Directory.EnumerateFileSystemEntries(full).Any())
                return;
            if (!ReportMarker.TryReadFiles(full, out var ours))
                throw Refused(path, "is not empty and not a report of ours; name a new or an empty folder");
            if (Directory.EnumerateFiles(full, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(full, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)
                .FirstOrDefault(file => !ours.Contains(file)) is { } foreign)
            {
                throw Refused(path, $"is a report of ours but also holds '{foreign}', which replacing it would delete; "
                    + "move that file away or name another folder");
            }
        }
        catch (UnauthorizedAccessException)
        {
            throw Refused(path, "cannot be read; name another folder");
        }
    }

    private static void CheckParents(string path, string parent)
    {
        string existing = parent;
        while (!Directory.Exists(existing))
        {
            if (File.Exists(existing))
                throw Refused(path, $"cannot be made, since '{existing}' is a file; name another folder");
            if (Path.GetDirectoryName(existing) is not { } above)
                throw Refused(path, "cannot be made; name another folder");
            existing = above;
        }
    }

    private static InputException Refused(string path, string problem) => new(Place, "", $"'{path}' {problem}");
}
