using System.Globalization;

namespace LatchLab.Comparison.Work;

/// <summary>What this process has used.</summary>
internal static class ProcessUsage
{
    private const string PeakField = "VmHWM:";

    /// <summary>Wall-clock seconds since <c>benchmarks/run</c> started it; null if it did not.</summary>
    public static double? SecondsSinceStart
        => Environment.GetEnvironmentVariable("BENCHMARK_STARTED") is { } started
            ? (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds
                - double.Parse(started, CultureInfo.InvariantCulture)
            : null;

    /// <summary>The peak resident memory in megabytes; null if the system does not report it.</summary>
    public static double? PeakMegabytes
        => File.Exists("/proc/self/status")
            && File.ReadLines("/proc/self/status").FirstOrDefault(
                line => line.StartsWith(PeakField, StringComparison.Ordinal)) is { } line
            ? double.Parse(line[PeakField.Length..^"kB".Length], CultureInfo.InvariantCulture) / 1024.0
            : null;
}
