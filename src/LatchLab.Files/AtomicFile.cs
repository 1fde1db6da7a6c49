using LatchLab.Foundation;

namespace LatchLab.Files;

/// <summary>
/// Writes files atomically. The destination is validated before anything runs. The content is written to a hidden
/// temporary file, <c>.name.new-process</c>, in the same directory, which then replaces the destination. No reader
/// sees a partial file.
/// </summary>
public static class AtomicFile
{
    /// <summary>Checks that a file can be written. Leaves no file behind.</summary>
    /// <param name="path">The file.</param>
    /// <param name="canReplace">Returns whether an existing file may be replaced.</param>
    /// <param name="kind">The kind of file, for messages.</param>
    /// <exception cref="ValidationException">
    /// The file cannot be written, or an existing file is of another kind.
    /// </exception>
    public static void EnsureWritable(string path, Func<string, bool> canReplace, string kind)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new ValidationException("", "", "the file name is empty; name a file");
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
            throw new ValidationException(path, "", "is a directory; name a file in it");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
        {
            throw new ValidationException(
                path, "", $"cannot be written: there is no directory '{folder}'; create it first");
        }

        if (Path.Exists(path) && !canReplace(path))
            throw new ValidationException(path, "", $"exists and is not a {kind}; move it or name another file");
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

    /// <summary>Writes a file. On failure, an existing file is unchanged.</summary>
    /// <exception cref="IOException">The file cannot be written, for example because the disk is full.</exception>
    public static void Write(string path, byte[] content) => Write(path, file => file.Write(content));

    /// <summary>Writes a file that may exceed memory. On failure, an existing file is unchanged.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content. Its exceptions propagate to the caller.</param>
    /// <exception cref="IOException">The file cannot be written, for example because the disk is full.</exception>
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

    // Writing to a link replaces its target; the link stays.
    private static string ResolveLink(string path)
        => new FileInfo(path).LinkTarget is null
            ? Path.GetFullPath(path)
            : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    private static string GetTemporaryPath(string target)
        => Path.Combine(
            Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.new-{Environment.ProcessId}");

    private static string? DescribeException(Exception problem) => problem switch
    {
        UnauthorizedAccessException => "cannot be written: permission denied",
        PathTooLongException => "has a name that is too long",
        IOException => $"cannot be written ({problem.Message})",
        ArgumentException or NotSupportedException => "is not a valid file name",
        _ => null,
    };
}
