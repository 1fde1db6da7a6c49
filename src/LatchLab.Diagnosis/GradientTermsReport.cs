using System.Globalization;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Learning;

namespace LatchLab.Diagnosis;

/// <summary>
/// A report of the gradient terms of eq. (4) for one network and one sequence: their norms as a function of τ, with the
/// terms within the gradient horizon distinguished from earlier ones.
/// </summary>
/// <param name="terms">The terms of the cost ½Σ(x_T − d)² over the outputs.</param>
/// <param name="targets">d of each output.</param>
/// <param name="horizonShare">The share of Σ‖term‖ within the horizon; above 0, at most 1.</param>
public sealed class GradientTermsReport(
    GradientDecomposition terms, IReadOnlyList<double> targets, double horizonShare)
{
    private const string FigureId = "gradient-terms";
    private const int MaximumPoints = 2000;    // more than the number of pixels of a figure

    private int Steps => terms.TermNorms.Count;

    /// <summary>The gradient horizon as a sentence.</summary>
    public string HorizonText => terms.Horizon(horizonShare) switch
    {
        null => "A term is not finite, so the gradient horizon is not defined.",
        0 => "All terms are zero: the gradient horizon is 0. " + (terms.Outputs.SequenceEqual(targets)
            ? "The outputs are the targets, so the cost is 0."
            : TableFormat.SaturationHint),
        // x_0 is 0 in most networks, and with it the first term.
        { } k when k == Steps || (k == Steps - 1 && terms.TermNorms[0] == 0.0) =>
            $"{ShareText} of Σ‖term‖ needs the terms back to the start of the sequence: it is too short to tell the " +
                $"gradient horizon, which is at least {NumberFormat.GroupThousands(k)} of its " +
                $"{NumberFormat.WithNoun(Steps, "step")}.",
        1 =>
            $"The last of {NumberFormat.GroupThousands(Steps)} terms contains {ShareText} of Σ‖term‖: " +
                "the gradient horizon is 1.",
        { } k =>
            $"The last {NumberFormat.GroupThousands(k)} of {NumberFormat.GroupThousands(Steps)} terms contain " +
                $"{ShareText} of Σ‖term‖: the gradient horizon is {NumberFormat.GroupThousands(k)}.",
    };

    /// <summary>The outputs at the last step, the targets and the cost as a sentence.</summary>
    /// <param name="cost">C.</param>
    public string DescribeCost(double cost)
        => $"x_T = {TableFormat.FormatOutputs(terms.Outputs)}, d = {TableFormat.FormatOutputs(targets)}: the cost " +
            $"{CostFormula} is {TableFormat.SixDigits(cost)}.";

    private string CostFormula => targets.Count == 1 ? "½(x_T − d)²" : "½Σ(x_T − d)² over the outputs";

    private string ShareText => string.Create(CultureInfo.InvariantCulture, $"{100.0 * horizonShare:0.#####} %");

    /// <summary>Creates the report.</summary>
    /// <param name="network">The source of the network.</param>
    /// <param name="sequence">The source of the sequence.</param>
    /// <param name="cost">C.</param>
    public Report Create(string network, string sequence, double cost)
        => new(
            "Eq. (4): how far back the gradient reaches",
            [
                ("Network", network),
                ("Sequence", sequence),
                ("Steps", NumberFormat.GroupThousands(Steps)),
                (targets.Count == 1 ? "Target" : "Targets", NetworkReport.FormatNumbers(targets)),
                ("LatchLab", ProgramVersion.Text),
            ],
            [CreateFigure()],
            [],
            [
                new(
                    "gradient terms",
                    "horizon-share",
                    Table.FormatNumber(horizonShare),
                    horizonShare == GradientDecomposition.DefaultHorizonShare ? "decision" : "option",
                    "share of Σ‖term‖ within the gradient horizon")
                {
                    IsChanged = horizonShare != GradientDecomposition.DefaultHorizonShare,
                },
            ])
        {
            Summary =
            [
                new(HorizonText, FigureId),
                new(DescribeCost(cost)),
                .. Steps == 1 ? (SummarySentence[])[] : [
                    new($"The first of {NumberFormat.WithNoun(Steps, "term")} has " +
                        $"{ShareOf(terms.TermNorms[0])} of the norm of the last."),
                ],
                new($"The norm of the gradient is {NumberFormat.Short(terms.GradientNorm)}, the sum of the norms of " +
                    $"its terms {NumberFormat.Short(terms.TotalNorm)}: {(terms.GradientNorm < 0.5 * terms.TotalNorm
                        ? "terms of different times cancel in part" : "they hardly cancel")}."),
            ],
        };

    private string ShareOf(double norm)
        => terms.TermNorms[^1] > 0.0 ? NumberFormat.Short(norm / terms.TermNorms[^1]) : "no defined share";

    private Figure CreateFigure()
    {
        // τ of the first term within the horizon
        int firstTime = Steps - (terms.Horizon(horizonShare) ?? Steps) + 1;
        DataPoint[] all =
        [
            .. terms.TermNorms.Select((norm, i) => new DataPoint(i + 1, norm)).Where(point => point.Y != 0.0),
        ];
        int stride = Math.Max(1, (all.Length + MaximumPoints - 1) / MaximumPoints), zeros = Steps - all.Length;
        DataPoint[] points = [.. all.Where((_, i) => (all.Length - 1 - i) % stride == 0)];
        string strideText = stride == 1 ? ""
            : $" One term in {NumberFormat.GroupThousands(stride)} is drawn; the data contain all.";
        string omittedText = zeros == 0
            ? ""
            : $" Terms that are 0 cannot be drawn on a logarithmic axis: {NumberFormat.GroupThousands(zeros)} omitted.";
        return new(
            FigureId,
            "Eq. (4): the terms of the gradient",
            "‖∂C/∂a_τ·∂a_τ/∂W‖, the Euclidean norm over all parameters, taken as separate variables at time τ; " +
                $"C = {CostFormula} with d = {NetworkReport.FormatNumbers(targets)}, x_T = " +
                $"{NetworkReport.FormatNumbers(terms.Outputs)}.{omittedText}{strideText}",
            [
                new Chart("", new Axis("time step τ"), new Axis("‖term‖", IsLogarithmic: true),
                [
                    new Series("within the horizon", SeriesKind.Curve, [.. points.Where(p => p.X >= firstTime)], 0),
                    new Series("before it", SeriesKind.Curve, [.. points.Where(p => p.X <= firstTime)], 1),
                ]),
            ],
            Columns: 1,
            new Table(
                ["tau", "steps_before_end", "norm", "share_from_end"],
                [.. terms.TermNorms.Select((norm, i) => (IReadOnlyList<string>)
                [
                    Table.FormatInteger(i + 1),
                    Table.FormatInteger(Steps - i - 1),
                    Table.FormatNumber(norm),
                    Table.FormatNumber(terms.ShortTermShare(Steps - i)),
                ])]))
        {
            Remark =
                $"{HorizonText} The norm of the gradient is {Table.FormatNumber(terms.GradientNorm)}, the sum of the " +
                $"norms of its terms {Table.FormatNumber(terms.TotalNorm)}.",
        };
    }
}
