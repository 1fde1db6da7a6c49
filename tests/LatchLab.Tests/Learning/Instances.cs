using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Tests.Learning;

/// <summary>
/// Second derivatives of the cost ½Σ(x_T − d)² of one sequence by each instance of each parameter, [t − 1][parameter]:
/// exact, by nested dual numbers, and by the two approximations of the engine.
/// </summary>
/// <param name="exact">Values that take one pass per parameter and time; computed only on request.</param>
/// <param name="exactOfShared">Values that take one pass per parameter.</param>
internal sealed class Instances(
    Lazy<(double[][] Exact, double[][] FirstDerivatives)> exact, Lazy<double[]> exactOfShared)
{
    /// <summary>∂²C/∂w_t².</summary>
    public double[][] Exact => exact.Value.Exact;

    /// <summary>∂x_T/∂w_t of the sum of the outputs.</summary>
    public double[][] FirstDerivatives => exact.Value.FirstDerivatives;

    /// <summary>The approximation without f″.</summary>
    public required double[][] Positive { get; init; }

    /// <summary>The approximation with f″.</summary>
    public required double[][] Full { get; init; }

    /// <summary>[parameter]: ∂²C/∂w² of the parameter shared by all times.</summary>
    public double[] ExactOfShared => exactOfShared.Value;
}

/// <summary>Computes the instances for a network and a sequence.</summary>
internal sealed class InstancesOf(NetworkDefinition definition, double[] given) : INetworkVisitor<Instances>
{
    public const double Target = 0.8;

    private const int EveryTime = 0;

    public Instances Visit<TNetwork>(TNetwork network)
        where TNetwork : struct, INetwork
    {
        int length = network.TrainableInputs + (given.Length / network.Inputs), count = network.Parameters;
        return new(
            new(() =>
            {
                Dual<Dual<Scalar>>[][][] outputs = // [t − 1][parameter][output]
                [
                    .. Enumerable.Range(1, length).Select(t => (Dual<Dual<Scalar>>[][])
                        [.. Enumerable.Range(0, count).Select(i => Outputs(network, t, i))]),
                ];
                return (Sums(outputs, Second), Sums(outputs, output => output.Derivative.Value.Value));
            }),
            new(() => [.. Enumerable.Range(0, count).Select(i => Outputs(network, EveryTime, i).Sum(Second))]))
        {
            Positive = Form<TNetwork, PositiveForm>(network),
            Full = Form<TNetwork, FullForm>(network),
        };
    }

    private static double[][] Sums(Dual<Dual<Scalar>>[][][] outputs, Func<Dual<Dual<Scalar>>, double> derivative)
        => [.. outputs.Select(time => (double[])[.. time.Select(parameter => parameter.Sum(derivative))])];

    private static double Second(Dual<Dual<Scalar>> output)
    {
        Dual<Dual<Scalar>> error = output - Dual<Dual<Scalar>>.From(Target);
        return (Dual<Dual<Scalar>>.From(0.5) * error * error).Derivative.Derivative.Value;
    }

    /// <summary>
    /// The outputs with their derivatives with respect to one parameter, at one time or at all times.
    /// </summary>
    private Dual<Dual<Scalar>>[] Outputs<TNetwork>(TNetwork network, int instance, int parameter)
        where TNetwork : struct, INetwork
    {
        int inputs = network.TrainableInputs, n = network.StepSize, m = network.Inputs;
        var w = new LaneMemory<Dual<Dual<Scalar>>>(network.Parameters);
        var x = new LaneMemory<Dual<Dual<Scalar>>>(2 * n);
        for (int i = 0; i < network.StateSize; i++)
            x.Values[i] = Dual<Dual<Scalar>>.From(network.InitialState(i));
        for (int t = 1; t <= inputs + (given.Length / m); t++)
        {
            for (int i = 0; i < network.Parameters; i++)
            {
                double value = definition.Parameters[i];
                w.Values[i] = i == parameter && (instance == EveryTime || instance == t)
                    ? new(new(new Scalar(value), new Scalar(1.0)), new(new Scalar(1.0), new Scalar(0.0)))
                    : Dual<Dual<Scalar>>.From(value);
            }

            var input = new LaneMemory<Dual<Dual<Scalar>>>(m);
            for (int k = 0; k < m; k++)
            {
                input.Values[k] = t <= inputs
                    ? w.Values[network.InputParameterIndex(t, sequenceClass: 1)]
                    : Dual<Dual<Scalar>>.From(given[((t - inputs - 1) * m) + k]);
            }

            network.Step(w.Slice(0, w.Length), input.Slice(0, m), x.Slice(0, n), x.Slice(n, n));
            x.Values[n..].CopyTo(x.Values);
        }

        var outputs = new Dual<Dual<Scalar>>[network.Readout.Outputs];
        for (int k = 0; k < outputs.Length; k++)
            outputs[k] = network.Readout.Compute(w.Slice(0, w.Length), x.Slice(0, n), k);
        return outputs;
    }

    private double[][] Form<TNetwork, TForm>(TNetwork network)
        where TNetwork : struct, INetwork
        where TForm : struct, ICurvatureForm
    {
        var run = new Presentation<Scalar, TNetwork>(network, definition, given);
        IEnumerable<Scalar> errors = run.Forward().Select(output => output - new Scalar(Target));
        Scalar[] memory = run.Backward<TimeWeightedPseudoNewtonRule<TForm>>(errors).ToArray();
        int count = network.Parameters; // [t][parameter][gradient, curvature], nothing at t = 0
        return [.. memory.Skip(2 * count).Where((_, n) => n % 2 == 1).Select(h => h.Value).Chunk(count)];
    }
}
