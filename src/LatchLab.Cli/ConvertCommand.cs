using System.CommandLine;
using LatchLab.Models;
using LatchLab.Models.Interchange;
using LatchLab.Networks;
using LatchLab.Tasks;

namespace LatchLab.Cli;

/// <summary><c>latchlab convert</c>: a network file for other programs (docs/reference/conversions.md).</summary>
internal static class ConvertCommand
{
    private static readonly Argument<string> NetworkPath = Options.Argument("NETWORK", "the network file");

    private static readonly Argument<string> Target = Options.Argument(
        "FILE", $"the file to write, whose ending selects the format: {string.Join(", ", NetworkConversion.Endings)}");

    public static Command Create() => new RunnableCommand(
        "convert", "Convert a network file for ONNX, NumPy or PyTorch.", Run, () => [NetworkPath, Target]);

    private static int Run(ParsedOptions parsed)
    {
        NetworkData? data = null;
        NetworkDefinition? network = parsed.Read(parsed.GetRequired(NetworkPath),
            file => NetworkFile.Read(file, out data, CommandLine.WriteError));
        string? path = parsed.GetRequired(Target);
        parsed.Check(path, NetworkConversion.EnsureWritable);
        if (path is not null)
            parsed.Check(network, known => NetworkConversion.EnsureConvertible(known, path));
        parsed.ThrowIfInvalid();
        NetworkConversion.Write(path!, network!, data);
        Console.Out.WriteLine($"{path}: {network!.Kind} of {network.Parameters.Count} parameters" +
            (data is null ? "" : ", with the normalisation of its inputs"));
        return ExitCodes.Success;
    }
}
