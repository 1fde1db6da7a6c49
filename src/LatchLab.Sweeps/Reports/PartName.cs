namespace LatchLab.Sweeps.Reports;

/// <summary>
/// The name of a part that is compared with others, <c>ROW, CURVE[, VARIANT]</c>: which row of panels and which curve
/// shows the part, and what is different if it is compared with the part <c>ROW, CURVE</c>.
/// </summary>
/// <param name="Row">The row; empty if the name has none.</param>
/// <param name="Curve">The curve.</param>
/// <param name="Variant">The variant; empty for none.</param>
internal sealed record PartName(string Row, string Curve, string Variant)
{
    /// <summary>The form of a name, for messages.</summary>
    public const string Form = "ROW, CURVE[, VARIANT]";

    /// <summary>Splits a name at its first two commas.</summary>
    public static PartName Parse(string name)
    {
        string[] words = name.Split(',', 3, StringSplitOptions.TrimEntries);
        return words.Length == 1 ? new("", words[0], "") : new(words[0], words[1], words.ElementAtOrDefault(2) ?? "");
    }
}
