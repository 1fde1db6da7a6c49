namespace LatchLab.Learning.Optimizers;

/// <summary>All update rules with their default parameters. To register a new one, add a line here.</summary>
public static class KnownUpdateRules
{
    /// <summary>Clipping, averages, decay of the weights, schedules.</summary>
    public static IReadOnlyList<UpdateRule> All { get; } =
    [
        new ClipNorm(),
        new ClipValue(),
        new Momentum(),
        new RmsProp(),
        new Adam(),
        new WeightDecay(),
        new WarmUp(),
        new ExponentialDecay(),
        new CosineDecay(),
    ];
}
