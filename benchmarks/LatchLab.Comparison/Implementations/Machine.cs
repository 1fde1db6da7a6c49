using System.Runtime.Intrinsics.X86;

namespace LatchLab.Comparison.Implementations;

/// <summary>The machine on which the programs run.</summary>
internal static class Machine
{
    /// <summary>The name, family and model of the processor.</summary>
    public static string Processor
        => $"{ReadCpuInfo("model name") ?? "unknown processor"} " +
            $"(family {ReadCpuInfo("cpu family") ?? "?"}, model {ReadCpuInfo("model") ?? "?"})";

    /// <summary>Whether it supports AVX-512.</summary>
    public static bool HasAvx512 => Avx512DQ.IsSupported;

    /// <summary>The hardware threads per core; null if unknown.</summary>
    public static int? ThreadsPerCore
        => AllowedCores is [.., var core]
            && ReadLines($"/sys/devices/system/cpu/cpu{core}/topology/thread_siblings_list")
                is [{ Length: > 0 } siblings]
            ? siblings.Split(',').SelectMany(ParseRange).Count()
            : null;

    /// <summary>The operating system.</summary>
    public static string OperatingSystemName
        => ReadLines("/etc/os-release").FirstOrDefault(
            line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))
            ?.Split('=')[1].Trim('"') ?? Environment.OSVersion.VersionString;

    /// <summary>The cores that this process may use, in ascending order; empty if unknown.</summary>
    public static IReadOnlyList<int> AllowedCores
        => [
            .. ReadLines("/proc/self/status").Where(
                line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal))
            .SelectMany(line => line.Split(':')[1].Split(',')).SelectMany(ParseRange)];

    /// <summary>The command prefix that pins a program to the last cores; empty if pinning is not possible.</summary>
    public static IReadOnlyList<string> GetPinningCommand(int cores)
        => AllowedCores.Count >= cores && ProcessResult.ReadFirstLine("taskset", "--version") is not null
            ? ["taskset", "-c", string.Join(',', AllowedCores.TakeLast(cores))]
            : [];

    private static IEnumerable<int> ParseRange(string text)
    {
        int[] ends = [.. text.Split('-').Select(int.Parse)];
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }

    private static string? ReadCpuInfo(string name)
        => ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.Split(':')[0].Trim() == name)?.Split(':')[1].Trim();

    private static string[] ReadLines(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];
}
