using LatchLab.Comparison.Contestants;

namespace LatchLab.Comparison.Rounds;

/// <summary>What was compared where.</summary>
/// <param name="Rounds">How often.</param>
/// <param name="Named">Machine and versions.</param>
internal sealed record Surroundings(int Rounds, IReadOnlyList<(string Name, string Value)> Named)
{
    private static string Threads
        => Machine.ThreadsOfCore switch
        {
            null => "",
            1 => "one thread a core as the system tells, ",
            { } several => $"{several} threads share a core, ",
        };

    /// <summary>Asks the machine and everybody who takes part.</summary>
    public static Surroundings Ask(int rounds, IEnumerable<Contestant> contestants)
        => new(
            rounds,
            [
                ("machine", $"{Machine.Processor}, {Environment.ProcessorCount} cores to use, " +
                    $"{Threads}{(Machine.HasWideVectors ? "with" : "without")} AVX-512"),
                ("pinned to", Machine.Pinned(1) is [.., var core] ? $"core {core}" : "nothing"),
                ("system", Machine.System),
                (".NET", $"{Environment.Version}, SDK {Child.FirstLine("dotnet", "--version")}"),
                .. contestants.DistinctBy(one => one.Name).Select(one => (one.Name, one.Missing ?? one.Version)),
            ]);
}
