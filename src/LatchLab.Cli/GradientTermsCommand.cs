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
    private const int MaximumRows = 24; // of a longer sequence the table omits many, not one or two

    private static readonly Option<double> HorizonShare = Options.PositiveNumber(
        "--horizon-share", "SHARE",
        "share of Σ‖term‖ that defines the horizon, the smallest number of last terms that contain it (default: " +
            $"{GradientDecomposition.DefaultHorizonShare}; source: decision)",
        1.0, GradientDecomposition.DefaultHorizonShare);

    private static readonly Option<string?> Out = Options.Text(
        "--out", "DIR", "folder of a report with the plot (default: none); an old LatchLab report is replaced");

    public static Command Create() => new RunnableCommand(
        "gradient", "Compute the gradient as a sum of terms over time, eq. (4), and how far back it reaches.", Run,
        () =>
        [
            SequenceOptions.Network, SequenceOptions.Sequence, SequenceOptions.Name, SequenceOptions.Target,
            HorizonShare, Out, ReportOutput.Open, Options.Json,
        ]);

    private static int Run(ParsedOptions parsed)
    {
        NetworkOfFile? network = SequenceOptions.ReadNetwork(parsed);
        NetworkDefinition? definition = network?.Definition;
        parsed.Check(definition, SequenceGradient.ThrowIfNotDifferentiable);
        InputSequence? sequence = SequenceOptions.ReadInputs(parsed, network);
        IReadOnlyList<double> targets = SequenceOptions.ReadTargets(parsed, network, sequence);
        double share = parsed.GetValue(HorizonShare);
        string? path = parsed.GetValue(Out);
        ReportOutput.RefuseOpenWithoutReport(parsed, path);
        parsed.Check(path, ReportFolder.CheckWritable);
        parsed.ThrowIfInvalid();

        GradientDecomposition terms = GradientDecomposition.Compute(definition!, sequence!.Inputs, targets);
        SequenceGradient sequenceGradient = SequenceGradient.Compute(definition!, sequence!.Inputs, targets);
        var report = new GradientTermsReport(terms, targets, share);
        string? page = path is null ? null : ReportOutput.Write(parsed, path, report.Create(
            parsed.GetValue(SequenceOptions.Network)!, parsed.GetValue(SequenceOptions.Sequence)!,
            sequenceGradient.Cost));
        if (parsed.GetValue(Options.Json))
            PrintJson(terms, sequenceGradient, share, page);
        else
            PrintTable(terms, sequenceGradient, report, page);
        ReportOutput.OpenIfWanted(parsed, page);
        return ExitCodes.Success;
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
        }, !double.IsFinite(terms.TotalNorm) || !double.IsFinite(sequenceGradient.Cost) ? "not finite"
            : terms.TotalNorm == 0.0 ? "all terms are zero"
            : "ok");

    private static void PrintTable(
        GradientDecomposition terms, SequenceGradient sequenceGradient, GradientTermsReport report, string? page)
    {
        static string FormatNumber(double value) => double.IsNaN(value) ? "—"
            : NumberFormat.Typeset(value.ToString("G6", CultureInfo.InvariantCulture));
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
        if (table.Rows.Count < steps)
        {
            SectionPrinter.PrintParagraph($"The table has the last {ConsecutiveRows + 1} of " +
                $"{NumberFormat.GroupThousands(steps)} steps, then each twice as far from the end, and the first; " +
                "all are in data/gradient-terms.csv of the report (--out) and in the JSON document (--json).");
        }

        SectionPrinter.PrintParagraph(report.DescribeCost(sequenceGradient.Cost));
        SectionPrinter.PrintParagraph(report.HorizonText);
        SectionPrinter.PrintParagraph(
            $"Sum of the norms {FormatNumber(terms.TotalNorm)}, norm of the gradient " +
                $"{FormatNumber(terms.GradientNorm)}. " +
            $"Largest difference between the sum of the terms and the gradient: " +
                $"{FormatNumber(terms.MaxDifference(sequenceGradient))}.");
        if (page is not null)
            Console.Out.WriteLine($"Report: {page}");
    }

    /// <summary>
    /// The steps before the end that get a row: all of a short sequence; otherwise the last ten, then each twice the
    /// one before, and the first step of the sequence.
    /// </summary>
    private static IEnumerable<int> SelectRows(int steps)
    {
        int consecutive = steps <= MaximumRows ? steps : ConsecutiveRows;
        for (int before = 0; before < steps - 1; before = before < consecutive ? before + 1 : 2 * before)
            yield return before;
        yield return steps - 1;
    }
}
