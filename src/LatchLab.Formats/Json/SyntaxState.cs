using System.Text.Json;

namespace LatchLab.Formats.Json;

/// <summary>How far a text was JSON.</summary>
internal sealed class SyntaxState
{
    /// <summary>The last good token; <see cref="JsonTokenType.None"/> before the first.</summary>
    public JsonTokenType Last { get; set; }

    /// <summary>First byte after it; after a field's name, the one after its colon.</summary>
    public int End { get; set; }

    /// <summary>The lists and objects that are not closed yet, by the indices of their nodes.</summary>
    public Stack<int> Open { get; } = [];

    /// <summary>Name of the last field of the outermost object.</summary>
    public JsonValue? Field { get; set; }
}
