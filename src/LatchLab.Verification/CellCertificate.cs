using System.Numerics;
using System.Text.Json;
using static LatchLab.Verification.JsonFields;

namespace LatchLab.Verification;

/// <summary>The content of a certificate of states of a network of cells at rest.</summary>
/// <param name="Layers">The layers, the first one first.</param>
/// <param name="Sizes">The hidden values and the cell values of each layer.</param>
/// <param name="Input">u.</param>
/// <param name="States">The states.</param>
internal sealed record CellCertificate(
    CellStep[] Layers, (int Hidden, int Cells)[] Sizes, BigInteger[] Input, CellState[] States)
{
    private const int MostLayers = 4, MostUnits = 1000;
    private const string Kind = "latchlab-noise-at-rest";

    /// <summary>Whether a document says that it is such a certificate.</summary>
    public static bool IsKindOf(JsonElement document)
        => document.ValueKind == JsonValueKind.Object
            && document.TryGetProperty("certificate", out JsonElement kind)
            && kind.ValueKind == JsonValueKind.String && kind.ValueEquals(Kind);

    /// <summary>Values of a state.</summary>
    public int Dimension => Sizes.Sum(layer => layer.Hidden + layer.Cells);

    /// <summary>Reads a certificate.</summary>
    /// <exception cref="FormatException">A field is missing, unknown or invalid.</exception>
    public static CellCertificate Read(JsonElement document)
    {
        Dictionary<string, JsonElement> fields = GetFields(
            document, "the certificate", "certificate", "version", "network", "held-inputs", "states");
        Require(GetNumber(GetField(fields, "version"), "version") == FixedPointInterval.One, "version: must be 1");
        (CellStep[] layers, (int Hidden, int Cells)[] sizes, int inputs) = ReadNetwork(GetField(fields, "network"));
        BigInteger[] input = GetNumbers(GetField(fields, "held-inputs"), "held-inputs", inputs);
        var certificate = new CellCertificate(layers, sizes, input, []);
        return certificate with
        {
            States = [.. GetArray(GetField(fields, "states"), "states").Select(
                (state, i) => ReadState(state, $"state {i}", certificate.Dimension))],
        };
    }

    private static CellState ReadState(JsonElement state, string place, int dimension)
    {
        Dictionary<string, JsonElement> fields = GetFields(
            state, place, "noise", "state", "disturbances", "half-widths");
        BigInteger[] Read(string name) => GetNumbers(GetField(fields, name), $"{place}, {name}", dimension);
        BigInteger noise = GetNumber(GetField(fields, "noise"), $"{place}, noise");
        BigInteger[] disturbances = Read("disturbances");
        Require(noise.Sign > 0, $"{place}, noise: must be positive");
        Require(disturbances.All(value => value.Sign > 0), $"{place}, disturbances: must be positive");
        return new(noise, Read("state"), disturbances, Read("half-widths"));
    }

    private static (CellStep[] Layers, (int Hidden, int Cells)[] Sizes, int Inputs) ReadNetwork(JsonElement network)
    {
        string? kind = network.ValueKind == JsonValueKind.Object
            && network.TryGetProperty("network", out JsonElement name) && name.ValueKind == JsonValueKind.String
            ? name.GetString() : null;
        Require(kind is not null && CellStep.Kinds.Contains(kind),
            $"network: must be one of {string.Join(", ", CellStep.Kinds)}");
        (string[] recurrent, string[] fromInput, string[] biases) = CellStep.GetFields(kind!);
        string[] blocks = [.. recurrent, .. fromInput, .. biases, "p"];
        Dictionary<string, JsonElement> fields = GetFields(
            network, "network",
            [
                "network", "units", "projection", "inputs", "outputs", "layers", "learned-inputs", "readout", "unit",
                "r", "c", "u0", "u1", .. blocks,
                .. Enumerable.Range(1, MostLayers).SelectMany(layer => blocks.Select(block => $"{block}-{layer}")),
            ]);
        int units = GetSize(fields, "units"), inputs = GetSize(fields, "inputs"),
            hidden = kind == "lstm-projected" ? GetSize(fields, "projection") : units,
            count = fields.ContainsKey("layers") ? GetSize(fields, "layers") : 1;
        Require(count <= MostLayers, $"layers: must be at most {MostLayers}");
        string unit = kind == "elman" ? GetString(fields, "unit") : "tanh";
        Require(ActivationFunctions.IsKnown(unit), "unit: must be tanh, logistic or relu");
        var layers = new CellStep[count];
        for (int layer = 0; layer < count; layer++)
        {
            string suffix = count == 1 ? "" : $"-{layer + 1}";
            int width = layer == 0 ? inputs : hidden;
            Dictionary<string, BigInteger[][]> matrices = recurrent.ToDictionary(
                block => block, block => GetMatrix(fields, block + suffix, units, hidden));
            foreach (string block in fromInput)
                matrices[block] = GetMatrix(fields, block + suffix, units, width);
            if (kind == "lstm-projected")
                matrices["p"] = GetMatrix(fields, "p" + suffix, hidden, units);
            layers[layer] = new(kind!, unit, matrices, biases.ToDictionary(
                block => block, block => GetNumbers(GetField(fields, block + suffix), block + suffix, units)));
        }

        return (
            layers, [.. Enumerable.Repeat((hidden, CellStep.HasCellValues(kind!) ? units : 0), count)], inputs);
    }

    private static int GetSize(Dictionary<string, JsonElement> fields, string name)
    {
        int size = GetInt32(fields, name);
        Require(size is >= 1 and <= MostUnits, $"{name}: must be from 1 to {MostUnits}");
        return size;
    }
}

/// <summary>The proof of one state.</summary>
/// <param name="Noise">b &gt; 0.</param>
/// <param name="State">s.</param>
/// <param name="Disturbances">b′, positive.</param>
/// <param name="HalfWidths">w.</param>
internal sealed record CellState(
    BigInteger Noise, BigInteger[] State, BigInteger[] Disturbances, BigInteger[] HalfWidths);
