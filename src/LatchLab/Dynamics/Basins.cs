using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// To which attractor each of many starts converges: the basins of attraction β(X) (Definition 3), and, in one or two
/// dimensions, whether the start lies in the reduced attracting set Γ(X) (Definition 4): β(X) where all eigenvalues of
/// (M^l)′(y) lie inside the unit circle for every l ≥ 1. In more dimensions see <see cref="ReducedSetMembership"/>.
/// </summary>
/// <remarks>
/// An attractor X of period l is treated through M^l, with each of its points a fixed point of its own and Γ taken over
/// the powers of M^l. That no later l can bring an eigenvalue out of the unit circle is certain once the orbit is in
/// the ball around X and (M^l)′ has a norm below 1 there; every orbit is followed so far.
/// </remarks>
public sealed class Basins
{
    /// <summary>The label of a start whose orbit reached no attractor and stayed within bounds.</summary>
    public const int Undecided = -1;

    /// <summary>The label of a start whose orbit went beyond every bound.</summary>
    public const int Divergent = -2;

    private readonly int[] _labels;
    private readonly int[] _entrySteps;
    private readonly double[] _radii;

    private Basins(IReadOnlyList<TrappingBall> balls, int count, bool hasRadii)
        => (Balls, _labels, _entrySteps, _radii, HasReducedSets)
            = (balls, new int[count], new int[count], new double[hasRadii ? count : 0], hasRadii);

    /// <summary>What a label from 0 on is an index of.</summary>
    public IReadOnlyList<TrappingBall> Balls { get; }

    /// <summary>Number of starts.</summary>
    public int Count => _labels.Length;

    /// <summary>Whether Γ is known.</summary>
    public bool HasReducedSets { get; }

    /// <summary>Follows the starts.</summary>
    /// <param name="system">The system.</param>
    /// <param name="balls">Around the attractors.</param>
    /// <param name="starts">In activations.</param>
    /// <param name="maxSteps">Steps after which a start that has reached no attractor is undecided.</param>
    /// <param name="lane">The lane type; it changes nothing but the time.</param>
    /// <param name="threads">Threads; they change nothing but the time.</param>
    /// <param name="computeReducedSets">Whether Γ is wanted; never known in more than two dimensions.</param>
    /// <exception cref="ValidationException">The starts have another dimension than the system.</exception>
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
                $"starts of {starts.Dimension} values are given, but the system " +
                $"has {system.Dimension} variables: give as many");
        }

        var basins = new Basins(balls, starts.Count, computeReducedSets && system.Dimension <= 2);
        (lane ?? LaneKind.Widest).Accept(new LaneVisitor(system, basins, starts, maxSteps, threads));
        return basins;
    }

    /// <summary>The ball that a start's orbit enters, or <see cref="Undecided"/> or <see cref="Divergent"/>.</summary>
    public int Label(int start) => _labels[start];

    /// <summary>The attractor that a start converges to; null where it is undecided or divergent.</summary>
    public PeriodicOrbit? Attractor(int start) => _labels[start] < 0 ? null : Balls[_labels[start]].Orbit;

    /// <summary>Steps until the orbit entered the ball; 0 where it did not.</summary>
    public int EntryStep(int start) => _entrySteps[start];

    /// <summary>
    /// The largest modulus of an eigenvalue of (M^l)′ at the start, over the l (multiples of the period of its
    /// attractor) up to that from which on all are below 1; NaN where it converges to no attractor, or where the steps
    /// did not suffice to tell.
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
        private const int ChunkSize = 1024; // starts that a thread takes at a time

        public int Visit<TMap>(TMap map)
            where TMap : struct, IMap
        {
            int chunks = (starts.Count + ChunkSize - 1) / ChunkSize, next = -1;
            void Follow()
            {
                var kernel = new BasinKernel<TLane, TMap>(map, basins.Balls, maxSteps, basins.HasReducedSets);
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
                if (basins.HasReducedSets)
                {
                    double radius = label < 0
                        ? double.NaN
                        : Number(kernel.LargestRadius(basins.Balls[label].Orbit.Period), lane);
                    basins._radii[start] = radius < 1.0 && Number(kernel.IsDone, lane) == 0.0 ? double.NaN : radius;
                }
            }
        }

        private static double Number(TLane value, int lane)
            => System.Runtime.InteropServices.MemoryMarshal.Cast<TLane, double>(new Span<TLane>(ref value))[lane];
    }
}
