namespace LatchLab.Foundation;

/// <summary>
/// Marks a property of a definition as a number (or word, or text) that a user can choose: options, help, checks and
/// the report's table of settings all follow from it.
/// </summary>
/// <param name="description">One sentence, without a full stop.</param>
/// <param name="source">Where the default comes from: <c>paper, …</c> or <c>decision</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string description, string source) : Attribute
{
    /// <summary>One sentence, without a full stop.</summary>
    public string Description { get; } = description;

    /// <summary>Where the default comes from: <c>paper, …</c> or <c>decision</c>.</summary>
    public string Source { get; } = source;

    /// <summary>The smallest value allowed.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value allowed.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether <see cref="Minimum"/> itself is excluded.</summary>
    public bool IsMinimumExclusive { get; init; }

    /// <summary>
    /// Of a text: what may stand there, in words. Whether it does is checked by whoever reads the text.
    /// </summary>
    public string AllowedValues { get; init; } = "";
}
