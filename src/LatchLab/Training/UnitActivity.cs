using LatchLab.Networks;

namespace LatchLab.Training;

/// <summary>What the units and gates of the final network of a trial do over its training sequences.</summary>
/// <param name="Activations">The units and gates.</param>
/// <param name="SaturatedShare">
/// The share of their values that are saturated (<see cref="KeptActivation.UnsaturatedRange"/>), of those that can be;
/// NaN if none can.
/// </param>
/// <param name="Constant">
/// The indices of those whose value is the same at every step of every sequence: they carry no information.
/// </param>
/// <param name="ConstantValues">Their values.</param>
public sealed record UnitActivity(
    IReadOnlyList<KeptActivation> Activations, double SaturatedShare, IReadOnlyList<int> Constant,
    IReadOnlyList<double> ConstantValues)
{
    /// <summary>The names of the constant units and gates, each with its value.</summary>
    public IReadOnlyList<string> ConstantNames
        => [.. Constant.Zip(ConstantValues, (index, value)
            => FormattableString.Invariant($"{Activations[index].Name} = {value}"))];
}
