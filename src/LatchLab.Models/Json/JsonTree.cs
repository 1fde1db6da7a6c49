using System.Text.Json;
using LatchLab.Files;
using LatchLab.Foundation;

namespace LatchLab.Models.Json;

/// <summary>A value of the text with its place in it.</summary>
/// <param name="Kind">Its first token.</param>
/// <param name="Start">First byte.</param>
/// <param name="Length">Bytes of the first token.</param>
/// <param name="Next">Index of the first node that is not part of it.</param>
internal readonly record struct JsonTreeNode(JsonTokenType Kind, int Start, int Length, int Next);

/// <summary>
/// JSON (RFC 8259) as a tree that knows where everything stands: the nodes of the text in its order, each with the
/// index of the one after it, as in <see cref="JsonDocument"/>, which does not tell positions.
/// </summary>
internal sealed class JsonTree
{
    /// <summary>A network needs three levels; deeper nesting is junk, and must not eat the stack.</summary>
    public const int MaximumDepth = 16;

    private readonly List<JsonTreeNode> _nodes = [];

    private JsonTree(SourceText source) => Source = source;

    /// <summary>The text.</summary>
    public SourceText Source { get; }

    /// <summary>A node, in the order of the text.</summary>
    public JsonTreeNode this[int index] => _nodes[index];

    /// <summary>Reads a text.</summary>
    /// <returns>The outermost value.</returns>
    /// <exception cref="ValidationException">It is not JSON.</exception>
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
            // Its message speaks of the bytes of a parser; what the reader had understood so far says it better.
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
