using System.CommandLine;
using System.Text.Json.Nodes;
using LatchLab.Diagnosis;
using LatchLab.Dynamics;
using LatchLab.Models;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Reporting;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab dynamics bifurcation</c>: the attractors of a network with constant inputs over one of its parameters.
/// </summary>
internal static class BifurcationCommand
{
    private const int MaximumUnits = 4; // a panel for each
    private const int DefaultFrames = 24;

    private static readonly BifurcationOptions Defaults = new();

    private static readonly Argument<string> Network = Options.Argument(
        "FILE.json", "the network file (see docs/reference/network-files.md)");

    private static readonly Option<string?> Over = Options.Declare<string?>(
        new("--over"), "NAME", "the quantity that varies: gain (the factor of all recurrent weights), input or " +
            "input[k] (a constant input), or a parameter as latchlab gradients names it, such as 'w[0,1]' (in quotes)",
        defaultValue: null, (texts, _) => texts[0], [BifurcationParameter.Gain, BifurcationParameter.Input]);

    private static readonly Option<double?> From = Options.Number("--from", "A", "its first value");

    private static readonly Option<double?> To = Options.Number("--to", "B", "its last value, above the first");

    private static readonly Option<IReadOnlyList<double>?> Input = Options.Numbers(
        "--input", "U,…",
        "the constant inputs, one per network input, separated by commas; normalised, for a network that a dataset " +
            "trained (default: all 0)");

    private static readonly Option<IReadOnlyList<double>?> Units = Options.Numbers(
        "--units", "K,…", $"the units whose outputs are drawn, counted from 0, at most {MaximumUnits} (default: the " +
            "first output of the network)");

    private static readonly Option<int> Columns = Options.Integer(
        "--columns", "N", $"values of the quantity, both ends included (default: {Defaults.Columns})", 2, 10_000,
        Defaults.Columns);

    private static readonly Option<int> Starts = Options.Integer(
        "--starts", "N", $"orbits from random starts at each value (default: {Defaults.Starts})", 1, 1000,
        Defaults.Starts);

    private static readonly Option<int> Discard = Options.Integer(
        "--discard", "T", "steps after which an orbit that reached no periodic attractor is drawn as it is (default: " +
            $"{Defaults.Discard})", 1, 1_000_000, Defaults.Discard);

    private static readonly Option<int> Keep = Options.Integer(
        "--keep", "T", $"further states of such an orbit that are drawn (default: {Defaults.Keep})", 1, 10_000,
        Defaults.Keep);

    private static readonly Option<int> ExponentSteps = Options.Integer(
        "--exponent-steps", "T", "further steps of such an orbit over which its Lyapunov exponent is averaged, and " +
            $"which decide whether it is quasi-periodic or chaotic (default: {Defaults.ExponentSteps})", 100, 1_000_000,
        Defaults.ExponentSteps);

    private static readonly Option<double> Box = Options.PositiveNumber(
        "--box", "B", "orbits start from activations within ±B; needed for units without bounds (default: the range " +
            "of the network)", 1e6, 0.0);

    private static readonly Option<string?> Out = Options.Text(
        "--out", "DIR", "folder of a report with the diagram (default: none); an old LatchLab report is replaced");

    private static readonly Option<bool> Animate = Options.Flag(
        "--animate", "for a network of two units, with --out: also an animation of the basins of attraction");

    private static readonly Option<int> Frames = Options.Integer(
        "--frames", "N", $"with --animate, its frames (default: {DefaultFrames})", 2, 240, DefaultFrames);

    private static readonly ExecutionOptions Execution = new(defaultSeed: 0);

    public static Command Create() => new RunnableCommand(
        "bifurcation",
        "Follow the attractors of a network with constant inputs, and their largest Lyapunov exponent, over a " +
            "weight, a bias, an input or the gain.",
        Run,
        () =>
        [
            Network, Over, From, To, Columns, Input, Units, Starts, Discard, Keep, ExponentSteps, Box, Out,
            Animate, Frames, ReportOutput.Open, Options.Json, Execution.Seed, Execution.Threads,
        ]);

