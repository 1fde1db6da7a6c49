namespace LatchLab.Networks.Units;

/// <summary>The units that a network file can name.</summary>
public static class KnownUnits
{
    /// <summary>Names, in the order in which help shows them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["tanh"];
}
