using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// A network as a system with inputs, <c>a_t = N(a_{t−1}, u_t)</c> in activations, without the type of its map: for
/// what is asked of one orbit or one box at a time.
/// </summary>
public abstract class DrivenSystem
{
    /// <summary>n.</summary>
    public abstract int Dimension { get; }

    /// <summary>m.</summary>
    public abstract int Inputs { get; }

    /// <summary>The system of a network.</summary>
    /// <exception cref="ValidationException">A unit has no slope, or a parameter is not finite.</exception>
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

    /// <summary>A box that holds a_t for all (a_{t−1}, u_t) in a box.</summary>
    public abstract Interval[] Image(ReadOnlySpan<Interval> box);

    /// <summary>The autonomous system with constant inputs; none for all 0.</summary>
    /// <exception cref="ValidationException">The inputs are not as many as the network has, or not finite.</exception>
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
            map.Differentiate(UncheckedViews.Create(point, Dimension + Inputs),
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
                    "", "input", $"{inputs.Count} are held, but the network has {Inputs}: give as many");
            }

            return inputs.All(double.IsFinite)
                ? DynamicalSystem.Create(new FixedInputMap<TMap>(map, inputs))
                : throw new ValidationException("", "input", "the inputs that are held must be finite numbers");
        }
    }
}
