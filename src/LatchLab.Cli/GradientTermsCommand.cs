using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.Diagnosis;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Reporting;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab dynamics gradient</c>: the gradient terms of eq. (4) for one sequence, and how far back they reach.
/// </summary>
internal static class GradientTermsCommand
{
    private const int ConsecutiveRows = 10;

    public static Command Create()
    {
        var sequenceOptions = new SequenceOptions();
        string defaultShare = GradientDecomposition.DefaultHorizonShare.ToString(CultureInfo.InvariantCulture);
        var horizonShare = new TextOption(
            "--horizon-share", "SHARE",
            "share of Σ‖term‖ that defines the horizon, the smallest number of last terms that contain it (default: " +
                $"{defaultShare}; source: decision)");
        var folder = new TextOption(
            "--out", "DIR", "folder of a report with the plot (default: none); an old LatchLab report is replaced");
        var json = new Flag("--json", "print one JSON document on standard output");
        var command = new Command(
            "gradient", "Compute the gradient as a sum of terms over time, eq. (4), and how far back it reaches.")
        {
            sequenceOptions.Network, sequenceOptions.Sequence, sequenceOptions.Target, horizonShare, folder, json,
        };
        command.SetAction(parsed =>
        {
            var parsedOptions = new ParsedOptions(parsed);
            NetworkDefinition? definition = sequenceOptions.ReadNetwork(parsedOptions);
            if (definition is not null)
                parsedOptions.CollectErrors(() => SequenceGradient.ThrowIfNotDifferentiable(definition));
            IReadOnlyList<double>? inputs = sequenceOptions.ReadInputs(parsedOptions, definition);
            IReadOnlyList<double> targets = sequenceOptions.ReadTargets(parsedOptions, definition);
            double share = parsedOptions.GetDouble(horizonShare) ?? GradientDecomposition.DefaultHorizonShare;
            if (share is not (> 0.0 and <= 1.0))
            {
                string text = parsedOptions.GetString(horizonShare)!;
                parsedOptions.ValidationErrors.Add(new(
                    horizonShare.Name, "", $"'{text}' is not allowed: give a number above 0 up to 1"));
            }

            string? path = parsedOptions.GetString(folder);
            if (path is not null)
                parsedOptions.CollectErrors(() => ReportFolder.CheckWritable(path));
            parsedOptions.ThrowIfInvalid();

            GradientDecomposition terms = GradientDecomposition.Compute(definition!, inputs!, targets);
            SequenceGradient sequenceGradient = SequenceGradient.Compute(definition!, inputs!, targets);
            var report = new GradientTermsReport(terms, targets, share);
            string? page = path is null
                ? null
                : ReportFolder.Write(path,
                    report.Create(parsedOptions.GetString(sequenceOptions.Network)!,
                        parsedOptions.GetString(sequenceOptions.Sequence)!));
            if (parsedOptions.HasFlag(json))
                PrintJson(terms, sequenceGradient, share, page);
            else
                PrintTable(terms, sequenceGradient, report.HorizonText, page);
            return ExitCodes.Success;
        });
        return command;
    }

    private static void PrintJson(GradientDecomposition terms, SequenceGradient sequenceGradient, double share,
        string? page)
        => JsonOutput.WriteDocument(new JsonObject
        {
            ["cost"] = JsonOutput.ToJson(sequenceGradient.Cost),
            ["output"] = JsonOutput.OutputsToJson(terms.Outputs),
            ["norms"] = JsonOutput.ToJson(terms.TermNorms),
            ["sumOfNorms"] = JsonOutput.ToJson(terms.TotalNorm),
            ["gradient"] = JsonOutput.ToJson(terms.Gradient),
            ["gradientNorm"] = JsonOutput.ToJson(terms.GradientNorm),
            ["largestDifference"] = JsonOutput.ToJson(terms.MaxDifference(sequenceGradient)),
            ["horizonShare"] = share,
            ["horizon"] = terms.Horizon(share),
            ["report"] = page,
            ["status"] = !double.IsFinite(terms.TotalNorm) ? "not finite"
                : terms.TotalNorm == 0.0 ? "all terms are zero"
                : "ok",
        });

    private static void PrintTable(GradientDecomposition terms, SequenceGradient sequenceGradient, string horizon,
        string? page)
    {
        static string FormatNumber(double value)
            => double.IsNaN(value) ? "—" : value.ToString("G6", CultureInfo.InvariantCulture);
        int steps = terms.TermNorms.Count;
        var table = new Table().Border(TableBorder.Rounded);
        foreach (string column in new[] { "τ", "Steps before the end", "‖term‖", "Share from the end" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (int before in SelectRows(steps))
        {
            table.AddRow(
                NumberFormat.GroupThousands(steps - before),
                NumberFormat.GroupThousands(before),
                FormatNumber(terms.TermNorms[^(before + 1)]),
                FormatNumber(terms.ShortTermShare(before + 1)));
        }

        AnsiConsole.Write(table);
        Console.Out.WriteLine(horizon);
        Console.Out.WriteLine(
            $"Sum of the norms {FormatNumber(terms.TotalNorm)}, norm of the gradient " +
                $"{FormatNumber(terms.GradientNorm)}. " +
            $"Largest difference between the sum of the terms and the gradient: " +
                $"{FormatNumber(terms.MaxDifference(sequenceGradient))}.");
        if (page is not null)
            Console.Out.WriteLine($"Report: {page}");
    }

    /// <summary>
    /// The steps before the end that get a row: the last ten, then each twice the one before, and the first step of the
    /// sequence.
    /// </summary>
    private static IEnumerable<int> SelectRows(int steps)
    {
        for (int before = 0; before < steps - 1; before = before < ConsecutiveRows ? before + 1 : 2 * before)
            yield return before;
        yield return steps - 1;
    }
}
