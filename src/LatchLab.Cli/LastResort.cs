using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LatchLab.Cli;

/// <summary>
/// Writes a sentence to standard error without the console, whose assembly may be what the system refuses to load.
/// </summary>
internal static class LastResort
{
    // What keeps the numbers of closed streams occupied, as long as the program runs.
    private static readonly List<SafeFileHandle> Placeholders = [];

    /// <summary>
    /// Occupies the numbers of closed standard streams: the next file that is opened would get one, and what is meant
    /// for the stream would be written into it. A placeholder cannot be written, so that a lost output is reported.
    /// </summary>
    public static void OccupyClosedStreams()
    {
        const int lastStream = 2;
        while (!OperatingSystem.IsWindows())
        {
            SafeFileHandle handle = File.OpenHandle("/dev/null");
            if (handle.DangerousGetHandle() > lastStream)
            {
                handle.Dispose();
                return;
            }

            Placeholders.Add(handle);
        }
    }

    /// <summary>Writes one line; does nothing if standard error is closed.</summary>
    public static void WriteError(string message)
    {
        try
        {
            using var handle = new SafeFileHandle(2, ownsHandle: false);
            using var error = new FileStream(handle, FileAccess.Write, bufferSize: 0);
            error.Write(Encoding.UTF8.GetBytes($"{message}\n"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The exit code still reports the failure.
        }
    }

    /// <summary>Describes a failure of the system in one sentence, and returns the exit code.</summary>
    public static int Report(object failure)
    {
        string message = (failure as Exception)?.Message.ReplaceLineEndings(" ").Trim() ?? "";
        WriteError($"Failed: the system refuses what the program needs, perhaps more open files or memory: {message}");
        return ExitCodes.Failure;
    }
}
