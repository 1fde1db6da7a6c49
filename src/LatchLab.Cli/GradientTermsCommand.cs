using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.Experiments.NetworkAnalysis;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Reporting;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary><c>latchlab dynamics gradient</c>: the terms of eq. (4) of one sequence, how far back they reach.</summary>
internal static class GradientTermsCommand
{
    private const int RowsAtTheEnd = 10;

    public static Command Create()
    {
        var files = new SequenceOptions();
        string standard = GradientTerms.DefaultHorizonShare.ToString(CultureInfo.InvariantCulture);
        var horizonShare = new TextOption(
            "--horizon-share", "SHARE", $"the share of Σ‖term‖ that the horizon holds (default: {standard}; decision)");
        var folder = new TextOption(
            "--out", "DIR", "folder of a report with the plot (default: none); a report of ours is replaced");
        var json = new Flag("--json", "print one JSON document on standard output");
        var command = new Command("gradient", "Eq. (4): the gradient as a sum over time, and how far back it reaches.")
        {
            files.Network, files.Sequence, files.Target, horizonShare, folder, json,
        };
        command.SetAction(parsed =>
        {
            var given = new GivenOptions(parsed);
            NetworkDefinition? definition = files.ReadNetwork(given);
            if (definition is not null)
                given.Try(() => SequenceGradient.Check(definition));
            IReadOnlyList<double>? inputs = files.ReadInputs(given, definition);
            IReadOnlyList<double> targets = files.ReadTargets(given, definition);
            double share = given.Number(horizonShare) ?? GradientTerms.DefaultHorizonShare;
            if (share is not (> 0.0 and <= 1.0))
            {
                string text = given.Text(horizonShare)!;
                given.Mistakes.Add(new(
                    horizonShare.Name, "", $"'{text}' is not allowed: give a number above 0 up to 1"));
            }

            string? path = given.Text(folder);
            if (path is not null)
                given.Try(() => ReportFolder.Check(path));
            given.ThrowIfMistaken();

            GradientTerms terms = GradientTerms.Of(definition!, inputs!, targets);
            SequenceGradient whole = SequenceGradient.Of(definition!, inputs!, targets);
            var report = new GradientTermsReport(terms, targets, share);
            string? page = path is null
                ? null
                : ReportFolder.Write(path, report.Of(given.Text(files.Network)!, given.Text(files.Sequence)!));
            if (given.Has(json))
                PrintJson(terms, whole, share, page);
            else
                PrintTable(terms, whole, report.Horizon, page);
            return ExitCodes.Success;
        });
        return command;
    }

    private static void PrintJson(GradientTerms terms, SequenceGradient whole, double share, string? page)
        => Numbers.Print(new JsonObject
        {
            ["cost"] = Numbers.Json(whole.Cost),
            ["output"] = Numbers.JsonOfOutputs(terms.Outputs),
            ["norms"] = Numbers.Json(terms.Norms),
            ["sumOfNorms"] = Numbers.Json(terms.Total),
            ["gradient"] = Numbers.Json(terms.Gradient),
            ["gradientNorm"] = Numbers.Json(terms.GradientNorm),
            ["largestDifference"] = Numbers.Json(terms.LargestDifference(whole)),
            ["horizonShare"] = share,
            ["horizon"] = terms.Horizon(share),
            ["report"] = page,
            ["status"] = !double.IsFinite(terms.Total) ? "not finite"
                : terms.Total == 0.0 ? "all terms are zero"
                : "ok",
        });

    private static void PrintTable(GradientTerms terms, SequenceGradient whole, string horizon, string? page)
    {
        static string Cell(double value)
            => double.IsNaN(value) ? "—" : value.ToString("G6", CultureInfo.InvariantCulture);
        int steps = terms.Norms.Count;
        var table = new Table().Border(TableBorder.Rounded);
        foreach (string column in new[] { "τ", "Steps before the end", "‖term‖", "Share from the end" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (int before in Shown(steps))
        {
            table.AddRow(
                (steps - before).ToString("#,0", CultureInfo.InvariantCulture),
                before.ToString("#,0", CultureInfo.InvariantCulture),
                Cell(terms.Norms[^(before + 1)]),
                Cell(terms.ShareOfLast(before + 1)));
        }

        AnsiConsole.Write(table);
        Console.Out.WriteLine(horizon);
        Console.Out.WriteLine(
            $"Sum of the norms {Cell(terms.Total)}, norm of the gradient {Cell(terms.GradientNorm)}. " +
            $"The terms add up to the gradient: largest difference {Cell(terms.LargestDifference(whole))}.");
        if (page is not null)
            Console.Out.WriteLine($"Report: {page}");
    }

    /// <summary>Steps before the end that have a row: the last ten, then in equal ratios, and the first.</summary>
    private static IEnumerable<int> Shown(int steps)
    {
        for (int before = 0; before < steps - 1; before = before < RowsAtTheEnd ? before + 1 : 2 * before)
            yield return before;
        yield return steps - 1;
    }
}
