using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>The motion of a bounded orbit that reaches no stable periodic orbit.</summary>
public enum MotionKind
{
    /// <summary>Finitely many steps do not decide it: it is too slow, on a boundary, or between the others.</summary>
    Undecided,

    /// <summary>It fills an invariant circle or torus: the largest Lyapunov exponent is 0.</summary>
    QuasiPeriodic,

    /// <summary>Small displacements grow: the largest Lyapunov exponent is positive.</summary>
    Chaotic,
}

/// <summary>
/// The motion of an orbit over a number of steps, by its largest finite-time Lyapunov exponent
/// <c>λ = S(T)/T, S(t) = Σ ln ‖M′(a_s)·v_s‖</c> over s ≤ t, v_s the normalized tangent vector.
/// </summary>
/// <param name="Kind">The kind of motion.</param>
/// <param name="Exponent">λ per step, in natural logarithms; NaN or −∞ where a step erases every displacement.</param>
/// <param name="Error">
/// Error of λ. Quasi-periodic: (max S − min S)/T, as S is bounded. Otherwise half the width of the 95 % interval from
/// the means of <see cref="LyapunovExponents.Batches"/> batches.
/// </param>
public readonly record struct LongTermMotion(MotionKind Kind, double Exponent, double Error)
{
    /// <summary>Decides the motion of the orbits from many states, each on its own.</summary>
    /// <param name="system">The system.</param>
    /// <param name="states">The states, in activations, after a transient.</param>
    /// <param name="steps">T, at least <see cref="LyapunovExponents.Batches"/>, rounded down to a multiple.</param>
    /// <param name="maxPeriod">The longest period that is tested, at most the length of a batch.</param>
    /// <param name="lane">The lane type; it affects only the run time.</param>
    /// <param name="threads">Number of threads; it affects only the run time.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static IReadOnlyList<LongTermMotion> Decide(
        DynamicalSystem system, IReadOnlyList<double[]> states, int steps, int maxPeriod, LaneKind? lane = null,
        int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, LyapunovExponents.Batches);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPeriod, 1);
        foreach (double[] state in states)
            UncheckedViews.ThrowIfLengthDiffers(state.Length, system.Dimension);
        return states.Count == 0
            ? []
            : (lane ?? LaneKind.Widest).Accept(new LaneVisitor(system, states, steps, maxPeriod, threads));
    }

    private sealed class LaneVisitor(
        DynamicalSystem system, IReadOnlyList<double[]> states, int steps, int maxPeriod, int threads)
        : ILaneVisitor<LongTermMotion[]>
    {
        public LongTermMotion[] Visit<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
            => system.Accept(new MapVisitor<TLane>(states, steps, maxPeriod, threads));
    }

    private sealed class MapVisitor<TLane>(IReadOnlyList<double[]> states, int steps, int maxPeriod, int threads)
        : IMapVisitor<LongTermMotion[]>
        where TLane : unmanaged, IBitLane<TLane>
    {
        public LongTermMotion[] Visit<TMap>(TMap map)
            where TMap : struct, IMap
        {
            var motions = new LongTermMotion[states.Count];
            int bundles = (states.Count + TLane.Count - 1) / TLane.Count, next = -1;
            void Follow()
            {
                var kernel = new MotionKernel<TLane, TMap>(map, steps, maxPeriod);
                for (int i = Interlocked.Increment(ref next); i < bundles; i = Interlocked.Increment(ref next))
                    DecideBundle(kernel, i * TLane.Count, motions);
            }

            Parallel.Invoke(
                new ParallelOptions { MaxDegreeOfParallelism = threads },
                [.. Enumerable.Repeat((Action)Follow, Math.Clamp(bundles, 1, threads))]);
            return motions;
        }

        private void DecideBundle<TMap>(MotionKernel<TLane, TMap> kernel, int first, LongTermMotion[] motions)
            where TMap : struct, IMap
        {
            for (int lane = 0; lane < TLane.Count; lane++)
            {
                // The lanes beyond the last state repeat it.
                double[] state = states[Math.Min(first + lane, states.Count - 1)];
                for (int i = 0; i < state.Length; i++)
                    kernel.State.Doubles[(i * TLane.Count) + lane] = state[i];
            }

            kernel.Run();
            for (int lane = 0; lane < TLane.Count && first + lane < states.Count; lane++)
                motions[first + lane] = kernel.Result(lane);
        }
    }
}
