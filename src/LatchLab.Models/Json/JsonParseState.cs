using System.Text.Json;

namespace LatchLab.Models.Json;

/// <summary>The state of the parser after the last valid token of a text.</summary>
internal sealed class JsonParseState
{
    /// <summary>The last valid token; <see cref="JsonTokenType.None"/> before the first.</summary>
    public JsonTokenType LastToken { get; set; }

    /// <summary>The first byte after the last valid token; for a field name, after its colon.</summary>
    public int EndOffset { get; set; }

    /// <summary>The node indices of the lists and objects that are not closed yet.</summary>
    public Stack<int> OpenContainers { get; } = [];

    /// <summary>The name of the last field of the outermost object.</summary>
    public JsonTreeValue? TopLevelField { get; set; }
}
