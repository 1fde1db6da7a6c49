using System.Buffers;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>One network that was presented with one sequence, ready to carry an error signal back through it.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
internal sealed class SingleSequence<TNetwork>
    where TNetwork : struct, INetwork
{
    private readonly TNetwork network;
    private readonly int length;
    private readonly Unfolding<Scalar, TNetwork> unfolding;
    private readonly LaneMemory<Scalar> inputs;
    private readonly LaneMemory<Scalar> start = new(1);
    private readonly LaneMemory<Scalar> sign = new(1);

    /// <summary>Presents it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="given">
    /// [t − 1][input]: the inputs of the sequence; those that are parameters come before them.
    /// </param>
    /// <param name="sequenceClass">1 or 0: whose trainable inputs they are.</param>
    /// <exception cref="InputException">
    /// It has no step at all, too many to keep every state, or not m inputs in each.
    /// </exception>
    public SingleSequence(
        TNetwork network, IReadOnlyList<double> parameters, IReadOnlyList<double> given, int sequenceClass)
    {
        this.network = network;
        if (given.Count % network.Inputs != 0)
        {
            throw new InputException("", "sequence", $"has {given.Count} numbers, and the network {network.Inputs} " +
                $"inputs a step: give {network.Inputs} for each step");
        }

        length = network.TrainableInputs + (given.Count / network.Inputs);
        if (length == 0)
            throw new InputException("", "sequence", "has no step; a cost at the last step needs at least one");

        const int mostStates = 100_000_000; // 0.8 GB
        if ((length + 1L) * network.Units > mostStates)
        {
            throw new InputException(
                "",
                "sequence",
                $"of {length} steps needs {(length + 1L) * network.Units} states of a network " +
                    $"with {network.Units} units: give at most {mostStates / network.Units - 1} steps");
        }

        unfolding = new(network, bundles: 1, length);
        for (int i = 0; i < parameters.Count; i++)
            unfolding.Parameters.Values[i] = new Scalar(parameters[i]);
        inputs = new(length * network.Inputs);
        for (int i = 0; i < given.Count; i++)
            inputs.Values[network.TrainableInputs + i] = new Scalar(given[i]);
        sign.Values[0] = new Scalar(sequenceClass == 1 ? 1.0 : -1.0);
        unfolding.Forward(Sequence);
    }

    /// <summary>T.</summary>
    public int Length => length;

    /// <summary>x_T of each output.</summary>
    public double[] Outputs
        => [.. Enumerable.Range(0, network.Outputs).Select(k => unfolding.Output(length, bundle: 0, k).Value)];

    private Sequence<Scalar> Sequence => new()
    {
        Inputs = inputs.Row(0, inputs.Length),
        Start = start.Row(0, 1),
        Sign = sign.Row(0, 1),
        Length = length,
        EarliestStart = 0,
        LatestStart = 0,
    };

    /// <summary>x_T − d for each output.</summary>
    /// <exception cref="InputException">There is not a target for each output.</exception>
    public double[] Differences(IReadOnlyList<double> targets)
        => SequenceGradient.TargetMistake(targets.Count, network.Outputs) is { } mistake
            ? throw new InputException("", "target", mistake)
            : [.. Outputs.Zip(targets, (output, target) => output - target)];

    /// <summary>Carries ∂C/∂x_T of each output back.</summary>
    /// <returns>What all times contribute together, [parameter][value].</returns>
    public double[] CarryBack<TContributions>(IReadOnlyList<double> errors)
        where TContributions : struct, IContributions
    {
        LaneMemory<Scalar> memory = Memory<TContributions>();
        unfolding.Backward<TContributions>(Sequence, Lanes(errors), memory.Row(0, memory.Length));
        return memory.Numbers.ToArray();
    }

    /// <summary>
    /// Carries ∂C/∂x_T of each output back and hands over what each time contributes, the last first: one time is in
    /// memory at once.
    /// </summary>
    /// <param name="errors">∂C/∂x_T of each output.</param>
    /// <param name="receive">Takes [parameter][value] of a time, and the time.</param>
    public void CarryBack<TContributions>(IReadOnlyList<double> errors, ReadOnlySpanAction<double, int> receive)
        where TContributions : struct, IContributions
    {
        LaneMemory<Scalar> memory = Memory<TContributions>();
        unfolding.BeginBackward(Sequence, Lanes(errors));
        for (int t = length; t > 0; t--)
        {
            memory.Values.Clear();
            unfolding.StepBack<TContributions>(Sequence, t, memory.Row(0, memory.Length));
            receive(memory.Numbers, t);
        }
    }

    private static Row<Scalar> Lanes(IReadOnlyList<double> numbers)
    {
        var lanes = new LaneMemory<Scalar>(numbers.Count);
        for (int i = 0; i < numbers.Count; i++)
            lanes.Numbers[i] = numbers[i];
        return lanes.Row(0, numbers.Count);
    }

    private LaneMemory<Scalar> Memory<TContributions>()
        where TContributions : struct, IContributions
        => new(checked(network.Parameters * TContributions.ValuesPerParameter));
}
