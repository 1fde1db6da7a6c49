using LatchLab.Paper.Claims;
using LatchLab.Paper.Experiments;

namespace LatchLab.Paper;

/// <summary>All experiments of <c>reproduce</c>, in the order of the paper. To add one, add a line here.</summary>
public static class KnownExperiments
{
    /// <summary>All experiments.</summary>
    public static IReadOnlyList<IExperiment> All { get; } =
    [
        new Figure1a.NeuronDiagram(),
        new Figure1b.SampleSequences(),
        new Figure2a.ConvergenceDensity(),
        new Figure2b.ConvergenceOverLength(),
        new Figure3.BasinsAndBalls(),
        new VanishingGradient.GradientOverTime(),
        new WeightGradient.WeightGradientTerms(),
        new TradeOff.NoiseGradientTradeOff(),
        new Figure4.AlgorithmComparison(),
        new ShortSequencesFirst.CurriculumComparison(),
        new BeyondThePaper.Generality(),
    ];

    /// <summary>The numbers of all claims.</summary>
    public static IReadOnlyList<int> ClaimNumbers { get; }
        = [.. ClaimTable.All.Select(row => row.Number).Distinct().Order()];

    /// <summary>Whether an experiment tests one of some claims.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="claims">The numbers of the claims.</param>
    public static bool Tests(IExperiment experiment, IReadOnlyList<int> claims)
        => ClaimTable.All.Any(row => row.Experiment == experiment.Id && claims.Contains(row.Number));
}
