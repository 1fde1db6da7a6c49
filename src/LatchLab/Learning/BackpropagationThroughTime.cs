using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// Back-propagation through time ([22] of the paper). The forward pass unrolls a recurrent network over a sequence and
/// stores every state. The backward pass visits the states in reverse order and propagates the adjoint ∂C/∂x. It emits
/// one gradient term per parameter and time step (eq. (4)); the update rule decides how to combine them.
/// </summary>
/// <remarks>
/// Each step of the recursion depends on the previous one and has a latency of about a hundred cycles. Therefore
/// several independent bundles of lanes take each step one after another, so that their latencies overlap.
/// </remarks>
public sealed partial class BackpropagationThroughTime<TLane, TNetwork>
    where TLane : unmanaged, ILane<TLane>
    where TNetwork : struct, INetwork
{
    private readonly TNetwork _network;
    private readonly int _bundles;
    private readonly Readout _readout;
    private readonly int _stateSize, _stepSize, _adjointSize;
    private readonly int _timeMask;                         // x_t is at t & _timeMask: all t, or even and odd t
    private readonly LaneMemory<TLane> _states;             // [t][bundle][state, then tape]
    private readonly LaneMemory<TLane> _adjointGradients;   // [t even or odd][bundle][adjoint]: ∂C/∂x_t
    private readonly LaneMemory<TLane> _adjointCurvatures;  // [t even or odd][bundle][adjoint]: H_x at t
    private readonly LaneMemory<TLane> _workspace;          // [step][adjoint] of a bundle, for sums
    private readonly LaneMemory<TLane> _inputGradients;     // [t]: ∂C/∂u_t of a bundle, for sums

    /// <summary>Allocates memory for sequences of up to <paramref name="maxLength"/> steps.</summary>
    /// <param name="network">The network.</param>
    /// <param name="bundles">Number of bundles.</param>
    /// <param name="maxLength">Steps of the longest sequence.</param>
    /// <param name="keepAllStates">False if there is no backward pass: only the last two states are kept.</param>
    public BackpropagationThroughTime(TNetwork network, int bundles, int maxLength, bool keepAllStates = true)
        : this(network, bundles, maxLength, new LaneMemory<TLane>(bundles * network.Parameters), keepAllStates)
    {
    }

    /// <summary>As above, with parameters in memory that the caller owns: [bundle][parameter].</summary>
    public BackpropagationThroughTime(
        TNetwork network, int bundles, int maxLength, LaneMemory<TLane> parameters, bool keepAllStates = true)
    {
        _network = network;
        _bundles = bundles;
        (_stateSize, _stepSize, _adjointSize) = (network.StateSize, network.StepSize, network.AdjointSize);
        _readout = network.Readout;
        _timeMask = keepAllStates ? -1 : 1;
        _states = new(checked((keepAllStates ? maxLength + 1 : 2) * bundles * _stepSize));
        Uniforms = new(TNetwork.IsStochastic && keepAllStates ? checked((maxLength + 1) * bundles * _stateSize) : 0);
        _adjointGradients = new(2 * bundles * _adjointSize);
        _adjointCurvatures = new(2 * bundles * _adjointSize);
        _workspace = new(TNetwork.HasSumBackward<TLane>() ? (BackwardSteps<TLane>.MaximumCount + 1) * _adjointSize : 0);
        _inputGradients = new(TNetwork.HasSumBackward<TLane>() ? maxLength + 1 + network.TrainableInputs : 0);
        Parameters = parameters;
    }

    /// <summary>The parameters of every lane, [bundle][parameter].</summary>
    public LaneMemory<TLane> Parameters { get; }

    /// <summary>
    /// Random numbers for stochastic units, uniform in [0, 1): [t][bundle][unit]. The caller fills them before the
    /// backward pass.
    /// </summary>
    public LaneMemory<TLane> Uniforms { get; }

    /// <summary>x_t of the last presentation, each state followed by its tape: [bundle][value].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UncheckedSpan<TLane> State(int t)
        => _states.Slice((t & _timeMask) * _bundles * _stepSize, _bundles * _stepSize);

    /// <summary>x_t of a bundle, and its tape.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private UncheckedSpan<TLane> StateOf(int bundle, int t) => State(t).Slice(bundle * _stepSize);

    /// <summary>The parameters of a bundle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private UncheckedSpan<TLane> ParametersOf(int bundle)
        => Parameters.Slice(bundle * _network.Parameters, _network.Parameters);

    /// <summary>An output of the last presentation, whose sequences end at t = <paramref name="length"/>.</summary>
    /// <param name="length">T.</param>
    /// <param name="bundle">The bundle.</param>
    /// <param name="output">Index of the output, 0 … k − 1.</param>
    public TLane Output(int length, int bundle, int output)
        => _readout.Compute(ParametersOf(bundle), StateOf(bundle, length), output);

    /// <summary>The forward pass: presents a sequence and computes every state from its start to its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(in SequenceBatch<TLane> sequence)
    {
        BeginForward(sequence);
        TNetwork net = _network;
        int n = net.StepSize, m = net.Inputs, p = net.Parameters, count = _bundles, mask = _timeMask;
        UncheckedSpan<TLane> x = _states.Slice(0, _states.Length), parameters = Parameters.Slice(0, count * p);
        for (int t = sequence.EarliestStart + 1; t <= sequence.Length; t++)
        {
            UncheckedSpan<TLane> before = x.Slice(((t - 1) & mask) * count * n),
                after = x.Slice((t & mask) * count * n);
            UncheckedSpan<TLane> input = sequence.Inputs.Slice((t - 1) * count * m), bundleParameters = parameters;
            for (int b = count; b > 0; b--)
            {
                net.Step(bundleParameters, input, before, after);
                bundleParameters = bundleParameters.Slice(p);    // cheaper than computing b·p
                input = input.Slice(m);
                before = before.Slice(n);
                after = after.Slice(n);
            }

            if (t <= sequence.LatestStart)
                KeepInitialStateBeforeStart(sequence, t);
        }
    }

    /// <summary>Writes the trainable inputs into the sequence and sets every state to its initial value.</summary>
    public void BeginForward(in SequenceBatch<TLane> sequence)
    {
        TrainableInputs.WriteInputs(_network, Parameters.Slice(0, Parameters.Length), sequence, _bundles);
        for (int b = 0; b < _bundles; b++)
        {
            UncheckedSpan<TLane> initialState = StateOf(b, sequence.EarliestStart);
            for (int i = 0; i < _stateSize; i++)
                initialState[i] = TLane.From(_network.InitialState(i));
        }
    }

    /// <summary>Computes the state at time t from the state at time t − 1.</summary>
    public void StepForward(in SequenceBatch<TLane> sequence, int t)
    {
        UncheckedSpan<TLane> before = State(t - 1), after = State(t), inputs = InputsAt(sequence, t);
        for (int b = 0; b < _bundles; b++)
        {
            _network.Step(
                ParametersOf(b),
                inputs.Slice(b * _network.Inputs),
                before.Slice(b * _stepSize),
                after.Slice(b * _stepSize));
        }

        if (t <= sequence.LatestStart)
            KeepInitialStateBeforeStart(sequence, t);
    }

    /// <summary>
    /// The backward pass of the last presentation: propagates the adjoint from the outputs at its end to its start.
    /// </summary>
    /// <param name="sequence">The sequence that was presented.</param>
    /// <param name="outputGradients">
    /// [bundle][output]: ∂C/∂y_T of each output, or [t − 1][bundle][output] with targets at every step; the curvature
    /// is 1, that of ½(y − d)².
    /// </param>
    /// <param name="terms">
    /// Receives the gradient terms, last step first: [bundle][parameter][value], or [t][bundle][parameter][value] if
    /// each time step has its own memory. Zero on entry.
    /// </param>
    /// <param name="truncation">
    /// Number of steps before the target that have gradient terms (Williams and Peng 1990); null for all.
    /// </param>
    public void Backward<TTerms>(in SequenceBatch<TLane> sequence, UncheckedSpan<TLane> outputGradients,
        UncheckedSpan<TLane> terms, int? truncation = null)
        where TTerms : struct, IGradientTerms
    {
        BeginBackward(sequence, outputGradients);
        AddReadoutTerms<TTerms>(sequence, sequence.Length, outputGradients, terms);
        if (sequence.HasTargetsAtEveryStep)
        {
            BackwardFromEveryStep<TTerms>(sequence, outputGradients, terms);
            return;
        }

        int first = Math.Max(sequence.EarliestStart, sequence.Length - (truncation ?? sequence.Length));
        if (TTerms.IsSumOfGradients && TNetwork.HasSumBackward<TLane>())
        {
            for (int b = 0; b < _bundles; b++)
            {
                (int prefixEnd, bool isSignificant) = SumToPrefix(sequence, b, first, terms);
                if (isSignificant)
                    SumThroughPrefix(sequence, b, prefixEnd, first, terms);
            }

            return;
        }

        int end = _network.TrainableInputs == 0 ? first
            : Math.Max(first, Math.Min(sequence.Length, sequence.LatestStart + _network.TrainableInputs));
        BackwardToPrefix<TTerms>(sequence, end, terms);
        BackwardThroughPrefix<TTerms>(sequence, end, first, terms);
    }

    /// <summary>Initializes the adjoint at the end of the last presentation.</summary>
    /// <param name="sequence">The sequence that was presented.</param>
    /// <param name="outputGradients">[bundle][output]: ∂C/∂y_T of each output.</param>
    public void BeginBackward(in SequenceBatch<TLane> sequence, UncheckedSpan<TLane> outputGradients)
    {
        Adjoint<TLane> adjoints = AdjointAt(sequence.Length);
        for (int i = 0; i < _bundles * _adjointSize; i++)
        {
            adjoints.Gradient[i] = TLane.From(0.0);
            adjoints.Curvature[i] = TLane.From(0.0);
        }

        AddOutputAdjoints(sequence, sequence.Length, outputGradients);
    }

    /// <summary>
    /// Takes one step of the backward pass, from time t to t − 1. The steps from all later times must precede it.
    /// </summary>
    /// <param name="sequence">The sequence that was presented.</param>
    /// <param name="t">Time, from <see cref="SequenceBatch{TLane}.Length"/> down to 1.</param>
    /// <param name="terms">Receives the gradient terms, as for <see cref="Backward"/>.</param>
    public void StepBackward<TTerms>(in SequenceBatch<TLane> sequence, int t, UncheckedSpan<TLane> terms)
        where TTerms : struct, IGradientTerms
        => StepBackward<TTerms>(sequence, t, Parameters.Slice(0, Parameters.Length), terms);

    /// <summary>
    /// The backward pass from the end to the prefix, in a range without trainable inputs. It is a separate method
    /// because the registers just suffice for the addresses in this loop; one more would be spilled to memory.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BackwardToPrefix<TTerms>(in SequenceBatch<TLane> sequence, int prefixEnd, UncheckedSpan<TLane> terms)
        where TTerms : struct, IGradientTerms
    {
        TNetwork net = _network;
        int n = net.StepSize, d = net.AdjointSize, m = net.Inputs, p = net.Parameters, count = _bundles;
        int stride = p * TTerms.ValuesPerParameter;
        UncheckedSpan<TLane> x = _states.Slice(0, _states.Length), inputs = sequence.Inputs;
        UncheckedSpan<TLane> parameters = Parameters.Slice(0, count * p);
        Adjoint<TLane> adjoints = new(_adjointGradients.Slice(0, _adjointGradients.Length),
            _adjointCurvatures.Slice(0, _adjointCurvatures.Length));
        for (int t = sequence.Length; t > prefixEnd; t--)
        {
            if (GradientUnderflow.IsCheckDue(t, sequence.Length) && HasUnderflowed<TTerms>(sequence, t))
                return;
            if (t <= sequence.LatestStart)
                MaskBeforeStart(sequence, t);
            UncheckedSpan<TLane> before = x.Slice((t - 1) * count * n), after = x.Slice(t * count * n);
            UncheckedSpan<TLane> input = inputs.Slice((t - 1) * count * m), bundleParameters = parameters,
                bundleTerms = terms;
            int currentOffset = (t & 1) * count * d, previousOffset = (~t & 1) * count * d;
            if (TTerms.HasTermsPerTimeStep)
                bundleTerms = terms.Slice(t * count * stride);
            for (int bundleOffset = 0; bundleOffset < count * d; bundleOffset += d)
            {
                Adjoint<TLane> adjoint = adjoints.Slice(currentOffset + bundleOffset);
                if (TNetwork.IsStochastic)
                    adjoint = new(adjoint.Gradient, adjoint.Curvature) { Uniforms = UniformsAt(t).Slice(bundleOffset) };
                net.StepBackward<TLane, TTerms>(
                    bundleParameters, input, before, after, adjoint, adjoints.Slice(previousOffset + bundleOffset),
                    bundleTerms);
                bundleParameters = bundleParameters.Slice(p);
                bundleTerms = bundleTerms.Slice(stride);
                input = input.Slice(m);
                before = before.Slice(n);
                after = after.Slice(n);
            }
        }
    }

    /// <summary>The backward pass through the prefix, where inputs may be trainable.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BackwardThroughPrefix<TTerms>(in SequenceBatch<TLane> sequence, int prefixEnd, int first,
        UncheckedSpan<TLane> terms)
        where TTerms : struct, IGradientTerms
    {
        UncheckedSpan<TLane> parameters = Parameters.Slice(0, Parameters.Length);
        for (int t = prefixEnd; t > first && !HasUnderflowed<TTerms>(sequence, t); t--)
            StepBackward<TTerms>(sequence, t, parameters, terms);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void StepBackward<TTerms>(
        in SequenceBatch<TLane> sequence, int t, UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> terms)
        where TTerms : struct, IGradientTerms
    {
        int n = _stepSize, d = _adjointSize, m = _network.Inputs, p = _network.Parameters, count = _bundles;
        int stride = p * TTerms.ValuesPerParameter;
        if (t <= sequence.LatestStart)
            MaskBeforeStart(sequence, t);

        UncheckedSpan<TLane> before = State(t - 1), after = State(t), inputs = InputsAt(sequence, t);
        Adjoint<TLane> adjoint = AdjointAt(t), previousAdjoint = AdjointAt(t - 1);
        bool mayHaveTrainableInput = t <= sequence.LatestStart + _network.TrainableInputs;
        for (int b = 0; b < count; b++)
        {
            UncheckedSpan<TLane> bundleTerms = terms.Slice(((TTerms.HasTermsPerTimeStep ? t * count : 0) + b) * stride);
            GradientAndCurvature<TLane> inputDerivatives = _network.StepBackward<TLane, TTerms>(
                parameters.Slice(b * p), inputs.Slice(b * m), before.Slice(b * n), after.Slice(b * n),
                adjoint.Slice(b * d), previousAdjoint.Slice(b * d), bundleTerms);
            if (mayHaveTrainableInput)
                TrainableInputs.AddGradientTerms<TLane, TNetwork, TTerms>(_network, sequence, t, b, inputDerivatives,
                    bundleTerms);
        }
    }

    /// <summary>u_t: [bundle][input].</summary>
    private UncheckedSpan<TLane> InputsAt(in SequenceBatch<TLane> sequence, int t)
        => sequence.Inputs.Slice((t - 1) * _bundles * _network.Inputs);

    private Adjoint<TLane> AdjointAt(int t)
        => new(
            _adjointGradients.Slice((t & 1) * _bundles * _adjointSize, _bundles * _adjointSize),
            _adjointCurvatures.Slice((t & 1) * _bundles * _adjointSize, _bundles * _adjointSize))
        {
            Uniforms = UniformsAt(t),
        };

    private UncheckedSpan<TLane> UniformsAt(int t)
        => TNetwork.IsStochastic ? Uniforms.Slice(t * _bundles * _stateSize, _bundles * _stateSize) : default;

    /// <summary>Keeps x_0 in the lanes whose sequence has not begun at time t.</summary>
    private void KeepInitialStateBeforeStart(in SequenceBatch<TLane> sequence, int t)
    {
        TLane time = TLane.From(t);
        for (int b = 0; b < _bundles; b++)
        {
            UncheckedSpan<TLane> before = StateOf(b, t - 1), after = StateOf(b, t);
            TLane start = sequence.StartOffset[b];
            for (int i = 0; i < _stateSize; i++)
                after[i] = TLane.WhereLess(start, time, after[i], before[i]);
        }
    }

    /// <summary>Sets the adjoint to zero in the lanes whose sequence has not begun at time t.</summary>
    private void MaskBeforeStart(in SequenceBatch<TLane> sequence, int t)
    {
        Adjoint<TLane> adjoint = AdjointAt(t);
        TLane time = TLane.From(t), zero = TLane.From(0.0);
        for (int b = 0; b < _bundles; b++)
        {
            TLane start = sequence.StartOffset[b];
            for (int i = b * _adjointSize; i < (b * _adjointSize) + _stateSize; i++)
            {
                adjoint.Gradient[i] = TLane.WhereLess(start, time, adjoint.Gradient[i], zero);
                adjoint.Curvature[i] = TLane.WhereLess(start, time, adjoint.Curvature[i], zero);
            }
        }
    }

    /// <summary>
    /// Flushes insignificant adjoints to zero if a check is due at time t. Returns whether no significant adjoint
    /// remains, so that the backward pass may end.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool HasUnderflowed<TTerms>(in SequenceBatch<TLane> sequence, int t)
        where TTerms : struct, IGradientTerms
    {
        bool canUnderflow = TTerms.IsSumOfGradients && !TNetwork.IsStochastic; // stochastic units: any adjoint
        if (!canUnderflow || !GradientUnderflow.IsCheckDue(t, sequence.Length))
            return false;
        bool anySignificant = false;
        for (int b = 0; b < _bundles; b++)
            anySignificant |= FlushToZero(AdjointAt(t).Gradient.Slice(b * _adjointSize), _stateSize);
        if (!anySignificant)
            _adjointGradients.Values.Clear();
        return !anySignificant;
    }

    /// <summary>Flushes insignificant adjoints to zero. Returns whether any is significant.</summary>
    private static bool FlushToZero(UncheckedSpan<TLane> adjoints, int count)
    {
        bool anySignificant = false;
        for (int i = 0; i < count; i++)
        {
            adjoints[i] = GradientUnderflow.FlushToZero(adjoints[i], out bool isSignificant);
            anySignificant |= isSignificant;
        }

        return anySignificant;
    }
}
