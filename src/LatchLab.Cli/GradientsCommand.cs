using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.Learning;
using LatchLab.Networks;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary><c>latchlab gradients</c>: cost, gradient and curvature of one sequence, to check us by.</summary>
internal static class GradientsCommand
{
    public static Command Create()
    {
        var files = new SequenceOptions();
        var json = new Flag("--json", "print one JSON document on standard output");
        var command = new Command("gradients", "Gradient and diagonal curvature of ½(x_T − D)² for one sequence.")
        {
            files.Network, files.Sequence, files.Target, json,
        };
        command.SetAction(parsed =>
        {
            var given = new GivenOptions(parsed);
            NetworkDefinition? definition = files.ReadNetwork(given);
            IReadOnlyList<double>? inputs = files.ReadInputs(given, definition);
            IReadOnlyList<double> targets = files.ReadTargets(given, definition);
            given.ThrowIfMistaken();
            SequenceGradient result = SequenceGradient.Of(definition!, inputs!, targets);
            if (given.Has(json))
                PrintJson(result);
            else
                PrintTable(result, definition!);
            return ExitCodes.Success;
        });
        return command;
    }

    private static void PrintJson(SequenceGradient result)
    {
        double[] all = [result.Cost, .. result.Outputs, .. result.Gradient, .. result.Curvature];
        Numbers.Print(new JsonObject
        {
            ["cost"] = Numbers.Json(result.Cost),
            ["output"] = Numbers.JsonOfOutputs(result.Outputs),
            ["gradient"] = Numbers.Json(result.Gradient),
            ["curvature"] = Numbers.Json(result.Curvature),
            ["status"] = all.All(double.IsFinite) ? "ok" : "not finite",
        });
    }

    private static void PrintTable(SequenceGradient result, NetworkDefinition network)
    {
        static string Cell(double value) => value.ToString("G10", CultureInfo.InvariantCulture);
        Console.Out.WriteLine($"cost {Cell(result.Cost)}, output {string.Join(", ", result.Outputs.Select(Cell))}");
        var table = new Table().Border(TableBorder.Rounded);
        foreach (string column in new[] { "Parameter", "Value", "Gradient", "Curvature" })
            table.AddColumn(new TableColumn(column).RightAligned());
        for (int i = 0; i < result.Gradient.Count; i++)
        {
            table.AddRow(
                i.ToString(CultureInfo.InvariantCulture),
                Cell(network.Parameters[i]),
                Cell(result.Gradient[i]),
                Cell(result.Curvature[i]));
        }

        AnsiConsole.Write(table);
    }
}
