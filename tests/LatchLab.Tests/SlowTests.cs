using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests;

/// <summary>
/// How much the tests of robustness do: little in the fast suite, more with <c>LATCHLAB_SLOW_TESTS=1</c>, as in
/// <c>.ci/run</c>, and most with <c>LATCHLAB_NIGHTLY_TESTS=1</c>, as in <c>.ci/nightly</c>. Tests of
/// whole runs, which take a second or more, run only with one of these, and are reported as skipped elsewhere.
/// </summary>
internal static class SlowTests
{
    private const string SlowVariable = "LATCHLAB_SLOW_TESTS", NightlyVariable = "LATCHLAB_NIGHTLY_TESTS";

    /// <summary>Mutated files that each reader reads.</summary>
    public static int MutatedFiles => Choose(fast: 40, slow: 1000, nightly: 10_000);

    /// <summary>
    /// Kills of the process that writes a ledger; with <see cref="ProgramKills"/> a hundred in all, and a thousand.
    /// </summary>
    public static int LedgerKills => Choose(fast: 0, slow: 50, nightly: 800);

    /// <summary>Kills of the whole program, each of which takes some seconds.</summary>
    public static int ProgramKills => Choose(fast: 0, slow: 50, nightly: 200);

    /// <summary>
    /// Lane types whose results are compared: the scalar one and the widest, all with the slow tests. Every further
    /// type is compiled anew, which takes longer than to run it.
    /// </summary>
    public static IReadOnlyList<LaneKind> LaneKinds => IsSlow ? LaneKind.All : [LaneKind.Scalar, LaneKind.Widest];

    private static bool IsNightly => IsSet(NightlyVariable);

    private static bool IsSlow => IsNightly || IsSet(SlowVariable);

    /// <summary>Whether every kind is combined with every other; else some of the combinations stand for all.</summary>
    public static bool CombinesAll => IsSlow;

    public static void SkipUnlessRequested()
        => Assert.SkipUnless(IsSlow, $"takes long; set {SlowVariable}=1 to run it");

    /// <summary>A number of cases.</summary>
    public static int Choose(int fast, int slow) => Choose(fast, slow, slow);

    private static int Choose(int fast, int slow, int nightly) => IsNightly ? nightly : IsSlow ? slow : fast;

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) == "1";
}
