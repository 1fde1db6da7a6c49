using LatchLab.Paper;
using LatchLab.Paper.Experiments;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab run --print ID</c>: prints a figure as a sweep file with the same configurations and trials.
/// </summary>
internal static class SweepPrinter
{
    /// <summary>Prints the file.</summary>
    public static int Print(string id, string? profile, ExecutionOptions executionOptions, ParsedOptions parsedOptions)
    {
        ulong seed = executionOptions.Read(parsedOptions).Seed;
        Resolution resolution = Profiles.Read(profile ?? Profiles.DefaultName, parsedOptions.ValidationErrors);
        IExperiment? experiment = ChoiceParser.Find(
            "--print", id, KnownExperiments.All.ToDictionary(known => known.Id), parsedOptions.ValidationErrors);
        string command = $"latchlab reproduce --only {id} --profile {profile ?? Profiles.DefaultName} --seed {seed}";
        string? text = experiment is null
            ? null
            : parsedOptions.CollectErrors(
                () => ExperimentSweepFile.Serialize(experiment, new() { Resolution = resolution }, seed, command));
        parsedOptions.ThrowIfInvalid();
        Console.Out.Write(text);
        return ExitCodes.Success;
    }
}
