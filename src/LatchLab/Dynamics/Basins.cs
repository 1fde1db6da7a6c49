using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The attractor to which each of many starts converges: the basins of attraction β(X) (Definition 3). In one or two
/// dimensions also whether the start lies in the reduced attracting set Γ(X) (Definition 4): the part of β(X) where all
/// eigenvalues of (M^l)′(y) lie inside the unit circle for every l ≥ 1. In more dimensions see
/// <see cref="ReducedSetMembership"/>.
/// </summary>
/// <remarks>
/// An attractor X of period l is treated through M^l: each of its points is a fixed point of M^l, and Γ is taken over
/// the powers of M^l. Once the orbit is in the ball around X and (M^l)′ has a norm below 1 there, no later l can have
/// an eigenvalue outside the unit circle. Every orbit is followed until then.
/// </remarks>
public sealed class Basins
{
    /// <summary>The label of a start whose orbit reached no attractor and stayed within bounds.</summary>
    public const int Undecided = -1;

    /// <summary>The label of a start whose orbit diverged.</summary>
    public const int Divergent = -2;

    private readonly int[] _labels;
    private readonly int[] _entrySteps;
    private readonly double[] _radii;
    private readonly double[]?[] _undecidedStates;

    private Basins(IReadOnlyList<TrappingBall> balls, int count, bool hasRadii)
        => (Balls, _labels, _entrySteps, _radii, _undecidedStates, HasReducedSets)
            = (balls, new int[count], new int[count], new double[hasRadii ? count : 0], new double[count][], hasRadii);

    /// <summary>The balls, indexed by the labels from 0 on.</summary>
    public IReadOnlyList<TrappingBall> Balls { get; }

    /// <summary>Number of starts.</summary>
    public int Count => _labels.Length;

    /// <summary>Whether Γ was computed.</summary>
    public bool HasReducedSets { get; }

    /// <summary>Computes the basin of each start.</summary>
    /// <param name="system">The system.</param>
    /// <param name="balls">Balls around the attractors.</param>
    /// <param name="starts">The starts, in activations.</param>
    /// <param name="maxSteps">Steps after which a start that has reached no attractor is undecided.</param>
    /// <param name="lane">The lane type; it affects only the run time.</param>
    /// <param name="threads">Number of threads; it affects only the run time.</param>
    /// <param name="computeReducedSets">Whether to compute Γ; ignored in more than two dimensions.</param>
    /// <exception cref="ValidationException">The dimension of the starts is not that of the system.</exception>
    public static Basins Compute(
        DynamicalSystem system,
        IReadOnlyList<TrappingBall> balls,
        InitialConditions starts,
        int maxSteps = 10_000,
        LaneKind? lane = null,
        int threads = 1,
        bool computeReducedSets = true)
    {
        if (starts.Dimension != system.Dimension)
        {
            throw new ValidationException("", "start",
                $"starts of {starts.Dimension} values are given, " +
                $"but the system has {system.Dimension} variables: give as many");
        }

        var basins = new Basins(balls, starts.Count, computeReducedSets && system.Dimension <= 2);
        (lane ?? LaneKind.Widest).Accept(new LaneVisitor(system, basins, starts, maxSteps, threads));
        return basins;
    }

    /// <summary>The ball that a start's orbit enters, or <see cref="Undecided"/> or <see cref="Divergent"/>.</summary>
    public int Label(int start) => _labels[start];

    /// <summary>The attractor that a start converges to; null where it is undecided or divergent.</summary>
    public PeriodicOrbit? Attractor(int start) => _labels[start] < 0 ? null : Balls[_labels[start]].Orbit;

    /// <summary>
    /// Number of steps until the orbit entered the ball, 0 if it did not. Above 1,024 it may be up to 64 periods too
    /// large, because slow orbits are not compared with the balls at every step.
    /// </summary>
    public int EntryStep(int start) => _entrySteps[start];

