using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// A recurrent network unfolded in time ([22] of the paper): forward through a sequence with every state kept, then
/// backward through the same states with the error signal. What becomes of the contributions that the way back gives
/// off (eq. (4)) is left to the learning rule.
/// </summary>
/// <remarks>
/// A step of the recursion must wait for the one before it, some hundred cycles. So several independent bundles of
/// lanes take each step together, one after the other: while one waits, the processor works on the next.
/// </remarks>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
/// <typeparam name="TNetwork">The network.</typeparam>
public sealed class Unfolding<TLane, TNetwork>
    where TLane : unmanaged, ILane<TLane>
    where TNetwork : struct, INetwork
{
    private readonly TNetwork network;
    private readonly int bundles;
    private readonly int units;
    private readonly int kept;                          // t & kept is where x_t lies: all times, or even and odd
    private readonly LaneMemory<TLane> states;          // [t][bundle][unit]
    private readonly LaneMemory<TLane> gradients;       // [t even or odd][bundle][unit]: ∂C/∂x_t
    private readonly LaneMemory<TLane> curvatures;      // [t even or odd][bundle][unit]: H_x at t

    /// <summary>Memory for sequences of up to <paramref name="longest"/> steps.</summary>
    /// <param name="network">The network.</param>
    /// <param name="bundles">Number of bundles.</param>
    /// <param name="longest">Steps of the longest sequence.</param>
    /// <param name="keepsStates">
    /// False if no error signal will be carried back: then only the last two states are kept.
    /// </param>
    public Unfolding(TNetwork network, int bundles, int longest, bool keepsStates = true)
        : this(network, bundles, longest, new LaneMemory<TLane>(bundles * network.Parameters), keepsStates)
    {
    }

    /// <summary>The same, with parameters that lie in memory of somebody else: [bundle][parameter].</summary>
    public Unfolding(
        TNetwork network, int bundles, int longest, LaneMemory<TLane> parameters, bool keepsStates = true)
    {
        this.network = network;
        this.bundles = bundles;
        units = network.Units;
        kept = keepsStates ? -1 : 1;
        states = new(checked((keepsStates ? longest + 1 : 2) * bundles * units));
        Uniforms = new(TNetwork.PropagatesByChance && keepsStates ? checked((longest + 1) * bundles * units) : 0);
        gradients = new(2 * bundles * units);
        curvatures = new(2 * bundles * units);
        Parameters = parameters;
    }

    /// <summary>The parameters of every lane, [bundle][parameter].</summary>
    public LaneMemory<TLane> Parameters { get; }

    /// <summary>
    /// Random numbers for units that propagate by chance, uniform in [0, 1): [t][bundle][unit]. To be filled before an
    /// error signal is carried back.
    /// </summary>
    public LaneMemory<TLane> Uniforms { get; }

    /// <summary>x_t of the last presentation: [bundle][unit].</summary>
    public Row<TLane> State(int t) => states.Row((t & kept) * bundles * units, bundles * units);

    /// <summary>An output x_T of the last presentation, of sequences that end at <paramref name="length"/>.</summary>
    /// <param name="length">T.</param>
    /// <param name="bundle">The bundle.</param>
    /// <param name="output">Which output, 0 … k − 1.</param>
    public TLane Output(int length, int bundle, int output)
        => State(length)[(bundle * units) + network.OutputUnit(output)];

    /// <summary>Presents a sequence: computes every state from its start to its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(in Sequence<TLane> sequence)
    {
        Begin(sequence);
        TNetwork net = network;
        int n = net.Units, m = net.Inputs, p = net.Parameters, count = bundles, mask = kept;
        Row<TLane> x = states.Row(0, states.Length), parameters = Parameters.Row(0, count * p);
        for (int t = sequence.EarliestStart + 1; t <= sequence.Length; t++)
        {
            Row<TLane> before = x.From(((t - 1) & mask) * count * n), after = x.From((t & mask) * count * n);
            Row<TLane> input = sequence.Inputs.From((t - 1) * count * m), own = parameters;
            for (int b = count; b > 0; b--)
            {
                net.Step(own, input, before, after);
                own = own.From(p);              // walking along is cheaper than b·p
                input = input.From(m);
                before = before.From(n);
                after = after.From(n);
            }

            if (t <= sequence.LatestStart)
                KeepWaiting(sequence, t);
        }
    }

    /// <summary>Puts the trainable inputs into the sequence and every unit into its initial state.</summary>
    public void Begin(in Sequence<TLane> sequence)
    {
        TrainableInputs.Write(network, Parameters.Row(0, Parameters.Length), sequence, bundles);
        Row<TLane> first = State(sequence.EarliestStart);
        for (int i = 0; i < bundles * units; i++)
            first[i] = TLane.From(network.InitialState(i % units));
    }

    /// <summary>Takes a single step of a sequence, the one to time t.</summary>
    public void Step(in Sequence<TLane> sequence, int t)
    {
        Row<TLane> before = State(t - 1), after = State(t), inputs = InputsAt(sequence, t);
        for (int b = 0; b < bundles; b++)
        {
            network.Step(
                Parameters.Row(b * network.Parameters, network.Parameters),
                inputs.From(b * network.Inputs),
                before.From(b * units),
                after.From(b * units));
        }

        if (t <= sequence.LatestStart)
            KeepWaiting(sequence, t);
    }

    /// <summary>Carries the error signal of the last presentation's outputs back to its start.</summary>
    /// <param name="sequence">The sequence that was presented.</param>
    /// <param name="errors">
    /// [bundle][output]: ∂C/∂x_T at each output; the curvature there is 1, that of ½(x_T − d)².
    /// </param>
    /// <param name="memory">
    /// [bundle][parameter][value], or [t][bundle][parameter][value] if every time has a memory of its own: where the
    /// contributions go, the last step first; zero before.
    /// </param>
    public void Backward<TContributions>(in Sequence<TLane> sequence, Row<TLane> errors, Row<TLane> memory)
        where TContributions : struct, IContributions
    {
        if (TNetwork.IsLatch && !TNetwork.PropagatesByChance && TContributions.IsSumOfGradients && TLane.Vectors > 1)
        {
            Row<TLane> parameters = Parameters.Row(0, Parameters.Length), x = states.Row(0, states.Length);
            LatchBackward.Carry(network, bundles, parameters, x, sequence, errors, memory);
            return;
        }

        BeginBackward(sequence, errors);
        int opening = Math.Min(sequence.Length, sequence.LatestStart + network.TrainableInputs);
        if (network.TrainableInputs == 0)
            opening = sequence.EarliestStart;
        BackwardInStep<TContributions>(sequence, opening, memory);
        BackwardThroughOpening<TContributions>(sequence, opening, memory);
    }

    /// <summary>Puts the error signal of the last presentation's outputs at its end.</summary>
    /// <param name="sequence">The sequence that was presented.</param>
    /// <param name="errors">[bundle][output]: ∂C/∂x_T at each output.</param>
    public void BeginBackward(in Sequence<TLane> sequence, Row<TLane> errors)
    {
        Signal<TLane> signal = SignalAt(sequence.Length);
        for (int i = 0; i < bundles * units; i++)
        {
            signal.Gradient[i] = TLane.From(0.0);
            signal.Curvature[i] = TLane.From(0.0);
        }

        for (int i = 0; i < bundles * network.Outputs; i++)
        {
            int unit = (i / network.Outputs * units) + network.OutputUnit(i % network.Outputs);
            signal.Gradient[unit] = errors[i];
            signal.Curvature[unit] = TLane.From(1.0);
        }
    }

    /// <summary>Takes a single step of the way back, the one from time t; those after t come before it.</summary>
    /// <param name="sequence">The sequence that was presented.</param>
    /// <param name="t">Time, from <see cref="Sequence{TLane}.Length"/> down to 1.</param>
    /// <param name="memory">Where the contributions go, as for <see cref="Backward"/>.</param>
    public void StepBack<TContributions>(in Sequence<TLane> sequence, int t, Row<TLane> memory)
        where TContributions : struct, IContributions
        => StepBack<TContributions>(sequence, t, Parameters.Row(0, Parameters.Length), memory);

    /// <summary>
    /// From the end back to the opening, where no input is a parameter. Apart from the rest because the processor has
    /// just enough registers for the addresses that this loop needs; one more, and it waits for them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BackwardInStep<TContributions>(in Sequence<TLane> sequence, int opening, Row<TLane> memory)
        where TContributions : struct, IContributions
    {
        TNetwork net = network;
        int n = net.Units, m = net.Inputs, p = net.Parameters, count = bundles;
        int stride = p * TContributions.ValuesPerParameter;
        Row<TLane> x = states.Row(0, states.Length), inputs = sequence.Inputs;
        Row<TLane> parameters = Parameters.Row(0, count * p);
        Signal<TLane> signals = new(gradients.Row(0, gradients.Length), curvatures.Row(0, curvatures.Length));
        for (int t = sequence.Length; t > opening; t--)
        {
            if (FaintSignals.AreDue(t, sequence.Length) && HasFaded<TContributions>(sequence, t))
                return;
            if (t <= sequence.LatestStart)
                Silence(sequence, t);
            Row<TLane> before = x.From((t - 1) * count * n), after = x.From(t * count * n);
            Row<TLane> input = inputs.From((t - 1) * count * m), own = parameters, shares = memory;
            int now = (t & 1) * count * n, then = (~t & 1) * count * n;
            if (TContributions.KeepsTimes)
                shares = memory.From(t * count * stride);
            for (int at = 0; at < count * n; at += n)
            {
                Signal<TLane> signal = signals.From(now + at);
                if (TNetwork.PropagatesByChance)
                    signal = new(signal.Gradient, signal.Curvature) { Uniforms = UniformsAt(t).From(at) };
                net.StepBack<TLane, TContributions>(
                    own, input, before, after, signal, signals.From(then + at), shares);
                own = own.From(p);
                shares = shares.From(stride);
                input = input.From(m);
                before = before.From(n);
                after = after.From(n);
            }
        }
    }

    /// <summary>Where inputs are parameters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BackwardThroughOpening<TContributions>(in Sequence<TLane> sequence, int opening, Row<TLane> memory)
        where TContributions : struct, IContributions
    {
        Row<TLane> parameters = Parameters.Row(0, Parameters.Length);
        for (int t = opening; t > sequence.EarliestStart && !HasFaded<TContributions>(sequence, t); t--)
            StepBack<TContributions>(sequence, t, parameters, memory);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void StepBack<TContributions>(
        in Sequence<TLane> sequence, int t, Row<TLane> parameters, Row<TLane> memory)
        where TContributions : struct, IContributions
    {
        int n = units, m = network.Inputs, p = network.Parameters, count = bundles;
        int stride = p * TContributions.ValuesPerParameter;
        if (t <= sequence.LatestStart)
            Silence(sequence, t);

        Row<TLane> before = State(t - 1), after = State(t), inputs = InputsAt(sequence, t);
        Signal<TLane> signal = SignalAt(t), earlier = SignalAt(t - 1);
        bool mayBeTrainable = t <= sequence.LatestStart + network.TrainableInputs;
        for (int b = 0; b < count; b++)
        {
            Row<TLane> shares = memory.From(((TContributions.KeepsTimes ? t * count : 0) + b) * stride);
            Derivatives<TLane> atInput = network.StepBack<TLane, TContributions>(
                parameters.From(b * p), inputs.From(b * m), before.From(b * n), after.From(b * n),
                signal.From(b * n), earlier.From(b * n), shares);
            if (mayBeTrainable)
                TrainableInputs.Contribute<TLane, TNetwork, TContributions>(network, sequence, t, b, atInput, shares);
        }
    }

    /// <summary>u_t: [bundle][input].</summary>
    private Row<TLane> InputsAt(in Sequence<TLane> sequence, int t)
        => sequence.Inputs.From((t - 1) * bundles * network.Inputs);

    private Signal<TLane> SignalAt(int t)
        => new(
            gradients.Row((t & 1) * bundles * units, bundles * units),
            curvatures.Row((t & 1) * bundles * units, bundles * units))
        {
            Uniforms = UniformsAt(t),
        };

    private Row<TLane> UniformsAt(int t)
        => TNetwork.PropagatesByChance ? Uniforms.Row(t * bundles * units, bundles * units) : default;

    /// <summary>Keeps x_0 in the lanes whose sequence has not begun at time t.</summary>
    private void KeepWaiting(in Sequence<TLane> sequence, int t)
    {
        Row<TLane> before = State(t - 1), after = State(t);
        int n = units, count = bundles;
        TLane now = TLane.From(t);
        for (int b = 0; b < count; b++)
        {
            TLane start = sequence.Start[b];
            for (int i = b * n; i < (b + 1) * n; i++)
                after[i] = TLane.WhereLess(start, now, after[i], before[i]);
        }
    }

    /// <summary>Ends the error signal in the lanes whose sequence has not begun at time t.</summary>
    private void Silence(in Sequence<TLane> sequence, int t)
    {
        Signal<TLane> signal = SignalAt(t);
        TLane now = TLane.From(t), zero = TLane.From(0.0);
        for (int b = 0; b < bundles; b++)
        {
            TLane start = sequence.Start[b];
            for (int i = b * units; i < (b + 1) * units; i++)
            {
                signal.Gradient[i] = TLane.WhereLess(start, now, signal.Gradient[i], zero);
                signal.Curvature[i] = TLane.WhereLess(start, now, signal.Curvature[i], zero);
            }
        }
    }

    /// <summary>Ends the faint signals at time t, if it is time to; whether there is no other, nor will be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool HasFaded<TContributions>(in Sequence<TLane> sequence, int t)
        where TContributions : struct, IContributions
    {
        bool mayFade = TContributions.IsSumOfGradients && !TNetwork.PropagatesByChance; // chance answers any signal
        if (!mayFade || !FaintSignals.AreDue(t, sequence.Length))
            return false;
        bool any = false;
        Row<TLane> signals = SignalAt(t).Gradient;
        for (int i = 0; i < bundles * units; i++)
        {
            signals[i] = FaintSignals.Silence(signals[i], out bool isHeard);
            any |= isHeard;
        }

        if (!any)
            gradients.Values.Clear();
        return !any;
    }
}
