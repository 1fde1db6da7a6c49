namespace LatchLab.Ledger;

/// <summary>
/// Whoever writes a ledger holds <c>writer.lock</c> open for himself alone. The system lets go of it when the process
/// ends, however it ends; on a shared folder it is held across machines where the file system can do that (NFS can).
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private readonly FileStream file;

    private WriterLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock of a folder.</summary>
    /// <exception cref="InputException">Another process has it.</exception>
    /// <exception cref="IOException">The disk is full, say.</exception>
    public static WriterLock Take(string folder)
        => TryTake(folder) ?? throw new InputException(
            folder, "", $"is being written by {Writer(folder)}; wait until it has ended, or end it");

    /// <summary>Takes the lock of a folder; null where another process has it.</summary>
    public static WriterLock? TryTake(string folder)
    {
        try
        {
            string path = Path.Combine(folder, LedgerFolder.LockName);
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException held) when (IsHeld(held))
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            throw new InputException(folder, "", "cannot be written, since we have no permission");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static bool IsHeld(IOException problem) => problem.HResult is
        11 or 35 // EAGAIN: Linux, macOS
        or unchecked((int)0x80070020); // Windows: sharing violation

    private static string Writer(string folder)
        => LedgerProgress.TryRead(folder) is { } progress
            ? FormattableString.Invariant($"process {progress.Process} on {progress.Host}")
            : "another process";
}