    /// <summary>The last state of a start that is undecided, in activations; null if it is decided.</summary>
    public double[]? UndecidedState(int start) => _undecidedStates[start];

    /// <summary>
    /// The largest modulus of an eigenvalue of (M^l)′ at the start, over the multiples l of the period of its attractor
    /// up to the one after which all are below 1. NaN if the start converges to no attractor, or if the steps did not
    /// suffice.
    /// </summary>
    public double LargestRadius(int start) => _radii[start];

    /// <summary>Whether a start lies in Γ of its attractor.</summary>
    public bool IsInReducedSet(int start) => _radii[start] < 1.0;

    private sealed class LaneVisitor(DynamicalSystem system, Basins basins, InitialConditions starts, int maxSteps,
        int threads)
        : ILaneVisitor<int>
    {
        public int Visit<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
            => system.Accept(new MapVisitor<TLane>(basins, starts, maxSteps, threads));
    }

    private sealed class MapVisitor<TLane>(Basins basins, InitialConditions starts, int maxSteps, int threads)
        : IMapVisitor<int>
        where TLane : unmanaged, IBitLane<TLane>
    {
        private const int ChunkSize = 1024; // starts in one work item of a thread

        public int Visit<TMap>(TMap map)
            where TMap : struct, IMap
        {
            int chunks = (starts.Count + ChunkSize - 1) / ChunkSize, next = -1;
            void Follow()
            {
                bool tracksJacobian = basins.HasReducedSets && basins.Balls.Count > 0;
                var kernel = new BasinKernel<TLane, TMap>(map, basins.Balls, maxSteps, tracksJacobian);
                for (int i = Interlocked.Increment(ref next); i < chunks; i = Interlocked.Increment(ref next))
                {
                    for (int first = i * ChunkSize; first
                        < Math.Min(starts.Count, (i + 1) * ChunkSize); first += TLane.Count)
                        FollowBundle(kernel, first);
                }
            }

            Parallel.Invoke(
                new ParallelOptions { MaxDegreeOfParallelism = threads },
                [.. Enumerable.Repeat((Action)Follow, Math.Clamp(chunks, 1, threads))]);
            return 0;
        }

        private void FollowBundle<TMap>(BasinKernel<TLane, TMap> kernel, int first)
            where TMap : struct, IMap
        {
            Span<double> numbers = kernel.State.Doubles;
            for (int lane = 0; lane < TLane.Count; lane++)
            {
                // The lanes beyond the last start repeat it.
                ReadOnlySpan<double> start = starts[Math.Min(first + lane, starts.Count - 1)];
                for (int i = 0; i < starts.Dimension; i++)
                    numbers[(i * TLane.Count) + lane] = start[i];
            }

            kernel.Run();
            for (int lane = 0; lane < TLane.Count && first + lane < starts.Count; lane++)
            {
                int start = first + lane, label = (int)Number(kernel.Label, lane);
                basins._labels[start] = label;
                basins._entrySteps[start] = label < 0 ? 0 : (int)Number(kernel.EntryStep, lane);
                if (label == Undecided)
                    basins._undecidedStates[start] = LastState(kernel, lane);
                if (basins.HasReducedSets)
                {
                    double radius = label < 0
                        ? double.NaN
                        : Number(kernel.LargestRadius(basins.Balls[label].Orbit.Period), lane);
                    basins._radii[start] = radius < 1.0 && Number(kernel.IsDone, lane) == 0.0 ? double.NaN : radius;
                }
            }
        }

        private static double[] LastState<TMap>(BasinKernel<TLane, TMap> kernel, int lane)
            where TMap : struct, IMap
        {
            var state = new double[kernel.State.Length];
            for (int i = 0; i < state.Length; i++)
                state[i] = kernel.State.Doubles[(i * TLane.Count) + lane];
            return state;
        }

        private static double Number(TLane value, int lane)
            => System.Runtime.InteropServices.MemoryMarshal.Cast<TLane, double>(new Span<TLane>(ref value))[lane];
    }
}
