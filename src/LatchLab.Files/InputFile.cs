using LatchLab.Foundation;

namespace LatchLab.Files;

/// <summary>Reads input files up to a size limit and turns I/O exceptions into validation errors.</summary>
public static class InputFile
{
    /// <summary>
    /// The size limit, 64 MiB: more than twice the largest network file, or three million inputs. The limit rejects an
    /// unintended path (a disk image, an endless device) before memory runs out.
    /// </summary>
    public const int MaximumBytes = 64 << 20;

    /// <summary>Reads all bytes of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maximumBytes">The size limit, in whole MiB.</param>
    /// <exception cref="ValidationException">The file does not exist, cannot be read or is too large.</exception>
    public static byte[] ReadBytes(string path, int maximumBytes = MaximumBytes)
    {
        using FileStream file = Open(path);
        return TranslateErrors(path, () => ReadBytes(file, maximumBytes)) ?? throw new ValidationException(
            path, "", $"is larger than the limit of {maximumBytes >> 20} MiB; is it the intended file?");
    }

    /// <summary>Opens a file for sequential reading.</summary>
    /// <exception cref="ValidationException">The file does not exist or cannot be read.</exception>
    public static FileStream Open(string path)
        => Directory.Exists(path)
            ? throw new ValidationException(path, "", "is a directory; a file is needed")
            : TranslateErrors(path, () => File.OpenRead(path));

    /// <summary>Runs a read operation and translates its I/O exceptions.</summary>
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
    /// Returns null if the file exceeds the limit. A length below it is not believed: a pipe has none, and
    /// <c>/dev/zero</c> reports 0.
    /// </summary>
    private static byte[]? ReadBytes(FileStream file, int maximumBytes)
    {
        if (file.CanSeek && file.Length > maximumBytes)
            return null;
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        for (int count = file.Read(buffer); count > 0; count = file.Read(buffer))
        {
            if (bytes.Length + count > maximumBytes)
                return null;
            bytes.Write(buffer, 0, count);
        }

        return bytes.ToArray();
    }

    private static string? DescribeException(Exception problem) => problem switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "permission to read this file is denied",
        PathTooLongException => "the path is too long",
        IOException => "the system cannot read this file; another program may have locked it",
        ArgumentException or NotSupportedException => "this is not a valid file name",
        _ => null,
    };
}
