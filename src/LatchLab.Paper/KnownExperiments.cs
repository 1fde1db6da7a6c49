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
}
