using System.Diagnostics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.KernelTiming;

/// <summary>How fast a kernel is on this machine.</summary>
/// <param name="Kernel">Its name.</param>
/// <param name="Lane">The lane type.</param>
/// <param name="Threads">Number of threads.</param>
/// <param name="UnitStep">
/// The time of a unit-step: wall time divided by the unit-steps of all threads together.
/// </param>
public sealed record KernelSpeed(string Kernel, LaneKind Lane, int Threads, Measurement UnitStep);

/// <summary>
/// The two kernels on every lane type that this machine has, each on one thread, and the widest also on several.
/// They take turns (A B C …, A B C …), so that other work on the machine meets all of them alike.
/// </summary>
public static class KernelContest
{
    private const int FewestTurns = 3;

    private static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(20);

    /// <summary>Measures.</summary>
    /// <param name="time">How long it may take, all together; a few turns are always taken.</param>
    /// <param name="threads">The number of threads beside 1, for the widest lane; with 1 there is no such row.</param>
    /// <param name="cancellation">Ends it early, between two turns.</param>
    /// <returns>Kernel by kernel, the widest lane first.</returns>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static IReadOnlyList<KernelSpeed> Measure(
        TimeSpan time, int threads, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        Contestant[] contestants = [.. Contestants(threads)];
        try
        {
            TimeSpan share = time / (contestants.Length * (FewestTurns + 1)); // one of the turns is to warm up
            TimeSpan length = share < LongestTurn ? share : LongestTurn;
            foreach (Contestant contestant in contestants)
            {
                cancellation.ThrowIfCancellationRequested();
                contestant.WarmUp(length);
            }

            for (int turn = 0; turn < FewestTurns || clock.Elapsed * (turn + 1) < time * turn; turn++)
            {
                foreach (Contestant contestant in contestants)
                {
                    cancellation.ThrowIfCancellationRequested();
                    contestant.TakeTurn(length);
                }
            }

            return
            [
                .. contestants.Select(one => new KernelSpeed(one.Work.Name, one.Lane, one.Threads, one.Measurement)),
            ];
        }
        finally
        {
            foreach (Contestant contestant in contestants)
                contestant.Dispose();
        }
    }

    private static IEnumerable<Contestant> Contestants(int threads)
        => from kernel in Work.Kernels
           from one in LaneKind.All.Where(lane => lane.IsSupported).Reverse().Select(lane => (Lane: lane, Threads: 1))
               .Concat(threads == 1 ? [] : [(LaneKind.Widest, threads)])
           select new Contestant(kernel, one.Lane, one.Threads);
}
