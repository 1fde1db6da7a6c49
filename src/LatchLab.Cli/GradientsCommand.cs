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
        var network = new Option<string>("--network")
        {
            Description = "network file (docs/network-files.md)", Required = true, HelpName = "N.json",
        };
        var sequence = new Option<string>("--sequence")
        {
            Description = "inputs, one number a line", Required = true, HelpName = "S.csv",
        };
        var target = new Option<string>("--target")
        {
            Description = "target of the output at the last step", Required = true, HelpName = "D",
        };
        var json = new Option<bool>("--json") { Description = "print one JSON document" };
        var command = new Command("gradients", "Gradient and diagonal curvature of ½(x_T − D)² for one sequence.")
        {
            network, sequence, target, json,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(network),
            parsed.GetRequiredValue(sequence),
            parsed.GetRequiredValue(target),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(string networkPath, string sequencePath, string target, bool json)
    {
        var errors = new List<InputError>();
        NetworkDefinition? network = Try(() => NetworkFile.Read(networkPath), errors);
        IReadOnlyList<double>? inputs = Try(() => SequenceFile.Read(sequencePath), errors);
        double d = Numbers.Read("--target", target, errors);
        if (errors.Count > 0)
            throw new InputException(errors);

        SequenceGradient result = SequenceGradient.Of(network!, inputs!, d);
        if (json)
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
            return ExitCodes.Success;
        }

        static string Cell(double value) => value.ToString("G10", CultureInfo.InvariantCulture);
        Console.Out.WriteLine($"cost {Cell(result.Cost)}, output {Cell(result.Output)}");
        var table = new Table().Border(TableBorder.Minimal);
        foreach (string column in new[] { "parameter", "value", "gradient", "curvature" })
            table.AddColumn(new TableColumn(column).RightAligned());
        for (int i = 0; i < result.Gradient.Count; i++)
        {
            table.AddRow(
                i.ToString(CultureInfo.InvariantCulture),
                Cell(network!.Parameters[i]),
                Cell(result.Gradient[i]),
                Cell(result.Curvature[i]));
        }

        AnsiConsole.Write(table);
        return ExitCodes.Success;
    }

    /// <summary>Reads on after a mistake, so that both files are checked before anything is said.</summary>
    private static T? Try<T>(Func<T> read, List<InputError> errors)
        where T : class
    {
        try
        {
            return read();
        }
        catch (InputException wrong)
        {
            errors.AddRange(wrong.Errors);
            return null;
        }
    }
}
