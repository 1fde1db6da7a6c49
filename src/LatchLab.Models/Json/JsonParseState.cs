using System.Text.Json;

namespace LatchLab.Models.Json;

/// <summary>How far a text was JSON.</summary>
internal sealed class JsonParseState
{
    /// <summary>The last good token; <see cref="JsonTokenType.None"/> before the first.</summary>
    public JsonTokenType LastToken { get; set; }

    /// <summary>First byte after it; after a field's name, the one after its colon.</summary>
    public int EndOffset { get; set; }

    /// <summary>The lists and objects that are not closed yet, by the indices of their nodes.</summary>
    public Stack<int> OpenContainers { get; } = [];

    /// <summary>Name of the last field of the outermost object.</summary>
    public JsonTreeValue? TopLevelField { get; set; }
}
