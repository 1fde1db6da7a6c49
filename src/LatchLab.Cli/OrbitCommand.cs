using System.CommandLine;
using System.Text.Json.Nodes;
using LatchLab.Experiments.NetworkAnalysis;
using LatchLab.Networks;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab dynamics orbit</c>: when a sequence latches a network, and what is left of the gradient.
/// </summary>
internal static class OrbitCommand
{
    private const double DefaultDistance = 0.1;

    public static Command Create()
    {
        var files = new SequenceOptions();
        var distance = new TextOption(
            "--distance", "D", $"radius d of the balls of Theorem 3, above 0 (default: {DefaultDistance})");
        var json = new Flag("--json", "print one JSON document on standard output");
        var choices = new RunChoices(defaultSeed: 0);
        var command = new Command(
            "orbit", "One sequence through a network: to what it is robustly latched (Definition 5), since when and " +
                "until when, and what is left of the gradient.")
        {
            files.Network, files.Sequence, distance, json, choices.Seed,
        };
        command.SetAction(parsed =>
        {
            var given = new GivenOptions(parsed);
            NetworkDefinition? definition = files.ReadNetwork(given);
            IReadOnlyList<double>? inputs = files.ReadInputs(given, definition);
            double d = given.Number(distance) ?? DefaultDistance;
            if (!(d > 0.0))
                given.Mistakes.Add(new(distance.Name, "", $"{d} is no radius of a ball: give a number above 0"));
            ulong seed = choices.Read(given).Seed;
            given.ThrowIfMistaken();
            var analysis = OrbitAnalysis.Of(definition!, inputs!, d, seed);
            if (given.Has(json))
                Numbers.Print(Json(analysis));
            else
                SectionTables.Print(analysis.Sections());
            return ExitCodes.Success;
        });
        return command;
    }

    private static JsonObject Json(OrbitAnalysis analysis)
        => new()
        {
            ["status"] = "ok",
            ["attractors"] = new JsonArray([.. analysis.Sets.Attractors.Select(
                attractor => new JsonArray([.. attractor.Points.Select(point => Numbers.Json(point))]))]),
            ["spells"] = new JsonArray([.. analysis.Latching.Spells.Select(spell => new JsonObject
            {
                ["attractor"] = analysis.LatchedTo(spell.Since) - 1,
                ["since"] = spell.Since + analysis.First,
                ["until"] = spell.Until + analysis.First,
            })]),
            ["distance"] = analysis.Contractions[0].Distance,
            ["times"] = new JsonArray([.. analysis.Orbit.States.Select((state, t) => new JsonObject
            {
                ["t"] = t + analysis.First,
                ["activations"] = Numbers.Json(state),
                ["latchedTo"] = analysis.LatchedTo(t) - 1,
                ["localNorm"] = Numbers.Json(analysis.Orbit.LocalNorms[t]),
                ["logGradient"] = Numbers.Json(analysis.Orbit.LogGradients[t]),
                ["rate"] = Numbers.Json(analysis.Contractions[t].Rate),
                ["noise"] = Numbers.Json(analysis.Contractions[t].Noise),
            })]),
        };
}
