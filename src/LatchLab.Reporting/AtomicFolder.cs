namespace LatchLab.Reporting;

/// <summary>
/// A folder that is written atomically: the files go into a hidden folder beside the target, <c>.name.new-process</c>,
/// which <see cref="Commit"/> moves to the target. An error, an interruption or the end of the process before that
/// removes the hidden folder and the parent folders that were created for it.
/// </summary>
internal sealed class AtomicFolder : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _targetPath;
    private readonly string _temporaryPath;
    private readonly string _backupPath;
    private readonly List<string> _createdParents = []; // the innermost first
    private bool _isClosed;

    /// <summary>Creates the hidden folder.</summary>
    public AtomicFolder(string target)
    {
        _targetPath = target;
        _temporaryPath = StaleTemporaryFolders.GetPath(target, StaleTemporaryFolders.NewPrefix, Environment.ProcessId);
        _backupPath = StaleTemporaryFolders.GetPath(target, StaleTemporaryFolders.OldPrefix, Environment.ProcessId);
        string parent = target;
        while (!Directory.Exists(parent = Path.GetDirectoryName(parent)!))
            _createdParents.Add(parent);
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        try
        {
            Directory.CreateDirectory(_temporaryPath);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Writes a file into the hidden folder.</summary>
    /// <param name="name">Its name in the folder, with forward slashes.</param>
    /// <param name="content">Its content.</param>
    public void WriteFile(string name, byte[] content)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            string file = Path.Combine(_temporaryPath, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            try
            {
                File.WriteAllBytes(file, content);
            }
            catch (ArgumentOutOfRangeException tooLarge)
            {
                // .NET reports EFBIG, a file size limit of the shell or the file system, as this exception.
                throw new IOException("a file would be larger than the system allows (ulimit -f)", tooLarge);
            }
        }
    }

    /// <summary>Moves the hidden folder to the target; an existing report there is removed.</summary>
    public void Commit()
    {
        lock (_gate)
        {
            ThrowIfClosed();
            if (Directory.Exists(_targetPath))
                ReplaceTarget();
            else
                Directory.Move(_temporaryPath, _targetPath);
            _isClosed = true;
            StaleTemporaryFolders.Remove(_backupPath);
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        lock (_gate)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            StaleTemporaryFolders.Remove(_temporaryPath);
            _createdParents.ForEach(RemoveIfEmpty);
        }
    }

    private static void RemoveIfEmpty(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another program uses the folder, or it was never created.
        }
    }

    private void OnProcessExit(object? sender, EventArgs e) => Dispose();

    private void ThrowIfClosed()
    {
        if (_isClosed)
            throw new OperationCanceledException();
    }

    private void ReplaceTarget()
    {
        Directory.Move(_targetPath, _backupPath);
        try
        {
            Directory.Move(_temporaryPath, _targetPath);
        }
        catch
        {
            Directory.Move(_backupPath, _targetPath);
            throw;
        }
    }
}
