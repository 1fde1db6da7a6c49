namespace LatchLab.Networks.Units;

/// <summary>
/// The units that a network can be made of, by name: one name for all of its units, or a list of names separated by
/// commas, one a unit.
/// </summary>
public static class KnownUnits
{
    /// <summary>The unit of all differentiable networks of the paper.</summary>
    public const string TanhName = "tanh";

    /// <summary>The unit of discrete error propagation.</summary>
    public const string ThresholdName = "threshold";

    private const string LogisticName = "logistic";

    /// <summary>Names, in the order in which help shows them.</summary>
    public static IReadOnlyList<string> Names { get; } = [TanhName, ThresholdName, LogisticName];

    /// <summary>Those with a slope, in words.</summary>
    public static string DifferentiableNames => $"{TanhName} or {LogisticName}";

    /// <summary>What is wrong with the units of a network; null if nothing is.</summary>
    /// <param name="units">One name, or one for each unit.</param>
    /// <param name="count">Units of the network.</param>
    public static string? Mistake(string units, int count)
    {
        string[] names = Split(units);
        if (Unknown(units) is { } unknown)
        {
            return $"'{unknown}' is not known: give {string.Join(", ", Names)}, or one of them for each unit"
                + NearestName.Hint(unknown, Names);
        }

        if (names.Length > 1 && names.Length != count)
            return $"{names.Length} units are named, but the network has {count}: name one, or each";
        return names.Length > MixedUnits.Most ? $"at most {MixedUnits.Most} units can be mixed" : null;
    }

    /// <summary>The first name that no unit has; null if all are known.</summary>
    public static string? Unknown(string units) => Split(units).FirstOrDefault(name => !Names.Contains(name));

    /// <summary>Whether the units are a threshold among others, or nothing else.</summary>
    public static bool HasThreshold(string units) => Split(units).Contains(ThresholdName);

    /// <summary>How many units are named.</summary>
    public static int Count(string units) => Split(units).Length;

    /// <summary>Between which values the output of a unit lies.</summary>
    public static (double Lowest, double Highest) Range(string units, int unit)
    {
        string[] names = Split(units);
        return names[names.Length == 1 ? 0 : unit] == LogisticName ? (0.0, 1.0) : (-1.0, 1.0);
    }

    /// <summary>The one step from names to types.</summary>
    /// <param name="units">One name, or one for each unit.</param>
    /// <param name="propagation">How threshold units answer an error signal.</param>
    /// <param name="work">What is to be done with the type.</param>
    public static TResult Run<TResult>(string units, DiscretePropagation propagation, IUnitsWork<TResult> work)
    {
        string[] names = Split(units);
        var threshold = new Threshold(propagation);
        if (names.Distinct().Count() > 1)
            return work.Run(new MixedUnits(Which(names, TanhName), Which(names, LogisticName), threshold));
        return names[0] switch
        {
            ThresholdName => work.Run(threshold),
            LogisticName => work.Run(default(Logistic)),
            _ => work.Run(default(Tanh)),
        };
    }

    private static string[] Split(string units) => units.Split(',', StringSplitOptions.TrimEntries);

    private static ulong Which(string[] names, string name)
    {
        ulong bits = 0;
        foreach ((int i, string other) in names.Index())
            bits |= other == name ? 1UL << i : 0UL;
        return bits;
    }
}

/// <summary>Work on units of any type.</summary>
/// <typeparam name="TResult">What it gives.</typeparam>
public interface IUnitsWork<out TResult>
{
    /// <summary>Does the work.</summary>
    TResult Run<TUnits>(TUnits units)
        where TUnits : struct, IUnits;
}
