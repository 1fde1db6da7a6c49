namespace LatchLab.Comparison.Implementations;

/// <summary>A .NET project in <c>benchmarks</c>.</summary>
/// <param name="name">Its name in tables.</param>
/// <param name="folder">Its folder, relative to <c>benchmarks</c>.</param>
/// <param name="version">Its version.</param>
/// <param name="isBuilt">Whether it is already built.</param>
internal sealed class DotNetProject(string name, string folder, string version, bool isBuilt = false)
    : Implementation(name)
{
    private readonly string _project = Path.Combine(RepositoryFolders.Benchmarks, folder);

    public override string Version => version;

    public override IReadOnlyList<string> CommandPrefix
        => ["dotnet", Path.Combine(_project, "bin", "Release", "net10.0", $"{Path.GetFileName(folder)}.dll")];

    protected override string? Build()
    {
        if (isBuilt)
            return null;
        ProcessResult result = ProcessResult.Run(900, "dotnet", "build", _project, "-c", "Release", "-v", "quiet");
        if (result.ExitCode == 0)
            return null;
        string[] errors = [.. result.Output.Split('\n').Where(line => line.Contains(": error "))];
        string firstError = errors.FirstOrDefault(result.LastErrorLine).Split(": error ")[^1].Split(" [")[0];
        return $"build failed: {firstError}";
    }
}
