using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.Dynamics;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary><c>latchlab dynamics neuron</c>: attractor, critical input, slope and transient of the single neuron.</summary>
internal static class DynamicsCommand
{
    public static Command Create()
    {
        var weight = new Option<string>("--weight")
        {
            Description = "self-loop weight w", Required = true, HelpName = "W",
        };
        var input = new Option<string?>("--input")
        {
            Description = "constant input h that is to switch the neuron from −x̄ to x̄", HelpName = "H",
        };
        var json = new Option<bool>("--json") { Description = "print one JSON document" };
        var neuron = new Command("neuron", "The single neuron x = tanh(w·x + h): can it hold a bit, and what switches it?")
        {
            weight, input, json,
        };
        neuron.SetAction(parsed => Run(parsed.GetRequiredValue(weight), parsed.GetValue(input), parsed.GetValue(json)));
        return new Command("dynamics", "The theory of Sections III and IV, computed.") { neuron };
    }

    private static int Run(string weight, string? input, bool json)
    {
        var errors = new List<InputError>();
        double w = Numbers.Read("--weight", weight, errors);
        double? h = input is null ? null : Numbers.Read("--input", input, errors);
        if (errors.Count > 0)
            throw new InputException(errors);

        SingleNeuron neuron = SingleNeuron.Of(w, h);
        if (json)
        {
            Numbers.Print(new JsonObject
            {
                ["weight"] = neuron.Weight,
                ["attractor"] = Numbers.Json(neuron.Attractor),
                ["criticalInput"] = Numbers.Json(neuron.CriticalInput),
                ["slope"] = Numbers.Json(neuron.Slope),
                ["transientLength"] = neuron.TransientLength,
            });
            return ExitCodes.Success;
        }

        static string Cell(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "—";
        string transient = neuron.TransientLength?.ToString(CultureInfo.InvariantCulture) ?? "—";
        var table = new Table().Border(TableBorder.Minimal).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned()).AddColumn("");
        table.AddRow("weight w", Cell(neuron.Weight), w > 1.0 ? "two attractors: it can hold a bit" : "at most 1: it cannot hold a bit");
        table.AddRow("attractor x̄", Cell(neuron.Attractor), "x̄ = tanh(w·x̄); the other one is −x̄");
        table.AddRow("critical input h*", Cell(neuron.CriticalInput), "a smaller input never switches the sign");
        table.AddRow("slope", Cell(neuron.Slope), "w(1 − x̄²): what is left of a gradient after each step there");
        table.AddRow("transient length", transient, "steps from −x̄ past x̄ under the constant input");
        AnsiConsole.Write(table);
        return ExitCodes.Success;
    }
}
