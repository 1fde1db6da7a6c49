using LatchLab.Comparison.Implementations;

namespace LatchLab.Comparison.Rounds;

/// <summary>The environment of a comparison.</summary>
/// <param name="Rounds">The number of rounds.</param>
/// <param name="Properties">The machine and the versions.</param>
internal sealed record TestEnvironment(int Rounds, IReadOnlyList<(string Name, string Value)> Properties)
{
    private static string ThreadsText
        => Machine.ThreadsPerCore switch
        {
            null => "",
            1 => "one thread per core according to the system, ",
            { } several => $"{several} threads share a core, ",
        };

    /// <summary>Collects the properties of the machine and of the implementations.</summary>
    public static TestEnvironment Collect(int rounds, IEnumerable<Implementation> implementations)
        => new(
            rounds,
            [
                ("machine", $"{Machine.Processor}, {Environment.ProcessorCount} available cores, " +
                    $"{ThreadsText}{(Machine.HasAvx512 ? "with" : "without")} AVX-512"),
                ("pinned to", Machine.GetPinningCommand(1) is [.., var core] ? $"core {core}" : "nothing"),
                ("system", Machine.OperatingSystemName),
                (".NET", $"{Environment.Version}, SDK {ProcessResult.ReadFirstLine("dotnet", "--version")}"),
                .. implementations.DistinctBy(one => one.Name).Select(
                    one => (one.Name, one.UnavailableReason ?? one.Version)),
            ]);
}
