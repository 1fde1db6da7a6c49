namespace LatchLab.Comparison.Implementations;

/// <summary>A C++ program that is compiled from one file.</summary>
/// <param name="name">Its name in tables.</param>
/// <param name="sourcePath">The path of its source file, relative to <c>benchmarks</c>.</param>
/// <param name="needsAvx512">Whether it needs AVX-512.</param>
/// <param name="libraries">The libraries that it is linked with.</param>
/// <param name="environment">The variables of its environment.</param>
internal sealed class CompiledProgram(
    string name, string sourcePath, bool needsAvx512, IReadOnlyList<string>? libraries = null,
    IReadOnlyList<string>? environment = null) : Implementation(name)
{
    private const string Compiler = "g++", CompilerNotFound = "g++ not found";

    private static readonly string[] Options = ["-std=c++17", "-O3", "-march=native"];

    private readonly string _source = Path.Combine(RepositoryFolders.Benchmarks, sourcePath);

    public override string Version
        => $"{CompilerVersion ?? CompilerNotFound}, {string.Join(' ', Options.Concat(Libraries))}";

    public override IReadOnlyList<string> CommandPrefix
        => environment is null ? [Executable] : ["env", .. environment, Executable];

    private IEnumerable<string> Libraries => (libraries ?? []).Select(library => $"-l{library}");

    private string Executable => Path.Combine(ArtifactsFolder, Path.GetFileNameWithoutExtension(_source));

    private static string? CompilerVersion => ProcessResult.ReadFirstLine(Compiler, "--version");

    protected override string? Build()
    {
        if (CompilerVersion is null)
            return CompilerNotFound;
        string macros = ProcessResult.Run(60, Compiler, "-march=native", "-dM", "-E", "-x", "c++", "/dev/null").Output;
        if (needsAvx512 && !macros.Contains("__AVX512DQ__"))
            return "AVX-512 (F, DQ) is not supported";
        ProcessResult result = ProcessResult.Run(
            300, [Compiler, .. Options, "-o", Executable, _source, .. Libraries]);
        string? missing = result.Error.Split('\n').FirstOrDefault(line => line.Contains("fatal error"));
        return result.ExitCode == 0 ? null : $"g++ failed: {missing ?? result.LastErrorLine}";
    }
}
