using LatchLab.Foundation;

namespace LatchLab.Reporting;

/// <summary>
/// Validates the output folder of a report before anything runs: it may be missing, empty, or a LatchLab report without
/// additional files. Anything else is rejected with a one-line message, so that no user file is ever lost.
/// </summary>
internal static class ReportOutputPath
{
    /// <summary>Returns the full path to which a new report can be moved, with links resolved.</summary>
    /// <exception cref="ValidationException">The path cannot be used; nothing was changed.</exception>
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

    /// <summary>Creates the error for a path that is not writable.</summary>
    public static ValidationException CreateNotWritableError(string path, Exception exception)
        => CreateError(path, exception switch
        {
            UnauthorizedAccessException => "cannot be written: permission denied; name another folder",
            PathTooLongException => "has a name that is too long; name another folder",
            FileNotFoundException or DirectoryNotFoundException => "cannot be created; name another folder",
            _ => $"cannot be written ({exception.Message}); name another folder",
        });

    /// <summary>Whether the disk or the user's quota is full, which is not an input error.</summary>
    public static bool IsDiskFull(Exception exception) => exception is IOException && exception.HResult is
        28 or 69 or 122 // ENOSPC; EDQUOT on macOS and on Linux
        or unchecked((int)0x80070070) or unchecked((int)0x80070027); // Windows: disk full, handle disk full

    // The report replaces the target folder of a link, and the link stays.
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
                : throw CreateError(path, "is a link to a missing target; remove it or name another folder");
        }
        catch (IOException)
        {
            throw CreateError(path, "is a circular link; remove it or name another folder");
        }
    }

    private static void ValidateFolder(string path, string fullPath)
    {
        if (Directory.GetCurrentDirectory() == fullPath)
            throw CreateError(path, "is the current folder, which cannot be replaced; name a folder inside it");
        if (DriveInfo.GetDrives().Any(drive => Path.TrimEndingDirectorySeparator(drive.Name) == fullPath))
            throw CreateError(path,
                "is a mount point, which cannot be replaced; name a folder inside it");

        try
        {
            if (!Directory.EnumerateFileSystemEntries(fullPath).Any())
                return;
            if (!ReportManifest.TryReadFiles(fullPath, out var reportFiles))
                throw CreateError(path, "is not empty and not a LatchLab report; name a new or an empty folder");
            if (Directory.EnumerateFiles(fullPath, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(fullPath, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)
                .FirstOrDefault(file => !reportFiles.Contains(file)) is { } unknownFile)
            {
                throw CreateError(path,
                    $"is a LatchLab report but also contains '{unknownFile}', which replacing it would delete; "
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
                throw CreateError(path, $"cannot be created, because '{existing}' is a file; name another folder");
            if (Path.GetDirectoryName(existing) is not { } grandparent)
                throw CreateError(path, "cannot be created; name another folder");
            existing = grandparent;
        }
    }

    private static ValidationException CreateError(string path, string problem)
        => new("", "out", $"'{path}' {problem}");
}