    private static int Run(ParsedOptions parsed)
    {
        string? path = parsed.GetRequired(Network);
        NetworkDefinition? network = parsed.Read(path, file => NetworkFile.ReadUnits(file, CommandLine.WriteError));
        string? name = parsed.GetRequired(Over);
        double? from = parsed.GetRequired(From), to = parsed.GetRequired(To);
        if (from >= to)
            parsed.AddError(To, $"'{to}' is not allowed: give a number above that of {From.Name}, {from}");
        IReadOnlyList<double>? inputs = parsed.GetValue(Input);
        IReadOnlyList<double>? givenUnits = parsed.GetValue(Units);
        var options = new BifurcationOptions
        {
            Columns = parsed.GetValue(Columns),
            Starts = parsed.GetValue(Starts),
            Discard = parsed.GetValue(Discard),
            Keep = parsed.GetValue(Keep),
            ExponentSteps = parsed.GetValue(ExponentSteps),
            Box = parsed.GetValue(Box),
            Seed = parsed.GetValue(Execution.Seed),
        };
        int threads = parsed.GetValue(Execution.Threads);
        string? folder = parsed.GetValue(Out);
        ReportOutput.RefuseOpenWithoutReport(parsed, folder);
        parsed.Check(folder, ReportFolder.CheckWritable);
        bool isAnimated = parsed.GetValue(Animate);
        int frames = parsed.GetValue(Frames);
        if (folder is null)
            parsed.RefuseUnused([Animate], "no report is written: give --out, too");
        if (folder is null && !parsed.GetValue(Options.Json))
        {
            parsed.RefuseUnused(
                [Units, Keep], "outputs are shown in a report and in the JSON document: give --out or --json, too");
        }

        if (!isAnimated)
            parsed.RefuseUnused([Frames], "nothing is animated: give --animate, too");
        bool hasThreshold = network is not null && KnownUnits.HasThreshold(network.Unit);
        if (hasThreshold)
        {
            parsed.ValidationErrors.Add(new(path!, "unit", "a threshold has no derivative: give a network of " +
                $"{KnownUnits.DifferentiableNames} units"));
        }

        BifurcationParameter? parameter = network is null || name is null || hasThreshold ? null
            : parsed.Read(name, given => FindParameter(network, inputs, given, from, to));
        if (parameter is { IsInput: true } && network!.Inputs == 1)
            parsed.RefuseUnused([Input], $"{Over.Name} {name} varies the only input");
        if (network is not null && options.Box == 0.0)
            parsed.ValidationErrors.AddRange(NetworkCommand.RequireBox(network));
        int variables = network is null || hasThreshold ? 0
            : DrivenSystem.Create(network).Dimension;
        int[] units = variables == 0 ? [] : ReadUnits(parsed, network!, variables, givenUnits);
        if (isAnimated && variables is not (0 or 2))
        {
            parsed.AddError(Animate, $"the basins are drawn in a plane, and the network has {variables} " +
                $"variable{(variables == 1 ? "" : "s")}: give a network of 2 units, or omit it");
        }

        parsed.ThrowIfInvalid();
        using var signals = new TerminationSignals();
        IReadOnlyList<BifurcationColumn> diagram = BifurcationDiagram.Compute(
            parameter!, from!.Value, to!.Value, units, options, threads, signals.Token);
        string? page = folder is null ? null : ReportOutput.Write(
            parsed, folder,
            BifurcationReport.Create(
                diagram, name!, units, options, path!, inputs ?? new double[network!.Inputs],
                isAnimated ? BasinAnimation.Create(
                    parameter!, from.Value, to.Value, frames, options, threads, signals.Token) : null),
            signals.Token);
        if (parsed.GetValue(Options.Json))
            JsonOutput.WriteDocument(ToJson(diagram, name!, units, page));
        else
            Print(diagram, name!, page);
        ReportOutput.OpenIfWanted(parsed, page);
        return ExitCodes.Success;
    }

    /// <summary>The parameter, unless the map does not depend on it.</summary>
    private static BifurcationParameter FindParameter(
        NetworkDefinition network, IReadOnlyList<double>? inputs, string name, double? from, double? to)
    {
        var parameter = BifurcationParameter.Find(network, inputs, name);
        if (from < to)
            parameter.ThrowIfWithoutEffect(from.Value, to.Value);
        return parameter;
    }

    private static int[] ReadUnits(
        ParsedOptions parsed, NetworkDefinition network, int count, IReadOnlyList<double>? given)
    {
        if (given is null)
            return [network.Outputs[0]];
        if (given.Count > MaximumUnits || given.Distinct().Count() != given.Count
            || given.Any(unit => unit != Math.Floor(unit) || unit < 0 || unit >= count))
        {
            parsed.AddError(Units, $"'{string.Join(',', given)}' is not allowed: give at most {MaximumUnits} " +
                $"different whole numbers from 0 to {count - 1}");
            return [];
        }

        return [.. given.Select(unit => (int)unit)];
    }

    private static void Print(IReadOnlyList<BifurcationColumn> diagram, string name, string? page)
    {
        SectionPrinter.PrintSummary(BifurcationReport.Summarize(diagram, name));
        SectionPrinter.Print([BifurcationReport.CreateChanges(diagram, name)]);
        if (page is not null)
            Console.Out.WriteLine($"Report: {page}");
    }

    private static JsonObject ToJson(
        IReadOnlyList<BifurcationColumn> diagram, string name, IReadOnlyList<int> units, string? page)
        => new()
        {
            ["over"] = name,
            ["units"] = new JsonArray([.. units.Select(unit => JsonValue.Create(unit))]),
            ["columns"] = new JsonArray([.. diagram.Select(column => new JsonObject
            {
                ["value"] = column.Value,
                ["divergentOrbits"] = column.DivergentOrbits,
                ["branches"] = new JsonArray([.. column.Branches.Select(ToJson)]),
            })]),
            ["report"] = page,
        };

    private static JsonObject ToJson(Branch branch)
        => new()
        {
            ["kind"] = BifurcationReport.FormatKind(branch.Kind),
            ["period"] = branch.Period == 0 ? null : branch.Period,
            ["exponent"] = JsonOutput.ToJson(branch.Exponent),
            ["exponentIsBound"] = branch.ExponentIsBound,
            ["outputs"] = branch.Period == 0 ? null
                : new JsonArray([.. branch.Outputs.Select(outputs => JsonOutput.ToJson(outputs))]),
            ["lowest"] = JsonOutput.ToJson(branch.Outputs.Select(outputs => outputs.Min())),
            ["highest"] = JsonOutput.ToJson(branch.Outputs.Select(outputs => outputs.Max())),
        };
}
