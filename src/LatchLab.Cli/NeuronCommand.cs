using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.Diagnosis;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Reporting;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab dynamics neuron</c>: attractor, critical input, derivative and transient of the single neuron.
/// </summary>
internal static class NeuronCommand
{
    private const int DefaultSteps = 40;

    private static readonly Option<double?> Weight = Options.Number("--weight", "W", "the self-loop weight w");

    private static readonly Option<double?> Input = Options.Number(
        "--input", "H", "a constant input h that switches the neuron to the sign of h (default: none)");

    private static readonly Option<double?> Start = Options.Number(
        "--start", "X", "with --out, the first state x_0, from -1 to 1 (default: the attractor of the sign that H " +
            "does not have, −x̄ without input; 0.9 in place of x̄ where there is none)");

    private static readonly Option<int> Steps = Options.Integer(
        "--steps", "T", $"with --out, the steps of the trajectory (default: {DefaultSteps})", 1, 10_000, DefaultSteps);

    private static readonly Option<string?> Out = Options.Text(
        "--out", "DIR", "folder of a report with its map, a trajectory, the basins and the gradient (default: none)");

    public static Command Create() => new RunnableCommand(
        "neuron", "Analyze the neuron x = tanh(w·x + h): whether it can store a bit, and which input switches it.",
        Run,
        () => [Weight, Input, Start, Steps, Out, ReportOutput.Open, Options.Json]);

    private static int Run(ParsedOptions parsed)
    {
        double? w = parsed.GetRequired(Weight), h = parsed.GetValue(Input), start = parsed.GetValue(Start);
        int steps = parsed.GetValue(Steps);
        string? folder = parsed.GetValue(Out);
        ReportOutput.RefuseOpenWithoutReport(parsed, folder);
        if (folder is null)
            parsed.RefuseUnused([Start, Steps], "no report is written: give --out, too");
        if (start is < -1.0 or > 1.0)
            parsed.AddError(Start, $"'{start}' is not allowed: give a state from -1 to 1");
        parsed.Check(folder, ReportFolder.CheckWritable);
        parsed.ThrowIfInvalid();
        var neuron = SingleNeuron.Analyze(w!.Value, h);
        if (h is not null && neuron.TransientLength is null && folder is null)
        {
            CommandLine.WriteError(neuron.CriticalInput is null
                ? $"{Input.Name}: the neuron stores no bit that an input could switch."
                : $"{Input.Name}: the magnitude of this input is not above the critical input h*; it never switches " +
                    "the neuron.");
        }

        string? page = folder is null ? null
            : ReportOutput.Write(parsed, folder, NeuronReport.Create(neuron, h ?? 0.0, start, steps));
        Print(neuron, h, page, parsed.GetValue(Options.Json));
        ReportOutput.OpenIfWanted(parsed, page);
        return ExitCodes.Success;
    }

    private static void Print(SingleNeuron neuron, double? input, string? page, bool json)
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
                ["report"] = page,
            });
            return;
        }

        static string FormatNumber(double? value)
            => NumberFormat.Typeset(value?.ToString("G6", CultureInfo.InvariantCulture) ?? "—");
        string transient = neuron.TransientLength?.ToString(CultureInfo.InvariantCulture) ?? "—";
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("Quantity").AddColumn(new TableColumn("Value").RightAligned()).AddColumn("Meaning");
        string holds = neuron.Weight > 1.0 ? "above 1: the neuron can store a bit"
            : neuron.Weight < -1.0 ? "below −1: without input the sign flips at every step (see dynamics network)"
            : "at most 1: the neuron cannot store a bit";
        table.AddRow("weight w", neuron.Weight.ToString("R", CultureInfo.InvariantCulture), holds);
        void AddRow(string quantity, string value, string meaning, string reason)
            => table.AddRow(quantity, value, value == "—" ? $"{meaning}: {reason}" : meaning);

        AddRow("attractor x̄", FormatNumber(neuron.Attractor), "x̄ = tanh(w·x̄) > 0; the other one is −x̄",
            "none for w up to 1, where only x = 0 solves it");
        AddRow("critical input h*", FormatNumber(neuron.CriticalInput),
            "no input below this magnitude switches the sign", "none, because no sign is stored");
        AddRow("derivative", FormatNumber(neuron.Derivative), "w(1 − x̄²), the gradient's factor per step",
            "none without x̄");
        AddRow("transient length", transient, "steps under h from one attractor beyond the other",
            neuron.CriticalInput is null ? "none without x̄" : "none, as it needs an h above h*");
        AnsiConsole.Write(table);
        Console.Out.WriteLine(NeuronReport.DescribeInput(neuron, input ?? 0.0));
        if (page is not null)
            Console.Out.WriteLine($"Report: {page}");
    }
}
