using LatchLab.Foundation;

namespace LatchLab.Files;

/// <summary>Reads what the user points at, whole but never more than a limit, or says why it cannot.</summary>
public static class InputFile
{
    /// <summary>
    /// The largest file that is read, 64 MiB: more than twice the largest network that may be written down, or three
    /// million inputs. A wrong path (a disk image, an endless device) ends here and not in a lack of memory.
    /// </summary>
    public const int MaximumBytes = 64 << 20;

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="ValidationException">There is no such file, it cannot be read, or it is too large.</exception>
    public static byte[] ReadBytes(string path)
    {
        using FileStream file = Open(path);
        return TranslateErrors(path, () => ReadBytes(file)) ?? throw new ValidationException(
            path, "", $"is larger than the {MaximumBytes >> 20} MiB that are read; is it the right file?");
    }

    /// <summary>A file that is read piece by piece.</summary>
    /// <exception cref="ValidationException">There is no such file, or it cannot be read.</exception>
    public static FileStream Open(string path)
        => Directory.Exists(path)
            ? throw new ValidationException(path, "", "is a directory; a file is needed")
            : TranslateErrors(path, () => File.OpenRead(path));

    /// <summary>What reading gives.</summary>
    /// <exception cref="ValidationException">The file cannot be read.</exception>
    public static T TranslateErrors<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (DescribeException(problem) is { } explanation)
        {
            throw new ValidationException(path, "", explanation);
        }
    }

    /// <summary>
    /// Null where there is more than the limit. The length is not asked for: a pipe has none, and <c>/dev/zero</c>
    /// says 0.
    /// </summary>
    private static byte[]? ReadBytes(FileStream file)
    {
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        for (int count = file.Read(buffer); count > 0; count = file.Read(buffer))
        {
            if (bytes.Length + count > MaximumBytes)
                return null;
            bytes.Write(buffer, 0, count);
        }

        return bytes.ToArray();
    }

    private static string? DescribeException(Exception problem) => problem switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "there is no permission to read this file",
        PathTooLongException => "the path is too long",
        IOException => "the system cannot read this file; another program may have locked it",
        ArgumentException or NotSupportedException => "no file can have this name",
        _ => null,
    };
}
