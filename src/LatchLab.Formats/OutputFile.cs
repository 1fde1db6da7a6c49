namespace LatchLab.Formats;

/// <summary>
/// A file that is to be written: looked at before anything runs, and written beside its place, as the hidden
/// <c>.name.new-process</c>, and then moved there, so that nobody ever sees half of it.
/// </summary>
public static class OutputFile
{
    /// <summary>Finds out whether a file can be written, without leaving anything behind.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isOurs">Whether a file that is there may be replaced.</param>
    /// <param name="kind">What such a file is called.</param>
    /// <exception cref="InputException">It cannot be written, or is somebody else's.</exception>
    public static void Check(string path, Func<string, bool> isOurs, string kind)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new InputException("", "", "an empty text is no file; name a file");
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
            throw new InputException(path, "", "is a directory; name a file in it");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
        {
            throw new InputException(
                path, "", $"cannot be written, since there is no directory '{folder}'; make it first");
        }

        if (Path.Exists(path) && !isOurs(path))
            throw new InputException(path, "", $"exists and is no {kind}; move it away or name another file");
        try
        {
            string beside = Beside(Followed(path));
            using (File.Create(beside, bufferSize: 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception problem) when (Explain(problem) is { } explanation)
        {
            throw new InputException(path, "", $"{explanation}; name another file");
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
        string target = Followed(path), beside = Beside(target);
        try
        {
            using (FileStream file = File.Create(beside))
                write(file);
            File.Move(beside, target, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    // What a link leads to is replaced, and the link stays.
    private static string Followed(string path)
        => new FileInfo(path).LinkTarget is null
            ? Path.GetFullPath(path)
            : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    private static string Beside(string target)
        => Path.Combine(
            Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.new-{Environment.ProcessId}");

    private static string? Explain(Exception problem) => problem switch
    {
        UnauthorizedAccessException => "cannot be written, since we have no permission",
        PathTooLongException => "has a name that is too long",
        IOException => $"cannot be written ({problem.Message})",
        ArgumentException or NotSupportedException => "is a name that no file can have",
        _ => null,
    };
}
