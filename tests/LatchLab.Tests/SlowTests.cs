using Xunit;

namespace LatchLab.Tests;

/// <summary>
/// Tests that take more than a few seconds run only on request, as in <c>.ci/run</c>. Elsewhere they are reported as
/// skipped.
/// </summary>
internal static class SlowTests
{
    private const string Variable = "LATCHLAB_SLOW_TESTS";

    public static void SkipUnlessRequested()
        => Assert.SkipUnless(
            Environment.GetEnvironmentVariable(Variable) == "1", $"takes long; set {Variable}=1 to run it");
}
