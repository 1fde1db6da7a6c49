using Xunit;

namespace LatchLab.Tests;

/// <summary>
/// Tests of more than a few seconds run where they are asked for, as <c>.ci/run</c> does, and are skipped, visibly,
/// elsewhere.
/// </summary>
internal static class SlowTests
{
    private const string Variable = "LATCHLAB_SLOW_TESTS";

    public static void SkipUnlessAsked()
        => Assert.SkipUnless(
            Environment.GetEnvironmentVariable(Variable) == "1", $"takes a minute; set {Variable}=1 to run it");
}
