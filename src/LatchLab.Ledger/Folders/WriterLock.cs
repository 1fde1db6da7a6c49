using LatchLab.Foundation;

namespace LatchLab.Ledger.Folders;

/// <summary>
/// A process that writes a ledger holds <c>writer.lock</c> open with exclusive access. The operating system releases it
/// when the process ends for any reason. On a shared folder the lock works across machines if the file system supports
/// it (NFS does).
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    /// <summary>Acquires the lock of a folder.</summary>
    /// <exception cref="ValidationException">Another process holds the lock.</exception>
    /// <exception cref="IOException">Writing failed, for example because the disk is full.</exception>
    public static WriterLock Acquire(string folder)
        => TryAcquire(folder) ?? throw new ValidationException(
            folder, "", $"is being written by {DescribeOwner(folder)}; wait until it ends, or stop it");

    /// <summary>Acquires the lock of a folder; null if another process holds it.</summary>
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
            throw new ValidationException(folder, "", "cannot be written: permission denied");
        }
    }

    public void Dispose() => _file.Dispose();

    private static bool IsSharingViolation(IOException problem) => problem.HResult is
        11 or 35 // EAGAIN: Linux, macOS
        or unchecked((int)0x80070020); // Windows: sharing violation

    private static string DescribeOwner(string folder)
        => RunProgressFile.TryRead(folder) is { } progress
            ? FormattableString.Invariant($"process {progress.Process} on {progress.Host}")
            : "another process";
}
