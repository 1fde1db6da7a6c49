namespace LatchLab.Foundation;

/// <summary>A number, word or text that a user can choose.</summary>
/// <param name="Path">The name with its section, for example <c>learner.learning-rate</c>.</param>
/// <param name="Value">The value as a user would write it.</param>
/// <param name="AllowedValues">The allowed values, in words.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Source">Where the default comes from.</param>
public sealed record Setting(string Path, string Value, string AllowedValues, string Description, string Source)
{
    /// <summary>The name without its section, for example <c>learning-rate</c>.</summary>
    public string Name => Settings.GetName(Path);

    /// <summary>The definition it belongs to, in words, for example <c>minimal task</c>.</summary>
    public string Group { get; init; } = "";

    /// <summary>What kind of value it has.</summary>
    public SettingKind Kind { get; init; } = SettingKind.Text;

    /// <summary>The words of a choice; empty for other kinds.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <inheritdoc cref="SettingAttribute.Probe"/>
    public string Probe { get; init; } = "";

    /// <inheritdoc cref="SettingAttribute.ProbeBeside"/>
    public string ProbeBeside { get; init; } = "";
}

/// <summary>Kinds of setting values.</summary>
public enum SettingKind
{
    /// <summary>A finite number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>One of a fixed list of words.</summary>
    Choice,

    /// <summary>A text; the code that parses it validates it.</summary>
    Text,
}
