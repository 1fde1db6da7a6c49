using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.Dynamics;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab dynamics neuron</c>: attractor, critical input, derivative and transient of the single neuron.
/// </summary>
internal static class NeuronCommand
{
    private static readonly Option<double?> Weight = Options.Number("--weight", "W", "the self-loop weight w");

    private static readonly Option<double?> Input = Options.Number(
        "--input", "H", "a constant input h that switches the neuron from −x̄ to x̄ (default: none)");

    public static Command Create() => new RunnableCommand(
        "neuron", "Analyze the neuron x = tanh(w·x + h): whether it can store a bit, and which input switches it.",
        Run,
        () => [Weight, Input, Options.Json]);

    private static int Run(ParsedOptions parsed)
    {
        double? w = parsed.GetRequired(Weight), h = parsed.GetValue(Input);
        parsed.ThrowIfInvalid();
        var neuron = SingleNeuron.Analyze(w!.Value, h);
        if (h is not null && neuron.TransientLength is null)
        {
            CommandLine.WriteError(neuron.CriticalInput is null
                ? $"{Input.Name} had no effect: the neuron stores no bit that an input could switch."
                : $"{Input.Name}: this input is not above the critical input h*; it never switches the neuron.");
        }

        Print(neuron, parsed.GetValue(Options.Json));
        return ExitCodes.Success;
    }

    private static void Print(SingleNeuron neuron, bool json)
    {
        if (json)
        {
            JsonOutput.WriteDocument(new JsonObject
            {
                ["weight"] = neuron.Weight,
                ["attractor"] = JsonOutput.ToJson(neuron.Attractor),
                ["criticalInput"] = JsonOutput.ToJson(neuron.CriticalInput),
                ["derivative"] = JsonOutput.ToJson(neuron.Derivative),
                ["transientLength"] = neuron.TransientLength,
            });
            return;
        }

        static string FormatNumber(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "—";
        string transient = neuron.TransientLength?.ToString(CultureInfo.InvariantCulture) ?? "—";
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("Quantity").AddColumn(new TableColumn("Value").RightAligned()).AddColumn("Meaning");
        string holds = neuron.Weight > 1.0 ? "above 1: the neuron can store a bit"
            : neuron.Weight < -1.0 ? "below −1: the sign flips at every step (see dynamics network)"
            : "at most 1: the neuron cannot store a bit";
        table.AddRow("weight w", neuron.Weight.ToString("R", CultureInfo.InvariantCulture), holds);
        table.AddRow("attractor x̄", FormatNumber(neuron.Attractor), "x̄ = tanh(w·x̄); the other one is −x̄");
        table.AddRow(
            "critical input h*", FormatNumber(neuron.CriticalInput), "no input up to this value switches the sign");
        table.AddRow("derivative", FormatNumber(neuron.Derivative), "w(1 − x̄²), the gradient's factor per step");
        table.AddRow("transient length", transient, "steps from −x̄ beyond x̄ under the input h");
        AnsiConsole.Write(table);
    }
}
