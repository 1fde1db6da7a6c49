namespace LatchLab.Comparison.Implementations;

/// <summary>
/// A program in the comparison. To add one, derive a class, list it in <see cref="Rounds.BenchmarkPlan"/>, and let the
/// program print one line of JSON in the format of <see cref="Rounds.BenchmarkResult"/>.
/// </summary>
/// <param name="name">Its name in tables.</param>
internal abstract class Implementation(string name)
{
    /// <summary>The output folder of the compilers.</summary>
    protected static string ArtifactsFolder
        => Directory.CreateDirectory(Path.Combine(RepositoryFolders.Benchmarks, "artifacts")).FullName;

    /// <summary>Its name in tables.</summary>
    public string Name => name;

    /// <summary>Why it is not available on this machine; null if it is, once <see cref="Prepare"/> has run.</summary>
    public string? UnavailableReason { get; private set; }

    /// <summary>Its version and the versions of its dependencies.</summary>
    public abstract string Version { get; }

    /// <summary>The start of its command line: the program and fixed arguments.</summary>
    public abstract IReadOnlyList<string> CommandPrefix { get; }

    /// <summary>Builds it.</summary>
    public void Prepare() => UnavailableReason = Build();

    /// <summary>Builds it; returns the reason if it is not available, or null.</summary>
    protected abstract string? Build();
}

/// <summary>The source folders of the repository.</summary>
internal static class RepositoryFolders
{
    /// <summary>The folder <c>benchmarks</c>: an ancestor of the folder of the running program.</summary>
    public static string Benchmarks { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && folder.Name != "LatchLab.Comparison")
            folder = folder.Parent;
        return folder?.Parent?.FullName
            ?? throw new DirectoryNotFoundException(
                "This program must run from its build folder; start it with benchmarks/run.");
    }
}
