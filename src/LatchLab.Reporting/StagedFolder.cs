namespace LatchLab.Reporting;

/// <summary>
/// A new report on its way: a hidden folder beside its place, <c>.name.new-process</c>, that is moved there whole.
/// Whatever comes before that, be it a mistake, an interruption or the end of the process, takes the folder away again,
/// and the parents that were made for it.
/// </summary>
internal sealed class StagedFolder : IDisposable
{
    private readonly Lock gate = new();
    private readonly string target;
    private readonly string fresh;
    private readonly string old;
    private readonly List<string> madeParents = []; // the innermost first
    private bool ended;

    /// <summary>Makes the hidden folder.</summary>
    /// <param name="target">Full path of the report to be.</param>
    public StagedFolder(string target)
    {
        this.target = target;
        fresh = Leftovers.Beside(target, Leftovers.New, Environment.ProcessId);
        old = Leftovers.Beside(target, Leftovers.Old, Environment.ProcessId);
        string parent = target;
        while (!Directory.Exists(parent = Path.GetDirectoryName(parent)!))
            madeParents.Add(parent);
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        try
        {
            Directory.CreateDirectory(fresh);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Writes a file of the report.</summary>
    /// <param name="name">Its name in the folder, with forward slashes.</param>
    /// <param name="content">Its content.</param>
    public void Put(string name, byte[] content)
    {
        lock (gate)
        {
            ThrowIfEnded();
            string file = Path.Combine(fresh, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            try
            {
                File.WriteAllBytes(file, content);
            }
            catch (ArgumentOutOfRangeException tooLarge)
            {
                // So .NET calls what the system calls EFBIG: a limit on file sizes, of the shell or the file system.
                throw new IOException("a file would be larger than the system allows (ulimit -f)", tooLarge);
            }
        }
    }

    /// <summary>Puts the folder in its place; a report that is there is removed.</summary>
    public void MoveIntoPlace()
    {
        lock (gate)
        {
            ThrowIfEnded();
            if (Directory.Exists(target))
                Swap();
            else
                Directory.Move(fresh, target);
            ended = true;
            Leftovers.Remove(old);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        lock (gate)
        {
            if (ended)
                return;
            ended = true;
            Leftovers.Remove(fresh);
            madeParents.ForEach(RemoveIfEmpty);
        }
    }

    private static void RemoveIfEmpty(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: false);
        }
        catch (Exception mistake) when (mistake is IOException or UnauthorizedAccessException)
        {
            // Somebody else uses it by now, or it could not be made in the first place.
        }
    }

    private void OnProcessExit(object? sender, EventArgs e) => Dispose();

    private void ThrowIfEnded()
    {
        if (ended)
            throw new OperationCanceledException();
    }

    private void Swap()
    {
        Directory.Move(target, old);
        try
        {
            Directory.Move(fresh, target);
        }
        catch
        {
            Directory.Move(old, target);
            throw;
        }
    }
}
