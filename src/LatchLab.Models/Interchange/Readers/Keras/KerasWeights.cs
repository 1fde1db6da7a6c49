using System.Text.RegularExpressions;
using LatchLab.Models.Interchange.Readers.Arrays;

namespace LatchLab.Models.Interchange.Readers.Keras;

/// <summary>The arrays of a layer of Keras, or of one direction of it.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="IsBackward">Whether it reads the sequence from its end.</param>
/// <param name="Arrays">The arrays by their kind, such as <c>kernel</c>.</param>
internal sealed record KerasWeights(string Name, bool IsBackward, Dictionary<string, SourceTensor> Arrays)
{
    private static readonly string[] Roots = ["model_weights", "layers", "_layer_checkpoint_dependencies"];

    private static readonly string[] Numbered = [KerasLayers.Kernel, KerasLayers.Recurrent, KerasLayers.Bias];

    /// <summary>Arrays that are no weights.</summary>
    private static readonly string[] Ignored = ["optimizer", "optimizer_weights", "seed_generator"];

    /// <summary>
    /// Groups arrays by layer. The path of one is <c>lstm/lstm/lstm_cell/kernel:0</c> in Keras 2 and
    /// <c>layers/lstm/cell/vars/0</c> in Keras 3, where the number is the place among the weights of the cell.
    /// </summary>
    public static IReadOnlyList<KerasWeights> Group(IReadOnlyList<SourceTensor> arrays)
    {
        var layers = new List<KerasWeights>();
        foreach (SourceTensor array in arrays)
        {
            string[] path = array.Name.Split('/');
            if (path.Intersect(Ignored).Any())
                continue;
            int start = Array.FindLastIndex(path, part => Roots.Contains(part)) + 1;
            if (start >= path.Length - 1)
                continue;
            bool isBackward = path[start..].Any(part => part.StartsWith("backward", StringComparison.Ordinal));
            KerasWeights? layer = layers.Find(known => known.Name == path[start] && known.IsBackward == isBackward);
            if (layer is null)
                layers.Add(layer = new(path[start], isBackward, []));
            layer.Arrays.TryAdd(GetKind(path), array);
        }

        return layers;
    }

    /// <summary>The setting of a layer: by its name, or by its class and number, as Keras 3 names groups.</summary>
    public KerasLayer? FindConfig(IReadOnlyList<KerasLayer> layers)
    {
        Match match = Regex.Match(Name, "^(.*?)(?:_([0-9]{1,6}))?$");
        string kind = match.Groups[1].Value.Replace("_", "", StringComparison.Ordinal);
        int number = match.Groups[2].Length == 0 ? 0 : int.Parse(match.Groups[2].Value);
        return layers.FirstOrDefault(layer => layer.Name == Name)
            ?? layers.Where(layer => string.Equals(
                layer.Wrapper.Length > 0 ? layer.Wrapper : layer.Kind, kind, StringComparison.OrdinalIgnoreCase))
                .ElementAtOrDefault(number);
    }

    private static string GetKind(string[] path)
    {
        string kind = path[^1].Split(':')[0];
        if (path[^2] != "vars" || !int.TryParse(kind, out int number))
            return kind;
        string[] names = path.Contains("cell") ? Numbered : [KerasLayers.Kernel, KerasLayers.Bias];
        return number >= 0 && number < names.Length ? names[number] : kind;
    }
}
