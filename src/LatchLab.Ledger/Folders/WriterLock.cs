using LatchLab.Foundation;

namespace LatchLab.Ledger.Folders;

/// <summary>
/// Whoever writes a ledger holds <c>writer.lock</c> open for himself alone. The system lets go of it when the process
/// ends, however it ends; on a shared folder it is held across machines where the file system can do that (NFS can).
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private readonly FileStream _file;

    private WriterLock(FileStream file) => this._file = file;

    /// <summary>Takes the lock of a folder.</summary>
    /// <exception cref="ValidationException">Another process has it.</exception>
    /// <exception cref="IOException">The disk is full, say.</exception>
    public static WriterLock Acquire(string folder)
        => TryAcquire(folder) ?? throw new ValidationException(
            folder, "", $"is being written by {DescribeOwner(folder)}; wait until it has ended, or end it");

    /// <summary>Takes the lock of a folder; null where another process has it.</summary>
    public static WriterLock? TryAcquire(string folder)
    {
        try
        {
            string path = Path.Combine(folder, LedgerFolder.LockFileName);
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (IsSharingViolation(exception))
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            throw new ValidationException(folder, "", "cannot be written, since we have no permission");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static bool IsSharingViolation(IOException problem) => problem.HResult is
        11 or 35 // EAGAIN: Linux, macOS
        or unchecked((int)0x80070020); // Windows: sharing violation

    private static string DescribeOwner(string folder)
        => RunProgressFile.TryRead(folder) is { } progress
            ? FormattableString.Invariant($"process {progress.Process} on {progress.Host}")
            : "another process";
}
