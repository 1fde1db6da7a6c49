using LatchLab.Foundation;

namespace LatchLab.Files;

/// <summary>
/// A file that is to be written: looked at before anything runs, and written beside its place, as the hidden
/// <c>.name.new-process</c>, and then moved there, so that nobody ever sees half of it.
/// </summary>
public static class AtomicFile
{
    /// <summary>Finds out whether a file can be written, without leaving anything behind.</summary>
    /// <param name="path">The file.</param>
    /// <param name="canReplace">Whether a file that is there may be replaced.</param>
    /// <param name="kind">What such a file is called.</param>
    /// <exception cref="ValidationException">It cannot be written, or is somebody else's.</exception>
    public static void EnsureWritable(string path, Func<string, bool> canReplace, string kind)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new ValidationException("", "", "an empty text is no file; name a file");
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
            throw new ValidationException(path, "", "is a directory; name a file in it");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
        {
            throw new ValidationException(
                path, "", $"cannot be written, since there is no directory '{folder}'; make it first");
        }

        if (Path.Exists(path) && !canReplace(path))
            throw new ValidationException(path, "", $"exists and is no {kind}; move it away or name another file");
        try
        {
            string temporary = GetTemporaryPath(ResolveLink(path));
            using (File.Create(temporary, bufferSize: 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception problem) when (DescribeException(problem) is { } explanation)
        {
            throw new ValidationException(path, "", $"{explanation}; name another file");
        }
    }

    /// <summary>Writes a file whole, or leaves what was there.</summary>
    /// <exception cref="IOException">The disk is full, say.</exception>
    public static void Write(string path, byte[] content) => Write(path, file => file.Write(content));

    /// <summary>Writes a file that may be too large for the memory; whole, or leaves what was there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content; what it throws, this throws.</param>
    /// <exception cref="IOException">The disk is full, say.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = ResolveLink(path), temporary = GetTemporaryPath(target);
        try
        {
            using (FileStream file = File.Create(temporary))
                write(file);
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    // What a link leads to is replaced, and the link stays.
    private static string ResolveLink(string path)
        => new FileInfo(path).LinkTarget is null
            ? Path.GetFullPath(path)
            : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    private static string GetTemporaryPath(string target)
        => Path.Combine(
            Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.new-{Environment.ProcessId}");

    private static string? DescribeException(Exception problem) => problem switch
    {
        UnauthorizedAccessException => "cannot be written, since we have no permission",
        PathTooLongException => "has a name that is too long",
        IOException => $"cannot be written ({problem.Message})",
        ArgumentException or NotSupportedException => "is a name that no file can have",
        _ => null,
    };
}
