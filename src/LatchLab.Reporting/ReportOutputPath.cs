using LatchLab.Foundation;

namespace LatchLab.Reporting;

/// <summary>
/// The folder a report is to become, looked at before anything runs: it may be missing, empty, or a report of ours that
/// nobody has put anything into. All else is refused in one line, so that no file of a user is ever lost.
/// </summary>
internal static class ReportOutputPath
{
    private const string OptionName = "--out";

    /// <summary>The full path that a new report can be moved to, links followed.</summary>
    /// <exception cref="ValidationException">The path cannot be used; nothing has been changed.</exception>
    public static string Resolve(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw CreateError(path, "is empty; name a folder for the report");

        string fullPath = ResolveLink(path, Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        if (File.Exists(fullPath))
            throw CreateError(path, "is a file; name a folder");
        if (Path.GetDirectoryName(fullPath) is not { } parent)
            throw CreateError(path, "is the root of a file system; name a folder in it");
        StaleTemporaryFolders.RemoveStale(fullPath);
        if (Directory.Exists(fullPath))
            ValidateFolder(path, fullPath);
        ValidateParents(path, parent);
        return fullPath;
    }

    /// <summary>What to say of a place that does not let itself be written.</summary>
    public static ValidationException CreateNotWritableError(string path, Exception exception)
        => CreateError(path, exception switch
        {
            UnauthorizedAccessException => "cannot be written, since we have no permission; name another folder",
            PathTooLongException => "has a name that is too long; name another folder",
            FileNotFoundException or DirectoryNotFoundException => "cannot be made; name another folder",
            _ => $"cannot be written ({exception.Message}); name another folder",
        });

    /// <summary>Whether a disk, or a user's share of it, is full: that is no mistake of the user.</summary>
    public static bool IsDiskFull(Exception exception) => exception is IOException && exception.HResult is
        28 or 69 or 122 // ENOSPC; EDQUOT on macOS and on Linux
        or unchecked((int)0x80070070) or unchecked((int)0x80070027); // Windows: disk full, handle disk full

    // The report replaces the folder that a link leads to, and the link stays.
    private static string ResolveLink(string path, string fullPath)
    {
        var link = new DirectoryInfo(fullPath);
        if (link.LinkTarget is null)
            return fullPath;
        try
        {
            var target = link.ResolveLinkTarget(returnFinalTarget: true);
            return target is { Exists: true }
                ? Path.TrimEndingDirectorySeparator(target.FullName)
                : throw CreateError(path, "is a link that leads nowhere; remove it or name another folder");
        }
        catch (IOException)
        {
            throw CreateError(path, "is a link that leads round in a circle; remove it or name another folder");
        }
    }

    private static void ValidateFolder(string path, string fullPath)
    {
        if (Directory.GetCurrentDirectory() == fullPath)
            throw CreateError(path, "is the folder you are in, which cannot be replaced; name a folder inside it");
        if (DriveInfo.GetDrives().Any(drive => Path.TrimEndingDirectorySeparator(drive.Name) == fullPath))
            throw CreateError(path,
                "is where a file system is mounted, which cannot be replaced; name a folder inside it");

        try
        {
            if (!Directory.EnumerateFileSystemEntries(fullPath).Any())
                return;
            if (!ReportManifest.TryReadFiles(fullPath, out var reportFiles))
                throw CreateError(path, "is not empty and not a report of ours; name a new or an empty folder");
            if (Directory.EnumerateFiles(fullPath, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(fullPath, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)
                .FirstOrDefault(file => !reportFiles.Contains(file)) is { } unknownFile)
            {
                throw CreateError(path,
                    $"is a report of ours but also holds '{unknownFile}', which replacing it would delete; "
                    + "move that file away or name another folder");
            }
        }
        catch (UnauthorizedAccessException)
        {
            throw CreateError(path, "cannot be read; name another folder");
        }
    }

    private static void ValidateParents(string path, string parent)
    {
        string existing = parent;
        while (!Directory.Exists(existing))
        {
            if (File.Exists(existing))
                throw CreateError(path, $"cannot be made, since '{existing}' is a file; name another folder");
            if (Path.GetDirectoryName(existing) is not { } grandparent)
                throw CreateError(path, "cannot be made; name another folder");
            existing = grandparent;
        }
    }

    private static ValidationException CreateError(string path, string problem)
        => new(OptionName, "", $"'{path}' {problem}");
}
