using System.Globalization;

namespace LatchLab.Reporting;

/// <summary>
/// Where a page comes from, which its heading shows. It is not part of the results: these do not depend on it.
/// </summary>
/// <param name="Command">The command line that wrote the page.</param>
/// <param name="Date">The day on which it was written.</param>
public sealed record Provenance(string Command, DateOnly Date)
{
    /// <summary>The parts of an earlier report, which other commands made.</summary>
    public IReadOnlyList<string> KeptParts { get; init; } = [];

    /// <summary>
    /// The day that a page should show: that of the variable <c>SOURCE_DATE_EPOCH</c> (seconds since 1970, UTC; see
    /// reproducible-builds.org), so that the same run can give the same bytes on another day, or else today in UTC.
    /// </summary>
    public static DateOnly Today
        => DateOnly.FromDateTime(
            long.TryParse(Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH"), NumberStyles.None,
                CultureInfo.InvariantCulture, out long seconds) && seconds <= MaximumSeconds
                ? DateTime.UnixEpoch.AddSeconds(seconds) : DateTime.UtcNow);

    private const long MaximumSeconds = 253402300799; // the last second of the year 9999
}
