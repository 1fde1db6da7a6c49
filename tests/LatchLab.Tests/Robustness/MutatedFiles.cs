using LatchLab.Foundation;
using Xunit;

namespace LatchLab.Tests.Robustness;

/// <summary>
/// Gives a reader mutated files. It either reads one or reports ordinary errors, in single lines; any other exception
/// fails, and so does a reader that does not end.
/// </summary>
internal static class MutatedFiles
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    /// <summary>Reads mutated copies of some files, as many as <see cref="SlowTests.MutatedFiles"/> tells.</summary>
    /// <param name="fileName">The name under which a mutated file is stored, alone in a folder.</param>
    /// <param name="originals">The contents of the original files, which must be readable.</param>
    /// <param name="read">Reads the file with the given path completely.</param>
    public static void Check(string fileName, IReadOnlyList<byte[]> originals, Action<string> read)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("latchlab-");
        try
        {
            string path = Path.Combine(folder.FullName, fileName);
            foreach (byte[] original in originals)
                Assert.True(IsRead(path, original, read), $"{fileName}: an original is rejected");
            var random = new Random(1994);
            int rejected = 0;
            for (int i = 0; i < SlowTests.MutatedFiles; i++)
            {
                if (!IsRead(path, FileMutator.Mutate(originals[i % originals.Count], random), read))
                    rejected++;
            }

            // Otherwise the mutations test little. All may be rejected: an archive checks its sums.
            Assert.InRange(rejected, 1, SlowTests.MutatedFiles);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool IsRead(string path, byte[] content, Action<string> read)
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(path)!))
        {
            if (Directory.Exists(entry))
                Directory.Delete(entry, recursive: true);
            else
                File.Delete(entry);
        }

        File.WriteAllBytes(path, content);
        Exception? failure = null;
        Task reading = Task.Run(() => failure = Record.Exception(() => read(path)));
        Assert.True(reading.Wait(TimeLimit), $"reading does not end: {Describe(content)}");
        Assert.True(failure is null || IsOrdinary(failure), $"{failure}\nwhile reading {Describe(content)}");
        return failure is null;
    }

    /// <summary>
    /// Whether the command line reports an exception as an error of the input or of the file. The text of SQLite in an
    /// <see cref="IOException"/> may quote what it has read; the command line prints it in one line.
    /// </summary>
    private static bool IsOrdinary(Exception exception) => exception switch
    {
        ValidationException invalid => invalid.Errors.Count > 0 && invalid.Errors.All(
            error => error.Message.Length > 0 && !error.ToString().Any(char.IsControl)),
        IOException => exception.Message.Length > 0,
        _ => false,
    };

    private static string Describe(byte[] content) => Convert.ToBase64String(content);
}
