using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Benchmarks;

/// <summary>Networks of cells with random parameters, always the same ones.</summary>
internal static class RandomNetworks
{
    /// <summary>Inputs of the networks.</summary>
    public const int Inputs = 3;

    /// <summary>A network.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="n">n, the units of a layer.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="size">The parameters are uniform in ±size/√n.</param>
    public static CellDefinition Create(string kind, int n, int layers = 1, double size = 1.0)
    {
        var design = new NetworkDesign { Network = kind, Units = n, Layers = layers };
        var shape = new NetworkShape(TrainableInputs: 0, Inputs);
        double[] values = CreateNumbers(design.GetParameterNames(shape).Count, size * Math.Sqrt(1.0 / n));
        return (CellDefinition)design.CreateDefinition(shape, values);
    }

    /// <summary>Numbers that are uniform in ±size.</summary>
    public static double[] CreateNumbers(int count, double size)
    {
        UniformStream draws = new TrialRandom(Seed: 1, RandomWord: 0, Trial: 0).CreateUniformStream(
            Purpose.InitialParameters);
        return [.. Enumerable.Range(0, count).Select(_ => draws.Next(-size, size))];
    }
}
