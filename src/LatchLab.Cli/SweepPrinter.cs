using LatchLab.Experiments;
using LatchLab.Experiments.Catalogue;
using LatchLab.Formats;

namespace LatchLab.Cli;

/// <summary><c>latchlab run --print ID</c>: a figure of ours as a sweep file, the same cells and trials.</summary>
internal static class SweepPrinter
{
    /// <summary>Prints the file.</summary>
    public static int Print(string id, string? profile, RunChoices choices, GivenOptions given)
    {
        ulong seed = choices.Read(given).Seed;
        Fineness fineness = Profiles.Read(profile ?? Profiles.Standard, given.Mistakes);
        IExhibit? exhibit = Choice.Of(
            "--print", id, KnownExhibits.All.ToDictionary(known => known.Id), given.Mistakes);
        string command = $"latchlab reproduce --only {id} --profile {profile ?? Profiles.Standard} --seed {seed}";
        string? text = exhibit is null
            ? null
            : given.Try(() => ExhibitFile.Text(exhibit, new() { Fineness = fineness }, seed, command));
        given.ThrowIfMistaken();
        Console.Out.Write(text);
        return ExitCodes.Success;
    }
}
