using System.CommandLine;
using System.Text.Json.Nodes;
using LatchLab.Diagnosis;
using LatchLab.Networks;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab dynamics orbit</c>: when a sequence latches a network, and how much of the gradient remains.
/// </summary>
internal static class OrbitCommand
{
    private const double DefaultDistance = 0.1;

    public static Command Create()
    {
        var sequenceOptions = new SequenceOptions();
        var distance = new TextOption(
            "--distance", "D", $"radius d of the balls of Theorem 3, above 0 (default: {DefaultDistance})");
        var json = new Flag("--json", "print one JSON document on standard output");
        var executionOptions = new ExecutionOptions(defaultSeed: 0);
        var command = new Command(
            "orbit", "Run one sequence through a network and show the attractors to which the network is robustly " +
                "latched (Definition 5), from when to when, and how much of the gradient remains.")
        {
            sequenceOptions.Network, sequenceOptions.Sequence, distance, json, executionOptions.Seed,
        };
        command.SetAction(parsed =>
        {
            var parsedOptions = new ParsedOptions(parsed);
            NetworkDefinition? definition = sequenceOptions.ReadNetwork(parsedOptions);
            IReadOnlyList<double>? inputs = sequenceOptions.ReadInputs(parsedOptions, definition);
            double d = parsedOptions.GetDouble(distance) ?? DefaultDistance;
            if (!(d > 0.0))
                parsedOptions.ValidationErrors.Add(
                    new(distance.Name, "", $"{d} is not a valid radius: give a number above 0"));
            ulong seed = executionOptions.Read(parsedOptions).Seed;
            parsedOptions.ThrowIfInvalid();
            var analysis = OrbitAnalysis.Analyze(definition!, inputs!, d, seed);
            if (parsedOptions.HasFlag(json))
                JsonOutput.WriteDocument(ToJson(analysis));
            else
                SectionPrinter.Print(analysis.CreateSections());
            return ExitCodes.Success;
        });
        return command;
    }

    private static JsonObject ToJson(OrbitAnalysis analysis)
        => new()
        {
            ["status"] = "ok",
            ["attractors"] = new JsonArray([.. analysis.Sets.Attractors.Select(
                attractor => new JsonArray([.. attractor.Points.Select(point => JsonOutput.ToJson(point))]))]),
            ["latchedIntervals"] = new JsonArray(
                [.. analysis.Latching.LatchedIntervals.Select(interval => new JsonObject
            {
                ["attractor"] = analysis.GetLatchedAttractor(interval.Start) - 1,
                ["since"] = interval.Start + analysis.FirstTime,
                ["until"] = interval.End + analysis.FirstTime,
            })]),
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
        };
}
