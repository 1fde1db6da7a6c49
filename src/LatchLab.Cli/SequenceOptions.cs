using LatchLab.Formats;
using LatchLab.Learning;
using LatchLab.Networks;

namespace LatchLab.Cli;

/// <summary>The options that name a network, a sequence for it and, where there is a cost, its targets.</summary>
internal sealed class SequenceOptions
{
    /// <summary>The network file.</summary>
    public TextOption Network { get; } = new(
        "--network", "N.json", "the network file (see docs/network-files.md)");

    /// <summary>The sequence file.</summary>
    public TextOption Sequence { get; } = new(
        "--sequence", "S.csv", "the file of inputs: a line a step, with a number for each input of the network");

    /// <summary>The targets.</summary>
    public TextOption Target { get; } = new(
        "--target", "D", "the target of the output at the last step (of several, separated by commas)");

    /// <summary>Reads the network, noting every mistake; null where there was one.</summary>
    public NetworkDefinition? ReadNetwork(GivenOptions given)
        => given.RequiredText(Network) is { } path ? given.Try(() => NetworkFile.Read(path)) : null;

    /// <summary>Reads a sequence for a network, noting every mistake; null where there was one.</summary>
    public IReadOnlyList<double>? ReadInputs(GivenOptions given, NetworkDefinition? network)
        => given.RequiredText(Sequence) is { } path
            ? given.Try(() => SequenceFile.Read(path, network?.Inputs))
            : null;

    /// <summary>Reads the targets for a network, noting every mistake.</summary>
    public IReadOnlyList<double> ReadTargets(GivenOptions given, NetworkDefinition? network)
    {
        given.RequiredText(Target);
        IReadOnlyList<double> targets = given.Numbers(Target) ?? [];
        if (targets.Count > 0 && network is not null
            && SequenceGradient.TargetMistake(targets.Count, network.Outputs.Count) is { } mistake)
            given.Mistakes.Add(new(Target.Name, "", mistake));
        return targets;
    }
}
