using System.Numerics;
using System.Text.Json;
using static LatchLab.Verification.JsonFields;

namespace LatchLab.Verification;

/// <summary>The content of a certificate file. Every number is exactly the <c>double</c> that it denotes.</summary>
/// <param name="Network">N.</param>
/// <param name="ConstantInputs">u.</param>
/// <param name="Noise">b ≥ 0.</param>
/// <param name="HasInputNoise">Whether the noise is added to the inputs, and not to the activations.</param>
/// <param name="Sets">[set][box][activation].</param>
internal sealed record Certificate(
    IntervalNetwork Network, BigInteger[] ConstantInputs, BigInteger Noise, bool HasInputNoise,
    FixedPointInterval[][][] Sets)
{
    /// <summary>Reads a certificate.</summary>
    /// <exception cref="FormatException">A field is missing, unknown or invalid.</exception>
    public static Certificate Read(JsonElement document)
    {
        Dictionary<string, JsonElement> fields = GetFields(document, "the certificate",
            "certificate", "version", "network", "held-inputs", "noise", "noise-at", "sets");
        Require(GetString(fields, "certificate") == "latchlab-noise", "certificate: must be \"latchlab-noise\"");
        Require(GetNumber(GetField(fields, "version"), "version") == FixedPointInterval.One, "version: must be 1");
        IntervalNetwork network = ReadNetwork(GetField(fields, "network"));
        BigInteger noise = GetNumber(GetField(fields, "noise"), "noise");
        Require(noise.Sign >= 0, "noise: must not be negative");
        string place = GetString(fields, "noise-at");
        Require(place is "units" or "inputs", "noise-at: must be \"units\" or \"inputs\"");
        BigInteger[] constantInputs = GetNumbers(GetField(fields, "held-inputs"), "held-inputs", network.Inputs);
        JsonElement.ArrayEnumerator sets = GetArray(GetField(fields, "sets"), "sets");
        return new(network, constantInputs, noise, place == "inputs",
            [.. sets.Select((set, i) => ReadSet(set, $"set {i}", network))]);
    }

    private static FixedPointInterval[][] ReadSet(JsonElement set, string place, IntervalNetwork network)
    {
        JsonElement boxes = GetField(GetFields(set, place, "boxes"), "boxes");
        return [.. GetArray(boxes, place).Select((box, i) => ReadBox(box, $"{place}, box {i}", network.Dimension))];
    }

    private static FixedPointInterval[] ReadBox(JsonElement box, string place, int dimension)
    {
        Dictionary<string, JsonElement> ends = GetFields(box, place, "lower", "upper");
        BigInteger[] lower = GetNumbers(GetField(ends, "lower"), place, dimension);
        BigInteger[] upper = GetNumbers(GetField(ends, "upper"), place, dimension);
        FixedPointInterval[] bounds = [.. lower.Zip(upper, (low, high) => new FixedPointInterval(low, high))];
        Require(bounds.All(interval => interval.Lower <= interval.Upper),
            $"{place}: a lower end lies above the upper one");
        return bounds;
    }

    private static IntervalNetwork ReadNetwork(JsonElement network)
    {
        Require(network.ValueKind == JsonValueKind.Object, "network: must be an object");
        bool isNamed = network.TryGetProperty("network", out JsonElement name);
        string? kind = isNamed && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
        string[] known = kind switch
        {
            "latch" => ["network", "unit", "weight", "inputs", "class-0-inputs", "other-inputs"],
            "fully-connected" =>
                ["network", "unit", "units", "input", "output", "outputs", "weights", "biases", "input-weights"],
            "parity" => ["network", "unit", "weights"],
            _ => throw new FormatException("network: must be \"latch\", \"fully-connected\" or \"parity\""),
        };
        Dictionary<string, JsonElement> fields = GetFields(network, "network", known);
        if (kind == "latch")
        {
            BigInteger weight = GetNumber(GetField(fields, "weight"), "weight");
            return new FullyConnectedNetwork(ReadUnits(fields, 1), [[weight]], [[FixedPointInterval.One]],
                [BigInteger.Zero]);
        }

        return kind == "parity"
            ? new ParityNetwork(ReadUnits(fields, 2), GetNumbers(GetField(fields, "weights"), "weights", 7))
            : ReadFullyConnected(fields);
    }

    private static FullyConnectedNetwork ReadFullyConnected(Dictionary<string, JsonElement> fields)
    {
        int n = GetInt32(fields, "units");
        Require(n is >= 1 and <= 1000, "units: must be from 1 to 1000");
        BigInteger[][] w = GetMatrix(fields, "weights", n, n);
        BigInteger[] biases = fields.TryGetValue("biases", out JsonElement biasList)
            ? GetNumbers(biasList, "biases", n) : new BigInteger[n];
        bool isMatrix = fields.ContainsKey("input-weights");
        Require(isMatrix != fields.ContainsKey("input"), "network: must have either input or input-weights");
        if (isMatrix)
            return new(ReadUnits(fields, n), w, GetMatrix(fields, "input-weights", n, null), biases);
        int input = GetInt32(fields, "input");
        Require(input < n, "input: must be a unit");
        BigInteger[][] v = [.. Enumerable.Range(0, n).Select(i => new[] { i == input ? FixedPointInterval.One : 0 })];
        return new(ReadUnits(fields, n), w, v, biases);
    }

    private static ActivationFunctions ReadUnits(Dictionary<string, JsonElement> fields, int count)
    {
        string[] names = GetString(fields, "unit").Split(',', StringSplitOptions.TrimEntries);
        Require(names.All(ActivationFunctions.IsKnown), "unit: must be tanh, logistic or relu");
        Require(names.Length == 1 || names.Length == count, $"unit: must name one, or each of {count}");
        return new([.. Enumerable.Range(0, count).Select(i => names[names.Length == 1 ? 0 : i])]);
    }
}
