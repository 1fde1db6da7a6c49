namespace LatchLab.Comparison.Implementations;

/// <summary>PyTorch from the Linux distribution: uses the first Python interpreter that has it.</summary>
internal sealed class PyTorch() : Implementation("PyTorch")
{
    private static readonly string[] InterpreterNames = ["python3", "/usr/bin/python3"];

    private readonly string? _interpreter = InterpreterNames.FirstOrDefault(
        name => Evaluate(name, "torch.__version__") is not null);

    public override string Version
        => _interpreter is null ? "none" : $"PyTorch {Evaluate(_interpreter, "torch.__version__")}, " +
            $"Python {ProcessResult.ReadFirstLine(_interpreter, "--version")?.Split(' ')[^1]}";

    /// <summary>The interpreter; the script is the first argument.</summary>
    public override IReadOnlyList<string> CommandPrefix => [_interpreter ?? InterpreterNames[0]];

    /// <summary>The path of one of its scripts.</summary>
    public static string GetScriptPath(string file)
        => Path.Combine(RepositoryFolders.Benchmarks, "peers", "pytorch", file);

    protected override string? Build()
        => _interpreter is null ? "no Python interpreter with torch found; Debian: apt install python3-torch" : null;

    private static string? Evaluate(string interpreter, string expression)
        => ProcessResult.ReadFirstLine(interpreter, "-c", $"import torch; print({expression})");
}
