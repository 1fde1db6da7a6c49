using System.Runtime.Intrinsics.X86;

namespace LatchLab.Comparison.Contestants;

/// <summary>What everything ran on.</summary>
internal static class Machine
{
    /// <summary>The processor, by its name, family and model.</summary>
    public static string Processor
        => $"{Cpu("model name") ?? "unknown processor"} " +
            $"(family {Cpu("cpu family") ?? "?"}, model {Cpu("model") ?? "?"})";

    /// <summary>Whether it has AVX-512.</summary>
    public static bool HasWideVectors => Avx512DQ.IsSupported;

    /// <summary>Threads that share a core of the processor; null where the system does not tell.</summary>
    public static int? ThreadsOfCore
        => AllowedCores is [.., var core]
            && Lines($"/sys/devices/system/cpu/cpu{core}/topology/thread_siblings_list") is [{ Length: > 0 } siblings]
            ? siblings.Split(',').SelectMany(Range).Count()
            : null;

    /// <summary>The operating system.</summary>
    public static string System
        => Lines("/etc/os-release").FirstOrDefault(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))
            ?.Split('=')[1].Trim('"') ?? Environment.OSVersion.VersionString;

    /// <summary>The cores that this process may use, in ascending order; none where that cannot be known.</summary>
    public static IReadOnlyList<int> AllowedCores
        => [.. Lines("/proc/self/status").Where(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal))
            .SelectMany(line => line.Split(':')[1].Split(',')).SelectMany(Range)];

    /// <summary>Words that pin what follows them to the last so many cores; none where that cannot be done.</summary>
    public static IReadOnlyList<string> Pinned(int cores)
        => AllowedCores.Count >= cores && Child.FirstLine("taskset", "--version") is not null
            ? ["taskset", "-c", string.Join(',', AllowedCores.TakeLast(cores))]
            : [];

    private static IEnumerable<int> Range(string text)
    {
        int[] ends = [.. text.Split('-').Select(int.Parse)];
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }

    private static string? Cpu(string name)
        => Lines("/proc/cpuinfo").FirstOrDefault(line => line.Split(':')[0].Trim() == name)?.Split(':')[1].Trim();

    private static string[] Lines(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];
}
