using System.CommandLine;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Models;
using LatchLab.Models.Datasets;
using LatchLab.Networks;
using LatchLab.Tasks;

namespace LatchLab.Cli;

/// <summary>The options for a network, an input sequence and, for commands that compute a cost, the targets.</summary>
internal static class SequenceOptions
{
    /// <summary>The network file.</summary>
    public static Option<string?> Network { get; } = Options.Text(
        "--network", "N.json", "the network file (see docs/reference/network-files.md)");

    /// <summary>The sequence file.</summary>
    public static Option<string?> Sequence { get; } = Options.Text(
        "--sequence", "S.csv",
        "the file of inputs: one line per step, with one number for each input of the network; for a network trained " +
            "on a dataset, a file with its columns");

    /// <summary>The sequence of a file of several.</summary>
    public static Option<string?> Name { get; } = Options.Text(
        "--sequence-name", "NAME", "the sequence of a file with columns that has several");

    /// <summary>The targets.</summary>
    public static Option<IReadOnlyList<double>?> Target { get; } = Options.Numbers(
        "--target", "D",
        "the target of the output at the last step (for several outputs, separated by commas); not needed if the " +
            "sequence has a label");

    /// <summary>Reads the network; adds all errors and returns null if there are any.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="check">Checks the network of a file.</param>
    public static NetworkOfFile? ReadNetwork(
        ParsedOptions parsed, Func<NetworkDefinition, string, NetworkDefinition>? check = null)
        => parsed.Read(parsed.GetRequired(Network), path =>
        {
            NetworkDefinition network = NetworkFile.Read(path, out NetworkData? data, CommandLine.WriteError);
            return new NetworkOfFile(check is null ? network : check(network, path), data);
        });

    /// <summary>Reads a sequence for a network; adds all errors and returns null if there are any.</summary>
    public static InputSequence? ReadInputs(ParsedOptions parsed, NetworkOfFile? network)
    {
        string? name = parsed.GetValue(Name);
        return parsed.Read(parsed.GetRequired(Sequence), path =>
        {
            if (network?.Data is { } data && (HasNames(path) || !data.Scaling.IsIdentity))
                return ReadRaw(path, name, data);
            if (name is not null)
                parsed.AddError(Name, "has no effect: a file without the columns of a network has one sequence");
            return new InputSequence(InputSequenceFile.Read(path, network?.Definition.Inputs), Targets: null);
        });
    }

    /// <summary>Reads the targets for a network and adds all errors.</summary>
    public static IReadOnlyList<double> ReadTargets(
        ParsedOptions parsed, NetworkOfFile? network, InputSequence? sequence)
    {
        bool mayHaveLabel = network?.Data is not null && (sequence is null || sequence.Targets is not null);
        if (mayHaveLabel && !parsed.HasValue(Target))
            return sequence?.Targets ?? []; // a sequence that cannot be read has its own errors
        IReadOnlyList<double> targets = parsed.GetRequired(Target) ?? [];
        if (targets.Count > 0 && network is not null
            && SequenceGradient.ValidateTargetCount(targets.Count, network.Definition.Outputs.Count) is { } error)
            parsed.AddError(Target, error);
        return targets;
    }

    private static InputSequence ReadRaw(string path, string? name, NetworkData data)
    {
        if (!HasNames(path) && new FileInfo(path).Length > 0)
        {
            throw new ValidationException($"{path}:1", "", "has no header, and the network normalises its inputs: " +
                $"give a file with the columns {string.Join(", ", data.Columns)}, not normalised");
        }

        using var reader = RawSequenceReader.Open(path, data, isSequenceOptional: true);
        RawSequence sequence = reader.ReadOne(name);
        string steps = NumberFormat.WithNoun(sequence.Steps.Length / data.Columns.Count, "step"),
            delay = data.Delay == 0 ? "" : $", and {NumberFormat.WithNoun(data.Delay, "step")} of delay",
            part = data.Length == 0 ? "" : $" (the last {data.Length} at most)",
            missing = reader.ReplacedNumbers == 0 ? ""
                : $", {NumberFormat.WithNoun(reader.ReplacedNumbers, "missing number")} replaced";
        CommandLine.WriteError($"{path}: {steps}{part} {(data.Scaling.IsIdentity ? "read" : "normalised")} as in " +
            $"the training of the network{delay}{missing}.");
        return new(data.CreateInputs(sequence.Steps), FindTargets(sequence, data));
    }

    /// <summary>Whether a file has named columns or arrays.</summary>
    private static bool HasNames(string path)
        => RawSequenceReader.IsBinary(path) || InputSequenceFile.HasHeader(path);

    /// <summary>The targets of the label of the sequence, or of its last step; null if it is missing.</summary>
    internal static double[]? FindTargets(RawSequence sequence, NetworkData data)
        => data.Classes.Count > 0
            ? sequence.Classes.Count == 0 ? null : data.FindTargets(sequence.Classes[^1])
            : sequence.Values.Length == 0 ? null : data.FindTargets(sequence.Values.AsSpan()[^data.Labels.Count..]);
}

/// <summary>A network and what its file says of its data.</summary>
/// <param name="Definition">The network.</param>
/// <param name="Data">What it needs to read raw data; null if the file does not say it.</param>
internal sealed record NetworkOfFile(NetworkDefinition Definition, NetworkData? Data);

/// <summary>The inputs of a sequence.</summary>
/// <param name="Inputs">[t − 1][input].</param>
/// <param name="Targets">[output]: the targets of its label; null if it has none.</param>
internal sealed record InputSequence(IReadOnlyList<double> Inputs, IReadOnlyList<double>? Targets);
