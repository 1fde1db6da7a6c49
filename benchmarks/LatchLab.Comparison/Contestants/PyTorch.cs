namespace LatchLab.Comparison.Contestants;

/// <summary>PyTorch as a distribution packages it: the first Python that has it.</summary>
internal sealed class PyTorch() : Contestant("PyTorch")
{
    private static readonly string[] Pythons = ["python3", "/usr/bin/python3"];

    private readonly string? python = Pythons.FirstOrDefault(one => Say(one, "torch.__version__") is not null);

    public override string Version => python is null ? "none" : $"PyTorch {Say(python, "torch.__version__")}, " +
        $"Python {Child.FirstLine(python, "--version")?.Split(' ')[^1]}";

    /// <summary>The interpreter; the script is the first of the arguments.</summary>
    public override IReadOnlyList<string> Command => [python ?? Pythons[0]];

    /// <summary>The path of one of its scripts.</summary>
    public static string Script(string file) => Path.Combine(Folders.Benchmarks, "peers", "pytorch", file);

    protected override string? Build()
        => python is null ? "no python3 with torch; Debian: apt install python3-torch" : null;

    private static string? Say(string python, string what)
        => Child.FirstLine(python, "-c", $"import torch; print({what})");
}
