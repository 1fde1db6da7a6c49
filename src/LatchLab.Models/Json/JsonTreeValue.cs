using System.Globalization;
using System.Text;
using System.Text.Json;
using LatchLab.Files;

namespace LatchLab.Models.Json;

/// <summary>One value of a <see cref="JsonTree"/>, and how a message calls it.</summary>
/// <param name="tree">The tree.</param>
/// <param name="index">Index of its node.</param>
internal readonly struct JsonTreeValue(JsonTree tree, int index)
{
    /// <summary>Its first token.</summary>
    public JsonTokenType Kind => tree[index].Kind;

    /// <summary>Line where it starts.</summary>
    public int Line => tree.Source.LineAt(tree[index].Start);

    /// <summary>The text of a string or of a field's name.</summary>
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
                // An escaped half of a surrogate pair is JSON, but no text.
                return Encoding.UTF8.GetString(reader.ValueSpan);
            }
        }
    }

    private ReadOnlySpan<byte> Token => tree.Source.Bytes.Slice(tree[index].Start, tree[index].Length);

    /// <summary>The elements of a list.</summary>
    public IEnumerable<JsonTreeValue> Elements()
    {
        for (int i = index + 1; i < tree[index].Next; i = tree[i].Next)
            yield return new JsonTreeValue(tree, i);
    }

    /// <summary>The fields of an object: name and value.</summary>
    public IEnumerable<(JsonTreeValue Name, JsonTreeValue Value)> Fields()
    {
        for (int i = index + 1; i < tree[index].Next; i = tree[i + 1].Next)
            yield return (new JsonTreeValue(tree, i), new JsonTreeValue(tree, i + 1));
    }

    /// <summary>The number, where it is one and not too large for a double.</summary>
    public bool TryGetDouble(out double number)
    {
        number = 0.0;
        return Kind == JsonTokenType.Number
            && double.TryParse(Token, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    /// <summary>What it is, for a message: <c>the string "abc"</c>.</summary>
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
