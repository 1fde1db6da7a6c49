using System.Globalization;
using LatchLab.Experiments.Catalogue;
using LatchLab.Experiments.Results;
using LatchLab.Learning;

namespace LatchLab.Experiments.NetworkAnalysis;

/// <summary>
/// The terms of eq. (4) for one network and one sequence, as a report: their norms against τ, those within the gradient
/// horizon apart from those before it.
/// </summary>
/// <param name="terms">The terms of the cost ½Σ(x_T − d)² over the outputs.</param>
/// <param name="targets">d of each output.</param>
/// <param name="horizonShare">The share of Σ‖term‖ that the horizon holds, above 0, at most 1.</param>
public sealed class GradientTermsReport(
    GradientTerms terms, IReadOnlyList<double> targets, double horizonShare)
{
    private const int MostPoints = 2000;    // more than a drawing has pixels

    private int Steps => terms.Norms.Count;

    /// <summary>How far back the gradient reaches, in a sentence.</summary>
    public string Horizon => terms.Horizon(horizonShare) switch
    {
        null => "A term is not finite, so there is no gradient horizon.",
        0 => "All terms are zero: the gradient horizon is 0.",
        1 => $"The last term of {Words.Thousands(Steps)} holds {Share} of Σ‖term‖: the gradient horizon is 1.",
        { } k => $"The last {Words.Thousands(k)} of {Words.Thousands(Steps)} terms hold {Share} of Σ‖term‖: " +
            $"the gradient horizon is {Words.Thousands(k)}.",
    };

    private string Share => string.Create(CultureInfo.InvariantCulture, $"{100.0 * horizonShare:0.#####} %");

    /// <summary>The report.</summary>
    /// <param name="network">Where the network was read from.</param>
    /// <param name="sequence">Where the sequence was read from.</param>
    public Report Of(string network, string sequence)
        => new(
            "Eq. (4): how far back the gradient reaches",
            [
                ("Network", network),
                ("Sequence", sequence),
                ("Steps", Words.Thousands(Steps)),
                (targets.Count == 1 ? "Target" : "Targets", Numbers(targets)),
                ("LatchLab", ProgramVersion.Text),
            ],
            [Draw()],
            [],
            [
                new(
                    "gradient terms",
                    "horizon-share",
                    Table.Number(horizonShare),
                    horizonShare == GradientTerms.DefaultHorizonShare ? "decision" : "option",
                    "share of Σ‖term‖ that the gradient horizon holds"),
            ]);

    private static string Numbers(IEnumerable<double> values) => string.Join(", ", values.Select(Table.Number));

    private Figure Draw()
    {
        int first = Steps - (terms.Horizon(horizonShare) ?? Steps) + 1;     // τ of the first term within the horizon
        DataPoint[] all =
        [
            .. terms.Norms.Select((norm, i) => new DataPoint(i + 1, norm)).Where(point => point.Y != 0.0),
        ];
        int every = Math.Max(1, (all.Length + MostPoints - 1) / MostPoints), zeros = Steps - all.Length;
        DataPoint[] points = [.. all.Where((_, i) => (all.Length - 1 - i) % every == 0)];
        string thinned = every == 1 ? "" : $" One term in {Words.Thousands(every)} is drawn; the data have all.";
        string left = zeros == 0
            ? ""
            : $" Terms that are 0 have no place on a logarithm: {Words.Thousands(zeros)} are not drawn.";
        string cost = targets.Count == 1 ? "½(x_T − d)²" : "½Σ(x_T − d)² over the outputs";
        return new(
            "gradient-terms",
            "Eq. (4): the terms of the gradient",
            "‖∂C/∂a_τ·∂a_τ/∂W‖, the Euclidean norm over all parameters taken as variables of their own at time τ; " +
                $"C = {cost} with d = {Numbers(targets)}, x_T = {Numbers(terms.Outputs)}.{left}{thinned}",
            [
                new Chart("", new Axis("τ"), new Axis("‖term‖", Logarithmic: true),
                [
                    new Series("within the horizon", SeriesKind.Curve, [.. points.Where(p => p.X >= first)], 0),
                    new Series("before it", SeriesKind.Curve, [.. points.Where(p => p.X <= first)], 1),
                ]),
            ],
            Columns: 1,
            new Table(
                ["tau", "steps_before_end", "norm", "share_from_end"],
                [.. terms.Norms.Select((norm, i) => (IReadOnlyList<string>)
                [
                    Table.Count(i + 1),
                    Table.Count(Steps - i - 1),
                    Table.Number(norm),
                    Table.Number(terms.ShareOfLast(Steps - i)),
                ])]))
        {
            Remark = $"{Horizon} The norm of the gradient is {Table.Number(terms.GradientNorm)}, the sum of the " +
                $"norms of its terms {Table.Number(terms.Total)}.",
        };
    }
}
