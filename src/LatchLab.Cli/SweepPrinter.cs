using LatchLab.Experiments;
using LatchLab.Experiments.Catalogue;
using LatchLab.Formats;

namespace LatchLab.Cli;

/// <summary><c>latchlab run --print ID</c>: a figure of ours as a sweep file, the same cells and trials.</summary>
internal static class SweepPrinter
{
    /// <summary>The figures that have trials.</summary>
    public static IEnumerable<string> Exhibits
        => KnownExhibits.All.Where(exhibit => exhibit.Plan(new()).Count > 0).Select(exhibit => exhibit.Id);

    /// <summary>Prints the file.</summary>
    public static int Print(string id, string? profile, GivenOptions given)
    {
        Fineness fineness = Profiles.Read(profile ?? Profiles.Standard, given.Mistakes);
        IExhibit? exhibit = Choice.Of(
            "--print", id, KnownExhibits.All.ToDictionary(known => known.Id), given.Mistakes);
        string command = $"latchlab reproduce --only {id} --profile {profile ?? Profiles.Standard}";
        string? text = exhibit is null
            ? null
            : given.Try(() => ExhibitFile.Text(
                exhibit, new() { Fineness = fineness }, SweepFile.DefaultSeed, command));
        given.ThrowIfMistaken();
        Console.Out.Write(text);
        return ExitCodes.Success;
    }
}
