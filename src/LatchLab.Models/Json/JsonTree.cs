using System.Text.Json;
using LatchLab.Files;
using LatchLab.Foundation;

namespace LatchLab.Models.Json;

/// <summary>A value of a JSON text and its location.</summary>
/// <param name="Kind">The first token of the value.</param>
/// <param name="Start">The first byte.</param>
/// <param name="Length">The length of the first token in bytes.</param>
/// <param name="Next">The index of the first node after the value.</param>
internal readonly record struct JsonTreeNode(JsonTokenType Kind, int Start, int Length, int Next);

/// <summary>
/// JSON (RFC 8259) as a tree with source locations. The nodes are stored in source order, each with the index of its
/// successor, as in <see cref="JsonDocument"/>, which does not expose locations.
/// </summary>
internal sealed class JsonTree
{
    /// <summary>The maximum nesting depth. A network needs three levels; the limit prevents stack overflow.</summary>
    public const int MaximumDepth = 16;

    private readonly List<JsonTreeNode> _nodes = [];

    private JsonTree(SourceText source) => Source = source;

    public SourceText Source { get; }

    /// <summary>A node, by its index in source order.</summary>
    public JsonTreeNode this[int index] => _nodes[index];

    /// <summary>Parses a text.</summary>
    /// <returns>The outermost value.</returns>
    /// <exception cref="ValidationException">The text is not JSON.</exception>
    public static JsonTreeValue Parse(SourceText source)
    {
        var tree = new JsonTree(source);
        var syntax = new JsonParseState();
        var reader = new Utf8JsonReader(source.Bytes, new JsonReaderOptions { MaxDepth = MaximumDepth });
        try
        {
            while (reader.Read())
            {
                tree.AddNode(ref reader, syntax.OpenContainers);
                syntax.LastToken = reader.TokenType;
                syntax.EndOffset = (int)reader.BytesConsumed;
                if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
                    syntax.TopLevelField = new JsonTreeValue(tree, tree._nodes.Count - 1);
            }
        }
        catch (JsonException)
        {
            // The message of the exception refers to parser bytes. The state so far gives a clearer description.
            throw JsonSyntaxError.CreateException(tree, syntax);
        }

        return new JsonTreeValue(tree, 0);
    }

    private void AddNode(ref Utf8JsonReader reader, Stack<int> openContainers)
    {
        if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            int closed = openContainers.Pop();
            _nodes[closed] = _nodes[closed] with { Next = _nodes.Count };
            return;
        }

        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            openContainers.Push(_nodes.Count);
        int quotes = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? 2 : 0;
        int length = reader.ValueSpan.Length + quotes;
        _nodes.Add(new JsonTreeNode(reader.TokenType, (int)reader.TokenStartIndex, length, _nodes.Count + 1));
    }
}
