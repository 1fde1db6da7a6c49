using System.CommandLine;
using LatchLab.Learning;
using LatchLab.Models;
using LatchLab.Networks;

namespace LatchLab.Cli;

/// <summary>The options for a network, an input sequence and, for commands that compute a cost, the targets.</summary>
internal static class SequenceOptions
{
    /// <summary>The network file.</summary>
    public static Option<string?> Network { get; } = Options.Text(
        "--network", "N.json", "the network file (see docs/reference/network-files.md)");

    /// <summary>The sequence file.</summary>
    public static Option<string?> Sequence { get; } = Options.Text(
        "--sequence", "S.csv", "the file of inputs: one line per step, with one number for each input of the network");

    /// <summary>The targets.</summary>
    public static Option<IReadOnlyList<double>?> Target { get; } = Options.Numbers(
        "--target", "D", "the target of the output at the last step (for several outputs, separated by commas)");

    /// <summary>Reads the network; adds all errors and returns null if there are any.</summary>
    public static NetworkDefinition? ReadNetwork(ParsedOptions parsed)
        => parsed.Read(parsed.GetRequired(Network), path => NetworkFile.Read(path, CommandLine.WriteError));

    /// <summary>Reads a sequence for a network; adds all errors and returns null if there are any.</summary>
    public static IReadOnlyList<double>? ReadInputs(ParsedOptions parsed, NetworkDefinition? network)
        => parsed.Read(parsed.GetRequired(Sequence), path => InputSequenceFile.Read(path, network?.Inputs));

    /// <summary>Reads the targets for a network and adds all errors.</summary>
    public static IReadOnlyList<double> ReadTargets(ParsedOptions parsed, NetworkDefinition? network)
    {
        IReadOnlyList<double> targets = parsed.GetRequired(Target) ?? [];
        if (targets.Count > 0 && network is not null
            && SequenceGradient.ValidateTargetCount(targets.Count, network.Outputs.Count) is { } error)
            parsed.AddError(Target, error);
        return targets;
    }
}
