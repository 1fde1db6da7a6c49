using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// A network as a system with inputs, <c>a_t = N(a_{t−1}, u_t)</c> in activations, independent of the type of its map.
/// It is meant for computations on one orbit or one box at a time.
/// </summary>
public abstract class DrivenSystem
{
    /// <summary>Dimension n of the state.</summary>
    public abstract int Dimension { get; }

    /// <summary>Number m of inputs.</summary>
    public abstract int Inputs { get; }

    /// <summary>Creates the system of a network.</summary>
    /// <exception cref="ValidationException">A unit is not differentiable, or a parameter is not finite.</exception>
    public static DrivenSystem Create(NetworkDefinition network)
        => network.Parameters.All(double.IsFinite)
            ? network.Accept(new Visitor())
            : throw new ValidationException("", network.Kind, "the parameters of the network must be finite numbers");

    /// <summary>a_0 of each unit.</summary>
    public abstract double[] InitialState();

    /// <summary>The outputs x = f(a) of a state.</summary>
    public abstract double[] Outputs(ReadOnlySpan<double> state);

    /// <summary>a_t, from (a_{t−1}, u_t).</summary>
    public abstract double[] Image(ReadOnlySpan<double> point);

    /// <summary>∂a_t/∂a_{t−1} at (a_{t−1}, u_t), row by row.</summary>
    public abstract double[] Jacobian(ReadOnlySpan<double> point);

    /// <summary>A box that contains a_t for all (a_{t−1}, u_t) in a box.</summary>
    public abstract Interval[] Image(ReadOnlySpan<Interval> box);

    /// <summary>Creates the autonomous system with constant inputs; null means all 0.</summary>
    /// <exception cref="ValidationException">
    /// The number of inputs is not that of the network, or an input is not finite.
    /// </exception>
    public abstract DynamicalSystem WithConstantInputs(IReadOnlyList<double>? inputs = null);

    private sealed class Visitor : IDrivenMapVisitor<DrivenSystem>
    {
        public DrivenSystem Visit<TMap>(TMap map)
            where TMap : struct, IDrivenMap
            => new MapAdapter<TMap>(map);
    }

    private sealed class MapAdapter<TMap>(TMap map) : DrivenSystem
        where TMap : struct, IDrivenMap
    {
        public override int Dimension => map.Dimension;

        public override int Inputs => map.Inputs;

        public override double[] InitialState() => [.. Enumerable.Range(0, Dimension).Select(map.InitialActivation)];

        public override double[] Outputs(ReadOnlySpan<double> state)
        {
            UncheckedViews.ThrowIfLengthDiffers(state.Length, Dimension);
            var outputs = new double[state.Length];
            for (int i = 0; i < outputs.Length; i++)
                outputs[i] = map.Output(i, new Scalar(state[i])).Value;
            return outputs;
        }

        public override double[] Image(ReadOnlySpan<double> point)
        {
            var image = new double[Dimension];
            map.Apply(UncheckedViews.Create(point, Dimension + Inputs), UncheckedViews.Create(image, Dimension));
            return image;
        }

        public override double[] Jacobian(ReadOnlySpan<double> point)
        {
            var jacobian = new double[Dimension * Dimension];
            MapDerivatives.Jacobian(
                map, UncheckedViews.Create(point, Dimension + Inputs),
                UncheckedViews.Create(jacobian, jacobian.Length));
            return jacobian;
        }

        public override Interval[] Image(ReadOnlySpan<Interval> box)
        {
            var image = new Interval[Dimension];
            map.Apply(UncheckedViews.Create(box, Dimension + Inputs), UncheckedViews.Create(image, Dimension));
            return image;
        }

        public override DynamicalSystem WithConstantInputs(IReadOnlyList<double>? inputs = null)
        {
            inputs ??= new double[Inputs];
            if (inputs.Count != Inputs)
            {
                throw new ValidationException(
                    "", "input", $"{inputs.Count} values are given, but the network has {Inputs} inputs: give as many");
            }

            return inputs.All(double.IsFinite)
                ? DynamicalSystem.Create(new FixedInputMap<TMap>(map, inputs))
                : throw new ValidationException("", "input", "the constant inputs must be finite numbers");
        }
    }
}
