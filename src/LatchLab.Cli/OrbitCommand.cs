using System.CommandLine;
using System.Text.Json.Nodes;
using LatchLab.Diagnosis;
using LatchLab.Models;
using LatchLab.Networks;
using LatchLab.Reporting;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab dynamics orbit</c>: when a sequence latches a network, and how much of the gradient remains.
/// </summary>
internal static class OrbitCommand
{
    private const double DefaultDistance = 0.1;

    private static readonly Option<double> Distance = Options.PositiveNumber(
        "--distance", "D", $"radius d of the balls of Theorem 3, above 0 (default: {DefaultDistance})", 1e6,
        DefaultDistance);

    private static readonly Option<double> Box = Options.PositiveNumber(
        "--box", "B", "the search for attractors starts from activations within ±B; needed for units without bounds " +
            "(default: the range of the network)", 1e6, 0.0);

    private static readonly Option<int> SampleSteps = Options.Integer(
        "--sample-steps", "N", "steps after which it is undecided whether a state that reached no attractor is " +
            "latched (default: 100000, or 2000 above ten units)", 1, 1_000_000_000, defaultValue: 0);

    private static readonly Option<string?> Out = Options.Text(
        "--out", "DIR", "folder of a report with inputs, outputs, latching and gradient by time, and for two units " +
            "the path over the basins (default: none)");

    private static readonly ExecutionOptions Execution = new(defaultSeed: 0);

    public static Command Create() => new RunnableCommand(
        "orbit",
        "Run one sequence through a network and show the attractors to which the network is robustly latched " +
            "(Definition 5), from when to when, and how much of the gradient remains.",
        Run,
        () =>
        [
            SequenceOptions.Network, SequenceOptions.Sequence, SequenceOptions.Name, Distance, Box, SampleSteps, Out,
            ReportOutput.Open, Options.Json, Execution.Seed,
        ]);

    private static int Run(ParsedOptions parsed)
    {
        NetworkOfFile? network = SequenceOptions.ReadNetwork(parsed, NetworkFile.EnsureUnits);
        NetworkDefinition? definition = network?.Definition;
        InputSequence? sequence = SequenceOptions.ReadInputs(parsed, network);
        double d = parsed.GetValue(Distance);
        var options = new NetworkDiagnosisOptions
        {
            Box = parsed.GetValue(Box),
            SampleSteps = parsed.GetValue(SampleSteps),
        };
        ulong seed = parsed.GetValue(Execution.Seed);
        if (definition is not null && options.Box == 0.0)
            parsed.ValidationErrors.AddRange(NetworkCommand.RequireBox(definition));
        string? folder = parsed.GetValue(Out);
        ReportOutput.RefuseOpenWithoutReport(parsed, folder);
        parsed.Check(folder, ReportFolder.CheckWritable);
        parsed.ThrowIfInvalid();
        var analysis = OrbitAnalysis.Analyze(definition!, sequence!.Inputs, d, seed, options);
        string? page = folder is null ? null
            : ReportOutput.Write(parsed, folder, OrbitReport.Create(
                analysis, definition!, options, seed, parsed.GetValue(SequenceOptions.Network)!,
                parsed.GetValue(SequenceOptions.Sequence)!));
        if (parsed.GetValue(Options.Json))
        {
            JsonOutput.WriteDocument(ToJson(analysis, page));
        }
        else
        {
            SectionPrinter.Print(analysis.CreateSections());
            if (page is not null)
                Console.Out.WriteLine($"Report: {page}");
        }

        ReportOutput.OpenIfWanted(parsed, page);
        return ExitCodes.Success;
    }

    private static JsonObject ToJson(OrbitAnalysis analysis, string? page)
        => new()
        {
            ["attractors"] = new JsonArray([.. analysis.Sets.Attractors.Select(
                attractor => new JsonArray([.. attractor.Points.Select(point => JsonOutput.ToJson(point))]))]),
            ["latchedIntervals"] = new JsonArray(
                [.. analysis.Latching.LatchedIntervals.Select(interval => new JsonObject
            {
                ["attractor"] = analysis.GetLatchedAttractor(interval.Start) - 1,
                ["since"] = interval.Start + analysis.FirstTime,
                ["until"] = interval.End + analysis.FirstTime,
            })]),
            ["atRest"] = analysis.Latching.StatesAtRest,
            ["undecided"] = analysis.Latching.UndecidedStates,
            ["distance"] = analysis.Contractions[0].Radius,
            ["times"] = new JsonArray([.. analysis.Orbit.States.Select((state, t) => new JsonObject
            {
                ["t"] = t + analysis.FirstTime,
                ["activations"] = JsonOutput.ToJson(state),
                ["latchedTo"] = analysis.GetLatchedAttractor(t) - 1,
                ["localNorm"] = JsonOutput.ToJson(analysis.Orbit.StepJacobianNorms[t]),
                ["logGradient"] = JsonOutput.ToJson(analysis.Orbit.LogGradientNorms[t]),
                ["rate"] = JsonOutput.ToJson(analysis.Contractions[t].Rate),
                ["noise"] = JsonOutput.ToJson(analysis.Contractions[t].NoiseBound),
            })]),
            ["report"] = page,
        };
}
