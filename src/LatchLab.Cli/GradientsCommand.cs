using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.Learning;
using LatchLab.Networks;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab gradients</c>: cost, gradient and curvature of one sequence, for comparison with other programs.
/// </summary>
internal static class GradientsCommand
{
    public static Command Create() => new RunnableCommand(
        "gradients", "Compute the gradient and the diagonal curvature of ½(x_T − D)² for one sequence.", Run,
        () =>
        [
            SequenceOptions.Network, SequenceOptions.Sequence, SequenceOptions.Name, SequenceOptions.Target,
            Options.Json,
        ]);

    private static int Run(ParsedOptions parsed)
    {
        NetworkOfFile? network = SequenceOptions.ReadNetwork(parsed);
        InputSequence? sequence = SequenceOptions.ReadInputs(parsed, network);
        IReadOnlyList<double> targets = SequenceOptions.ReadTargets(parsed, network, sequence);
        parsed.ThrowIfInvalid();
        SequenceGradient result = SequenceGradient.Compute(network!.Definition, sequence!.Inputs, targets);
        if (parsed.GetValue(Options.Json))
            PrintJson(result);
        else
            PrintTable(result, network.Definition);
        return ExitCodes.Success;
    }

    private static void PrintJson(SequenceGradient result)
    {
        double[] all = [result.Cost, .. result.Outputs, .. result.Gradient, .. result.Curvature ?? []];
        JsonOutput.WriteDocument(new JsonObject
        {
            ["cost"] = JsonOutput.ToJson(result.Cost),
            ["output"] = JsonOutput.OutputsToJson(result.Outputs),
            ["gradient"] = JsonOutput.ToJson(result.Gradient),
            ["curvature"] = result.Curvature is null ? null : JsonOutput.ToJson(result.Curvature),
        }, all.All(double.IsFinite) ? "ok" : "not finite");
    }

    private static void PrintTable(SequenceGradient result, NetworkDefinition network)
    {
        static string FormatNumber(double value) => value.ToString("G10", CultureInfo.InvariantCulture);
        Console.Out.WriteLine(
            $"cost {FormatNumber(result.Cost)}, output {string.Join(", ", result.Outputs.Select(FormatNumber))}");
        var table = new Table().Border(TableBorder.Rounded);
        foreach (string column in (string[])["Parameter", "Value", "Gradient"])
            table.AddColumn(new TableColumn(column).RightAligned());
        if (result.Curvature is not null)
            table.AddColumn(new TableColumn("Curvature").RightAligned());
        for (int i = 0; i < result.Gradient.Count; i++)
        {
            List<string> row =
            [
                Markup.Escape(network.ParameterNames[i]),
                FormatNumber(network.Parameters[i]),
                FormatNumber(result.Gradient[i]),
            ];
            if (result.Curvature is not null)
                row.Add(FormatNumber(result.Curvature[i]));
            table.AddRow([.. row]);
        }

        AnsiConsole.Write(table);
    }
}
