namespace LatchLab.Comparison.Contestants;

/// <summary>A project of this folder, with its version for tables.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="folder">Where it lies, below <c>benchmarks</c>.</param>
/// <param name="version">Its version.</param>
/// <param name="isBuilt">Whether somebody has built it already.</param>
internal sealed class DotNetProject(string name, string folder, string version, bool isBuilt = false)
    : Contestant(name)
{
    private readonly string project = Path.Combine(Folders.Benchmarks, folder);

    public override string Version => version;

    public override IReadOnlyList<string> Command
        => ["dotnet", Path.Combine(project, "bin", "Release", "net10.0", $"{Path.GetFileName(folder)}.dll")];

    protected override string? Build()
    {
        if (isBuilt)
            return null;
        Child child = Child.Run(900, "dotnet", "build", project, "-c", "Release", "-v", "quiet");
        string[] mistakes = [.. child.Output.Split('\n').Where(line => line.Contains(": error "))];
        return child.ExitCode == 0 ? null
            : $"could not be built: {mistakes.FirstOrDefault(child.Complaint).Split(": error ")[^1].Split(" [")[0]}";
    }
}
