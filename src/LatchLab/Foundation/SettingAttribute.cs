namespace LatchLab.Foundation;

/// <summary>
/// Marks a property of a definition as a setting: a number, word or text that a user can choose. Options, help,
/// validation and the report's table of settings are derived from it.
/// </summary>
/// <param name="description">One sentence, without a full stop.</param>
/// <param name="source">Where the default comes from: <c>paper, …</c>, or <c>decision</c> where it gives none.</param>
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

    /// <summary>For a text: the allowed values, in words. The code that parses the text validates it.</summary>
    public string AllowedValues { get; init; } = "";

    /// <summary>
    /// For a text that is a name: a type whose static property <c>Names</c> lists the allowed names, so that a list to
    /// which entries are added is the only one; null for other texts.
    /// </summary>
    public Type? NamesOf { get; init; }

    /// <summary>
    /// Another value, which must change results beside the small settings of a test: every setting has one, so that
    /// none is ever ignored.
    /// </summary>
    public required string Probe { get; init; }

    /// <summary>
    /// Settings without which <see cref="Probe"/> changes nothing, by path and separated by semicolons; empty for none.
    /// </summary>
    public string ProbeBeside { get; init; } = "";
}
