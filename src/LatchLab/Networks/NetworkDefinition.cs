using LatchLab.Networks.Units;

namespace LatchLab.Networks;

/// <summary>A network with the values of its parameters, as a user writes it down (docs/network-files.md).</summary>
/// <param name="Unit">Name of its units, one of <see cref="KnownUnits"/>.</param>
/// <param name="Parameters">The parameters in the order of the network.</param>
/// <exception cref="InputException">There is no such unit.</exception>
public abstract record NetworkDefinition(string Unit, IReadOnlyList<double> Parameters)
{
    /// <summary>Name of its units, one of <see cref="KnownUnits"/>.</summary>
    public string Unit { get; } = KnownUnits.Names.Contains(Unit)
        ? Unit
        : throw new InputException("", "unit", $"'{Unit}' is not known: give {string.Join(" or ", KnownUnits.Names)}");

    /// <summary>Leads from the definition to the network that runs.</summary>
    public abstract TResult Accept<TResult>(INetworkVisitor<TResult> visitor);
}

/// <summary>Work on a network of any type.</summary>
/// <typeparam name="TResult">What it gives.</typeparam>
public interface INetworkVisitor<out TResult>
{
    /// <summary>Does the work.</summary>
    TResult Visit<TNetwork>(TNetwork network)
        where TNetwork : struct, INetwork;
}

/// <summary>
/// Where the fields of a network come from. Every member reports a mistake and goes on with a stand-in.
/// </summary>
public interface IFieldReader
{
    /// <summary>One of the <paramref name="allowed"/> words.</summary>
    string Word(string name, IReadOnlyList<string> allowed);

    /// <summary>A finite number.</summary>
    double Number(string name);

    /// <summary>A whole number between the bounds, both included.</summary>
    int WholeNumber(string name, int minimum, int maximum);

    /// <summary>A list of finite numbers; of the given length unless that is null.</summary>
    IReadOnlyList<double> Numbers(string name, int? length);

    /// <summary>
    /// A list of rows, each a list of finite numbers, given back row after row; a number of rows or columns that is
    /// null is not checked.
    /// </summary>
    IReadOnlyList<double> Matrix(string name, int? rows, int? columns);

    /// <summary>
    /// Whether a field that was read had no mistake: what must fit to a stand-in is not worth checking, and a message
    /// about it would mislead.
    /// </summary>
    bool IsSound(string name);
}

/// <summary>The latching neuron: <c>{"network":"latch","unit":"tanh","weight":w,"inputs":[h1, …, hL]}</c>.</summary>
/// <param name="Unit">Name of its unit.</param>
/// <param name="Weight">The self-loop w.</param>
/// <param name="Inputs">The inputs of the first L steps.</param>
public sealed record LatchDefinition(string Unit, double Weight, IReadOnlyList<double> Inputs)
    : NetworkDefinition(Unit, [Weight, .. Inputs])
{
    /// <summary>Reads the fields.</summary>
    public static LatchDefinition Read(IFieldReader fields)
        => new(fields.Word("unit", KnownUnits.Names), fields.Number("weight"), fields.Numbers("inputs", length: null));

    /// <inheritdoc/>
    public override TResult Accept<TResult>(INetworkVisitor<TResult> visitor)
        => visitor.Visit(new LatchNeuron<Tanh>(Inputs.Count, classes: 1));
}

/// <summary>
/// Fully connected units:
/// <c>{"network":"fully-connected","unit":"tanh","units":n,"input":0,"output":n−1,"weights":[[…]]}</c>.
/// </summary>
/// <param name="Unit">Name of its units.</param>
/// <param name="Units">n.</param>
/// <param name="Input">The unit that receives the input.</param>
/// <param name="Output">The unit that is read.</param>
/// <param name="Weights">W, row by row.</param>
public sealed record FullyConnectedDefinition(
    string Unit, int Units, int Input, int Output, IReadOnlyList<double> Weights)
    : NetworkDefinition(Unit, Weights)
{
    /// <summary>Most units that a file may ask for: n² weights are held in memory.</summary>
    public const int MaximumUnits = 1000;

    /// <summary>Reads the fields.</summary>
    public static FullyConnectedDefinition Read(IFieldReader fields)
    {
        string unit = fields.Word("unit", KnownUnits.Names);
        int units = fields.WholeNumber("units", 1, MaximumUnits);
        int? known = fields.IsSound("units") ? units : null;
        int last = (known ?? MaximumUnits) - 1;
        return new(
            unit,
            units,
            fields.WholeNumber("input", 0, last),
            fields.WholeNumber("output", 0, last),
            fields.Matrix("weights", known, known));
    }

    /// <inheritdoc/>
    public override TResult Accept<TResult>(INetworkVisitor<TResult> visitor)
        => visitor.Visit(new FullyConnected<Tanh>(Units, Input, Output));
}

/// <summary>The Parity network: <c>{"network":"parity","unit":"tanh","weights":[w1,w2,b1,w3,w4,w5,b2]}</c>.</summary>
/// <param name="Unit">Name of its units.</param>
/// <param name="Weights">The seven parameters.</param>
public sealed record ParityDefinition(string Unit, IReadOnlyList<double> Weights) : NetworkDefinition(Unit, Weights)
{
    /// <summary>Reads the fields.</summary>
    public static ParityDefinition Read(IFieldReader fields)
        => new(fields.Word("unit", KnownUnits.Names), fields.Numbers("weights", length: 7));

    /// <inheritdoc/>
    public override TResult Accept<TResult>(INetworkVisitor<TResult> visitor)
        => visitor.Visit(default(ParityNetwork<Tanh>));
}
