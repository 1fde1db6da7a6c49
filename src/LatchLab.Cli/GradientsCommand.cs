using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.Formats;
using LatchLab.Learning;
using LatchLab.Networks;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary><c>latchlab gradients</c>: cost, gradient and curvature of one sequence, to check us by.</summary>
internal static class GradientsCommand
{
    public static Command Create()
    {
        var network = new TextOption("--network", "N.json", "the network file (see docs/network-files.md)");
        var sequence = new TextOption("--sequence", "S.csv", "the file of inputs, one number a line");
        var target = new TextOption("--target", "D", "the target of the output at the last step");
        var json = new Flag("--json", "print one JSON document on standard output");
        var command = new Command("gradients", "Gradient and diagonal curvature of ½(x_T − D)² for one sequence.")
        {
            network, sequence, target, json,
        };
        command.SetAction(parsed =>
        {
            var given = new GivenOptions(parsed);
            NetworkDefinition? definition = given.RequiredText(network) is { } networkPath
                ? given.Try(() => NetworkFile.Read(networkPath))
                : null;
            IReadOnlyList<double>? inputs = given.RequiredText(sequence) is { } sequencePath
                ? given.Try(() => SequenceFile.Read(sequencePath))
                : null;
            double d = given.RequiredNumber(target);
            given.ThrowIfMistaken();
            SequenceGradient result = SequenceGradient.Of(definition!, inputs!, d);
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
        double[] all = [result.Cost, result.Output, .. result.Gradient, .. result.Curvature];
        Numbers.Print(new JsonObject
        {
            ["cost"] = Numbers.Json(result.Cost),
            ["output"] = Numbers.Json(result.Output),
            ["gradient"] = Numbers.Json(result.Gradient),
            ["curvature"] = Numbers.Json(result.Curvature),
            ["status"] = all.All(double.IsFinite) ? "ok" : "not finite",
        });
    }

    private static void PrintTable(SequenceGradient result, NetworkDefinition network)
    {
        static string Cell(double value) => value.ToString("G10", CultureInfo.InvariantCulture);
        Console.Out.WriteLine($"cost {Cell(result.Cost)}, output {Cell(result.Output)}");
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
