namespace LatchLab.Experiments.Catalogue;

/// <summary>Every figure that <c>reproduce</c> can make, in the order of the paper. A new one is a line here.</summary>
public static class KnownExhibits
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IExhibit> All { get; } =
    [
        new Figure1a.NeuronDrawing(),
        new Figure1b.SampleSequences(),
        new Figure2a.ConvergenceDensity(),
        new Figure2b.ConvergenceAgainstLength(),
        new Figure3.BasinsAndBalls(),
        new VanishingGradient.GradientAgainstTime(),
        new WeightGradient.WeightGradientTerms(),
        new TradeOff.NoiseAgainstGradient(),
        new Figure4.AlgorithmComparison(),
        new ShortSequencesFirst.CurriculumComparison(),
        new BeyondThePaper.Generality(),
    ];
}
