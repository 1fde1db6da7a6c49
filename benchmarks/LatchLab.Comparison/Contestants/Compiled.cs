namespace LatchLab.Comparison.Contestants;

/// <summary>A program of C++ that is compiled from one file.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="text">Where its text lies, below <c>benchmarks</c>.</param>
/// <param name="needsWideVectors">Whether it needs AVX-512.</param>
internal sealed class Compiled(string name, string text, bool needsWideVectors) : Contestant(name)
{
    private const string Compiler = "g++";

    private static readonly string[] Options = ["-std=c++17", "-O3", "-march=native"];

    private readonly string source = Path.Combine(Folders.Benchmarks, text);

    public override string Version => $"{CompilerVersion ?? "no g++"}, {string.Join(' ', Options)}";

    public override IReadOnlyList<string> Command
        => [Path.Combine(Artifacts, Path.GetFileNameWithoutExtension(source))];

    private static string? CompilerVersion => Child.FirstLine(Compiler, "--version");

    protected override string? Build()
    {
        if (CompilerVersion is null)
            return "no g++";
        string macros = Child.Run(60, Compiler, "-march=native", "-dM", "-E", "-x", "c++", "/dev/null").Output;
        if (needsWideVectors && !macros.Contains("__AVX512DQ__"))
            return "no AVX-512 (F, DQ)";
        Child child = Child.Run(300, [Compiler, .. Options, "-o", Command[0], source]);
        return child.ExitCode == 0 ? null : $"g++ failed: {child.Complaint}";
    }
}
