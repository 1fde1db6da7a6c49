namespace LatchLab.Comparison.Contestants;

/// <summary>
/// A program that takes part. To add one: derive from this, list it in <see cref="Rounds.BenchmarkPlan"/>, and have it
/// print a line of JSON as <see cref="Rounds.BenchmarkResult"/> reads it.
/// </summary>
/// <param name="name">What tables call it.</param>
internal abstract class Implementation(string name)
{
    /// <summary>Where compilers put what they make.</summary>
    protected static string ArtifactsFolder
        => Directory.CreateDirectory(Path.Combine(RepositoryFolders.Benchmarks, "artifacts")).FullName;

    /// <summary>What tables call it.</summary>
    public string Name => name;

    /// <summary>Why it cannot take part here; null where it can, once it has been prepared.</summary>
    public string? UnavailableReason { get; private set; }

    /// <summary>Its version and those of what it is made with.</summary>
    public abstract string Version { get; }

    /// <summary>The program with which its arguments begin.</summary>
    public abstract IReadOnlyList<string> CommandPrefix { get; }

    /// <summary>Builds it.</summary>
    public void Prepare() => UnavailableReason = Build();

    /// <summary>Builds it; what stands in the way, or null.</summary>
    protected abstract string? Build();
}

/// <summary>Where the sources lie.</summary>
internal static class RepositoryFolders
{
    /// <summary>The folder <c>benchmarks</c>: the parent, some levels up, of the program's own project.</summary>
    public static string Benchmarks { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && folder.Name != "LatchLab.Comparison")
            folder = folder.Parent;
        return folder?.Parent?.FullName
            ?? throw new DirectoryNotFoundException("It runs from its own build folder only: use benchmarks/run.");
    }
}
