using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The quantity over which a bifurcation diagram is drawn: a parameter of the network, one of its constant inputs, or
/// the gain g, the factor of all recurrent weights.
/// </summary>
public sealed class BifurcationParameter
{
    /// <summary>The name of the factor of all recurrent weights.</summary>
    public const string Gain = "gain";

    /// <summary>The name of the only constant input, and with an index of one of several.</summary>
    public const string Input = "input";

    private const int MaximumListed = 6; // names in a message
    private const int ComparedStates = 16;

    private readonly NetworkDefinition _network;
    private readonly double[] _inputs;
    private readonly int _index; // among the names

    private BifurcationParameter(NetworkDefinition network, IReadOnlyList<double> inputs, string name, int index)
        => (_network, _inputs, Name, _index) = (network, [.. inputs], name, index);

    /// <summary>Its name: <c>gain</c>, <c>input</c>, or that of a parameter, for example <c>w[0,1]</c>.</summary>
    public string Name { get; }

    /// <summary>Whether it is one of the constant inputs, whose own value then has no effect.</summary>
    public bool IsInput => _index > 0 && _index <= _inputs.Length;

    /// <summary>The names for a network: the gain, its inputs and its parameters.</summary>
    public static IReadOnlyList<string> GetNames(NetworkDefinition network)
        =>
        [
            Gain,
            .. Enumerable.Range(0, network.Inputs).Select(k => network.Inputs == 1 ? Input : $"{Input}[{k}]"),
            .. network.ParameterNames,
        ];

    /// <summary>Finds a quantity by its name.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">Its constant inputs; null for all 0.</param>
    /// <param name="name">One of <see cref="GetNames"/>.</param>
    /// <exception cref="ValidationException">The name is not known, or the number of inputs is invalid.</exception>
    public static BifurcationParameter Find(
        NetworkDefinition network, IReadOnlyList<double>? inputs, string name)
    {
        inputs ??= new double[network.Inputs];
        IReadOnlyList<string> names = GetNames(network);
        int index = Array.IndexOf([.. names], name);
        if (index < 0)
        {
            string list = names.Count <= MaximumListed + 2 ? string.Join(", ", names)
                : $"{string.Join(", ", names.Take(MaximumListed))}, …, {names[^1]}";
            throw new ValidationException(
                "", "over",
                $"'{name}' is not known; there are {list}{NearestName.FormatSuggestion(name, names)}");
        }

        if (inputs.Count != network.Inputs)
        {
            throw new ValidationException(
                "", "input", $"{inputs.Count} given, but the network has {network.Inputs}: give one for each");
        }

        return new(network, inputs, name, index);
    }

    /// <summary>The network and its constant inputs at a value of the quantity.</summary>
    public (NetworkDefinition Network, IReadOnlyList<double> Inputs) Apply(double value)
    {
        if (IsInput)
            return (_network, [.. _inputs.Select((input, k) => k == _index - 1 ? value : input)]);
        double[] parameters = [.. _network.Parameters];
        if (_index == 0)
        {
            foreach (int i in _network.RecurrentParameters)
                parameters[i] *= value;
        }
        else
        {
            parameters[_index - 1 - _inputs.Length] = value;
        }

        return (_network.WithParameters(parameters), _inputs);
    }

    /// <summary>Checks that the map is not the same at two values, as for the weight of an input that is 0.</summary>
    /// <exception cref="ValidationException">
    /// The map does not depend on the quantity, a unit has no derivative, or a value is not allowed.
    /// </exception>
    public void ThrowIfWithoutEffect(double first, double second)
    {
        DynamicalSystem one = CreateSystem(first), other = CreateSystem(second);
        var box = Enumerable.Repeat(new Interval(-1.0, 1.0), one.Dimension).ToArray();
        if (FixedPoints.SampleUniform(box, ComparedStates, seed: 0)
            .All(state => one.Image(state).AsSpan().SequenceEqual(other.Image(state))))
        {
            throw new ValidationException(
                "", "over", $"'{Name}' has no effect on the network with these constant inputs: give another name, " +
                    "or other inputs");
        }
    }

    /// <summary>The autonomous system at a value of the quantity.</summary>
    /// <exception cref="ValidationException">
    /// A unit has no derivative, a parameter is not finite, or bounded units have activations that would count as
    /// divergent (<see cref="InvariantSets.DivergenceThreshold"/>).
    /// </exception>
    public DynamicalSystem CreateSystem(double value)
    {
        (NetworkDefinition network, IReadOnlyList<double> inputs) = Apply(value);
        var system = DynamicalSystem.Create(network, inputs);
        double largest = system.Range().Max(side => side.Magnitude);
        if (double.IsFinite(largest) && largest >= InvariantSets.DivergenceThreshold)
        {
            throw new ValidationException(
                "", "over", $"at {Name} = {NumberFormat.Short(value)} activations reach " +
                    $"{NumberFormat.Short(largest)}; give values at which they stay below " +
                    $"{NumberFormat.Short(InvariantSets.DivergenceThreshold)}");
        }

        return system;
    }
}
