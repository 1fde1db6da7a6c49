using LatchLab.Learning;
using LatchLab.Models;
using LatchLab.Networks;

namespace LatchLab.Cli;

/// <summary>The options for a network, an input sequence and, for commands that compute a cost, the targets.</summary>
internal sealed class SequenceOptions
{
    /// <summary>The network file.</summary>
    public TextOption Network { get; } = new(
        "--network", "N.json", "the network file (see docs/network-files.md)");

    /// <summary>The sequence file.</summary>
    public TextOption Sequence { get; } = new(
        "--sequence", "S.csv", "the file of inputs: one line per step, with one number for each input of the network");

    /// <summary>The targets.</summary>
    public TextOption Target { get; } = new(
        "--target", "D", "the target of the output at the last step (for several outputs, separated by commas)");

    /// <summary>Reads the network; adds all errors and returns null if there are any.</summary>
    public NetworkDefinition? ReadNetwork(ParsedOptions parsedOptions)
        => parsedOptions.GetRequiredString(Network) is { } path
            ? parsedOptions.CollectErrors(() => NetworkFile.Read(path, CommandLine.WriteError)) : null;

    /// <summary>Reads a sequence for a network; adds all errors and returns null if there are any.</summary>
    public IReadOnlyList<double>? ReadInputs(ParsedOptions parsedOptions, NetworkDefinition? network)
        => parsedOptions.GetRequiredString(Sequence) is { } path
            ? parsedOptions.CollectErrors(() => InputSequenceFile.Read(path, network?.Inputs))
            : null;

    /// <summary>Reads the targets for a network and adds all errors.</summary>
    public IReadOnlyList<double> ReadTargets(ParsedOptions parsedOptions, NetworkDefinition? network)
    {
        parsedOptions.GetRequiredString(Target);
        IReadOnlyList<double> targets = parsedOptions.GetDoubles(Target) ?? [];
        if (targets.Count > 0 && network is not null
            && SequenceGradient.ValidateTargetCount(targets.Count, network.Outputs.Count) is { } error)
            parsedOptions.ValidationErrors.Add(new(Target.Name, "", error));
        return targets;
    }
}
