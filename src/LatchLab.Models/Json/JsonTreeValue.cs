using System.Globalization;
using System.Text;
using System.Text.Json;
using LatchLab.Files;

namespace LatchLab.Models.Json;

/// <summary>A value of a <see cref="JsonTree"/>, with its description for messages.</summary>
/// <param name="tree">The tree.</param>
/// <param name="index">The index of its node.</param>
internal readonly struct JsonTreeValue(JsonTree tree, int index)
{
    /// <summary>The first token of the value.</summary>
    public JsonTokenType Kind => tree[index].Kind;

    public int Line => tree.Source.LineAt(tree[index].Start);

    /// <summary>The text of a string or a field name.</summary>
    public string Value
    {
        get
        {
            var reader = new Utf8JsonReader(Token);
            _ = reader.Read();
            try
            {
                return reader.GetString() ?? "";
            }
            catch (InvalidOperationException)
            {
                // An escaped lone surrogate is valid JSON, but not valid text.
                return Encoding.UTF8.GetString(reader.ValueSpan);
            }
        }
    }

    private ReadOnlySpan<byte> Token => tree.Source.Bytes.Slice(tree[index].Start, tree[index].Length);

    /// <summary>Enumerates the elements of a list.</summary>
    public IEnumerable<JsonTreeValue> Elements()
    {
        for (int i = index + 1; i < tree[index].Next; i = tree[i].Next)
            yield return new JsonTreeValue(tree, i);
    }

    /// <summary>Enumerates the fields of an object: name and value.</summary>
    public IEnumerable<(JsonTreeValue Name, JsonTreeValue Value)> Fields()
    {
        for (int i = index + 1; i < tree[index].Next; i = tree[i + 1].Next)
            yield return (new JsonTreeValue(tree, i), new JsonTreeValue(tree, i + 1));
    }

    /// <summary>Returns the value as a number; fails if it is not a number or is too large for a double.</summary>
    public bool TryGetDouble(out double number)
    {
        number = 0.0;
        return Kind == JsonTokenType.Number
            && double.TryParse(Token, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    /// <summary>Describes the value for a message, for example <c>the string "abc"</c>.</summary>
    public string Describe() => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => $"the string {Escape.Quote(Value)}",
        JsonTokenType.Number when !TryGetDouble(out _) => $"the number {DisplayText}, too large for a double",
        JsonTokenType.Number => $"the number {DisplayText}",
        _ => DisplayText,
    };

    private string DisplayText => Escape.Text(Encoding.UTF8.GetString(Token));
}
