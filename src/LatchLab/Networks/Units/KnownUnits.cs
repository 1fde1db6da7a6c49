using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Networks.Units;

/// <summary>
/// The kinds of units, by name. A network names one kind for all of its units, or one for each, separated by commas.
/// </summary>
public static class KnownUnits
{
    /// <summary>The unit of all differentiable networks of the paper.</summary>
    public const string TanhName = "tanh";

    /// <summary>The unit of discrete error propagation.</summary>
    public const string ThresholdName = "threshold";

    /// <summary>The names of logistic and rectified linear units.</summary>
    public const string LogisticName = "logistic", ReluName = "relu";

    /// <summary>Names, in the order in which help shows them.</summary>
    public static IReadOnlyList<string> Names { get; } = [TanhName, ThresholdName, LogisticName, ReluName];

    /// <summary>The differentiable kinds, in words.</summary>
    public static string DifferentiableNames => $"{TanhName}, {LogisticName} or {ReluName}";

    /// <summary>The validation error for the units of a network; null if they are valid.</summary>
    /// <param name="units">One name, or one for each unit.</param>
    /// <param name="count">Number of units of the network.</param>
    public static string? Validate(string units, int count)
    {
        string[] names = SplitNames(units);
        if (FindUnknownName(units) is { } unknown)
        {
            return $"'{unknown}' is not known: give {string.Join(", ", Names)}, or one of them for each unit"
                + (int.TryParse(unknown, out _) ? $"; did you mean units={unknown}?"
                    : NearestName.FormatSuggestion(unknown, Names));
        }

        if (names.Length > 1 && names.Length != count)
            return $"{names.Length} units are named, but the network has {count}: give one name, or one for each unit";
        return names.Length > MixedUnits.MaximumUnits ? $"at most {MixedUnits.MaximumUnits} units can be mixed" : null;
    }

    /// <summary>The first unknown name; null if all are known.</summary>
    public static string? FindUnknownName(string units)
        => SplitNames(units).FirstOrDefault(name => !Names.Contains(name));

    /// <summary>Whether any of the units is a threshold.</summary>
    public static bool HasThreshold(string units) => SplitNames(units).Contains(ThresholdName);

    /// <summary>Number of names.</summary>
    public static int CountNames(string units) => SplitNames(units).Length;

    /// <summary>Whether all units are those of the theory of the paper.</summary>
    public static bool IsTanhOnly(string units) => SplitNames(units).All(name => name == TanhName);

    /// <summary>Whether all units are thresholds.</summary>
    public static bool IsThresholdOnly(string units) => SplitNames(units).All(name => name == ThresholdName);

    /// <summary>Whether the output of any of the units has no bounds.</summary>
    public static bool HasUnbounded(string units) => SplitNames(units).Contains(ReluName);

    /// <summary>The range of the output of a unit; the maximum may be infinite.</summary>
    public static (double Minimum, double Maximum) GetOutputRange(string units, int unit)
        => GetName(units, unit) switch
        {
            LogisticName => (0.0, 1.0),
            ReluName => (0.0, double.PositiveInfinity),
            _ => (-1.0, 1.0),
        };

    /// <summary>
    /// The range to which the targets of a unit are scaled: that of its output, or from 0 to 1 if it has no maximum.
    /// </summary>
    public static (double Minimum, double Maximum) GetTargetRange(string units, int unit)
        => GetOutputRange(units, unit) is (var minimum, < double.PositiveInfinity and var maximum)
            ? (minimum, maximum) : (0.0, 1.0);

    /// <summary>The validation error of a value that is to be the output of a unit; null if it is valid.</summary>
    public static string? ValidateOutput(string units, int unit, double output)
        => GetOutputRange(units, unit) is var (minimum, maximum) && output >= minimum && output <= maximum
            && double.IsFinite(output)
            ? null
            : FormattableString.Invariant(
                $"{output} is no output of the unit: give {NumberFormat.DescribeRange(minimum, maximum)}");

    /// <summary>
    /// The activation where a differentiable unit has an output; infinite where no finite one has it. For the output 0
    /// of a relu, which all activations up to 0 have, it is 0.
    /// </summary>
    public static double GetActivation(string units, int unit, double output)
        => GetName(units, unit) switch
        {
            LogisticName => Elementary.Log(output / (1.0 - output)),
            ReluName => output,
            _ => 0.5 * Elementary.Log((1.0 + output) / (1.0 - output)),
        };

    /// <summary>Creates the units from their names and passes them to a visitor.</summary>
    /// <param name="units">One name, or one for each unit.</param>
    /// <param name="propagation">How threshold units backpropagate.</param>
    /// <param name="visitor">The operation on the units.</param>
    public static TResult Accept<TResult>(string units, DiscretePropagation propagation, IUnitsVisitor<TResult> visitor)
    {
        string[] names = SplitNames(units);
        var threshold = new Threshold(propagation);
        if (names.Distinct().Count() > 1)
            return visitor.Visit(
                new MixedUnits(CreateUnitMask(names, TanhName), CreateUnitMask(names, LogisticName),
                    CreateUnitMask(names, ReluName), threshold));
        return names[0] switch
        {
            ThresholdName => visitor.Visit(threshold),
            LogisticName => visitor.Visit(default(Logistic)),
            ReluName => visitor.Visit(default(Relu)),
            _ => visitor.Visit(default(Tanh)),
        };
    }

    /// <summary>The name of a unit.</summary>
    /// <param name="units">One name, or one for each unit.</param>
    /// <param name="unit">Index of the unit.</param>
    public static string GetName(string units, int unit)
    {
        string[] names = SplitNames(units);
        return names[names.Length == 1 ? 0 : unit];
    }

    private static string[] SplitNames(string units) => units.Split(',', StringSplitOptions.TrimEntries);

    private static ulong CreateUnitMask(string[] names, string name)
    {
        ulong mask = 0;
        foreach ((int i, string unitName) in names.Index())
            mask |= unitName == name ? 1UL << i : 0UL;
        return mask;
    }
}

/// <summary>An operation on units of any type.</summary>
public interface IUnitsVisitor<out TResult>
{
    /// <summary>Performs the operation on units.</summary>
    TResult Visit<TUnits>(TUnits units)
        where TUnits : struct, IUnits;
}
