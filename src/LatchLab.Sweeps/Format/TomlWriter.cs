using System.Text;
using LatchLab.Foundation;

namespace LatchLab.Sweeps.Format;

/// <summary>Writes lines of TOML, at most a hundred columns wide where possible.</summary>
internal sealed class TomlWriter
{
    private const int MaximumLineLength = 100;

    private readonly StringBuilder _text = new();

    /// <summary>Adds a line.</summary>
    public void Add(string line = "") => _text.Append(line).Append('\n');

    /// <summary>Adds a header, after an empty line.</summary>
    public void AddHeader(string header)
    {
        if (_text.Length > 0)
            Add();
        Add(header);
    }

    /// <summary>Adds a field.</summary>
    public void AddField(string name, string value) => Add($"{name} = {value}");

    /// <summary>Adds a field with a list, on several lines if it is long.</summary>
    public void AddList(string name, IEnumerable<string> values)
    {
        string[] all = [.. values];
        string single = $"{name} = [{string.Join(", ", all)}]";
        if (single.Length <= MaximumLineLength)
        {
            Add(single);
            return;
        }

        Add($"{name} = [");
        var line = new StringBuilder();
        foreach (string value in all)
        {
            if (line.Length > 0 && line.Length + value.Length + 6 > MaximumLineLength)
            {
                Add($"    {line}");
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(value).Append(',');
        }

        Add($"    {line}");
        Add("]");
    }

    /// <summary>Adds a field with a range.</summary>
    public void AddRange(string name, SweepRange range)
        => AddField(name, $"{{ from = {FormatNumber(Settings.FormatValue(range.From))}, to = " +
            $"{FormatNumber(Settings.FormatValue(range.To))}, points = {range.Points}" +
            (range.IsLogarithmic ? $", scale = {Quote(PartSyntax.ScaleNames[1])} }}" : " }"));

    /// <summary>Returns a text in quotes.</summary>
    public static string Quote(string text)
    {
        string escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{escaped}\"";
    }

    /// <summary>Formats the value of a setting.</summary>
    public static string FormatValue(string value, SettingKind kind)
        => kind is SettingKind.Number or SettingKind.Integer ? FormatNumber(value) : Quote(value);

    public override string ToString() => _text.ToString();

    /// <summary>Formats a number. TOML integers have no negative zero, so it is written as a float.</summary>
    private static string FormatNumber(string text) => text == "-0" ? "-0.0" : text;
}
