using System.Text.Json.Nodes;
using LatchLab.Diagnosis;
using LatchLab.Dynamics;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Cli;

/// <summary>
/// The part of <c>latchlab dynamics network</c> for networks of threshold units alone: their states are enumerated.
/// </summary>
internal static class ThresholdOutput
{
    /// <summary>Why the settings of the other networks have no effect.</summary>
    public const string UnusedReason =
        "the states of threshold units are enumerated, and a threshold has no derivative";

    /// <summary>Enumerates the states and writes the results.</summary>
    /// <param name="parsed">The options.</param>
    /// <param name="network">The network.</param>
    /// <param name="path">Its file.</param>
    /// <param name="constantInputs">The constant inputs; null for all 0.</param>
    /// <param name="options">Threads and lanes.</param>
    /// <param name="folder">The folder of the report; null for none.</param>
    /// <param name="cancellation">Whether the report is still wanted.</param>
    public static void Run(
        ParsedOptions parsed, NetworkDefinition network, string path, IReadOnlyList<double>? constantInputs,
        RunOptions options, string? folder, CancellationToken cancellation)
    {
        constantInputs ??= new double[network.Inputs];
        var dynamics = ThresholdDynamics.Enumerate(network, constantInputs, options);
        cancellation.ThrowIfCancellationRequested();
        string? page = folder is null
            ? null
            : ReportOutput.Write(
                parsed, folder, ThresholdReport.Create(dynamics, network, constantInputs, Path.GetFileName(path)),
                cancellation);
        if (parsed.GetValue(Options.Json))
        {
            JsonOutput.WriteDocument(ToJson(dynamics, constantInputs, page));
            return;
        }

        SectionPrinter.PrintSummary(ThresholdReport.Summarize(dynamics));
        SectionPrinter.Print(ThresholdReport.CreateSections(dynamics));
        if (page is not null)
            Console.Out.WriteLine($"Report: {page}");
        ReportOutput.OpenIfWanted(parsed, page);
    }

    private static JsonObject ToJson(ThresholdDynamics dynamics, IReadOnlyList<double> constantInputs, string? page)
        => new()
        {
            ["report"] = page,
            ["variables"] = dynamics.Units,
            ["constantInputs"] = JsonOutput.ToJson(constantInputs),
            ["states"] = dynamics.StateCount,
            ["attractorCount"] = dynamics.AttractorCount,
            ["fixedPointCount"] = dynamics.FixedPointCount,
            ["longestTransient"] = dynamics.LongestTransient,
            ["initialState"] = new JsonObject
            {
                ["outputs"] = JsonOutput.ToJson(dynamics.InitialState),
                ["attractor"] = dynamics.InitialAttractor,
                ["steps"] = dynamics.InitialTransient,
            },
            ["attractors"] = new JsonArray([.. dynamics.Attractors.Select(attractor => ToJson(dynamics, attractor))]),
            ["notDefined"] = new JsonArray(
                [.. ThresholdReport.UndefinedQuantities.Select(quantity => JsonValue.Create(quantity))]),
        };

    private static JsonObject ToJson(ThresholdDynamics dynamics, ThresholdAttractor attractor)
        => new()
        {
            ["kind"] = ThresholdReport.DescribeKind(attractor),
            ["period"] = attractor.Period,
            ["outputs"] = new JsonArray(
                [.. attractor.States.Select(state => JsonOutput.ToJson(dynamics.GetOutputs(state)))]),
            ["basinStates"] = attractor.BasinSize,
            ["basinShare"] = (double)attractor.BasinSize / dynamics.StateCount,
            ["longestTransient"] = attractor.LongestTransient,
            ["meanTransient"] = attractor.MeanTransient,
            ["fewestFlips"] = attractor.FewestFlips,
        };
}
