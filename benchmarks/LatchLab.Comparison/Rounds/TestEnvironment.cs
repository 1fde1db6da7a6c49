using LatchLab.Comparison.Contestants;

namespace LatchLab.Comparison.Rounds;

/// <summary>What was compared where.</summary>
/// <param name="Rounds">How often.</param>
/// <param name="Properties">Machine and versions.</param>
internal sealed record TestEnvironment(int Rounds, IReadOnlyList<(string Name, string Value)> Properties)
{
    private static string ThreadsText
        => Machine.ThreadsPerCore switch
        {
            null => "",
            1 => "one thread a core as the system tells, ",
            { } several => $"{several} threads share a core, ",
        };

    /// <summary>Asks the machine and everybody who takes part.</summary>
    public static TestEnvironment Collect(int rounds, IEnumerable<Implementation> implementations)
        => new(
            rounds,
            [
                ("machine", $"{Machine.Processor}, {Environment.ProcessorCount} cores to use, " +
                    $"{ThreadsText}{(Machine.HasAvx512 ? "with" : "without")} AVX-512"),
                ("pinned to", Machine.GetPinningCommand(1) is [.., var core] ? $"core {core}" : "nothing"),
                ("system", Machine.OperatingSystemName),
                (".NET", $"{Environment.Version}, SDK {ProcessResult.ReadFirstLine("dotnet", "--version")}"),
                .. implementations.DistinctBy(one => one.Name).Select(
                    one => (one.Name, one.UnavailableReason ?? one.Version)),
            ]);
}
