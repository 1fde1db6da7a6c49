using LatchLab.Tests.Architecture;
using Xunit;

namespace LatchLab.Tests.Statistics;

/// <summary>
/// The permitted frequency of intervals that lie wholly on one side of the true value, and the tables of the measured
/// frequencies in <c>docs/explanation/statistics.md</c>.
/// </summary>
internal static class LevelTable
{
    /// <summary>Confidence of all intervals, with <see cref="Level"/> on either side.</summary>
    public const double Confidence = 0.99;

    public const double Level = 0.005;

    /// <summary>The largest permitted number of errors: 4.5 standard deviations above the expected one.</summary>
    /// <remarks>
    /// By the Poisson distribution, more than 9 errors of 200 have a probability of 1e-7 at the level, and more than 85
    /// of 10,000 one of 3e-6.
    /// </remarks>
    public static double LargestCount(int samples) => (Level * samples) + 4.5 * Math.Sqrt(Level * samples) + 3.5;

    /// <summary>The documented table is that which was measured, which the message shows.</summary>
    public static void AssertDocumented(IEnumerable<string> lines)
    {
        string table = string.Join('\n', lines);
        string page = Repository.ReadPage("explanation/statistics.md");
        Assert.True(page.ReplaceLineEndings("\n").Contains(table, StringComparison.Ordinal), $"measured:\n{table}");
    }
}
