using System.Text.Json;

namespace LatchLab.Formats.Json;

/// <summary>A value of the text with its place in it.</summary>
/// <param name="Kind">Its first token.</param>
/// <param name="Start">First byte.</param>
/// <param name="Length">Bytes of the first token.</param>
/// <param name="Next">Index of the first node that is not part of it.</param>
internal readonly record struct JsonNode(JsonTokenType Kind, int Start, int Length, int Next);

/// <summary>
/// JSON (RFC 8259) as a tree that knows where everything stands: the nodes of the text in its order, each with the
/// index of the one after it, as in <see cref="JsonDocument"/>, which does not tell positions.
/// </summary>
internal sealed class JsonTree
{
    /// <summary>A network needs three levels; deeper nesting is junk, and must not eat the stack.</summary>
    public const int MaximumDepth = 16;

    private readonly List<JsonNode> _nodes = [];

    private JsonTree(SourceText source) => Source = source;

    /// <summary>The text.</summary>
    public SourceText Source { get; }

    /// <summary>A node, in the order of the text.</summary>
    public JsonNode this[int index] => _nodes[index];

    /// <summary>Reads a text.</summary>
    /// <returns>The outermost value.</returns>
    /// <exception cref="InputException">It is not JSON.</exception>
    public static JsonValue Parse(SourceText source)
    {
        var tree = new JsonTree(source);
        var syntax = new SyntaxState();
        var reader = new Utf8JsonReader(source.Bytes, new JsonReaderOptions { MaxDepth = MaximumDepth });
        try
        {
            while (reader.Read())
            {
                tree.Take(ref reader, syntax.Open);
                syntax.Last = reader.TokenType;
                syntax.End = (int)reader.BytesConsumed;
                if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
                    syntax.Field = new JsonValue(tree, tree._nodes.Count - 1);
            }
        }
        catch (JsonException)
        {
            // Its message speaks of the bytes of a parser; what the reader had understood so far says it better.
            throw SyntaxMistake.Explain(tree, syntax);
        }

        return new JsonValue(tree, 0);
    }

    private void Take(ref Utf8JsonReader reader, Stack<int> open)
    {
        if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            int closed = open.Pop();
            _nodes[closed] = _nodes[closed] with { Next = _nodes.Count };
            return;
        }

        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            open.Push(_nodes.Count);
        int quotes = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? 2 : 0;
        int length = reader.ValueSpan.Length + quotes;
        _nodes.Add(new JsonNode(reader.TokenType, (int)reader.TokenStartIndex, length, _nodes.Count + 1));
    }
}
