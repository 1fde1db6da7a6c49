using System.Numerics;
using System.Text.Json;

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
    /// <exception cref="JsonException">The text is not JSON, or contains a field twice.</exception>
    public static Certificate Read(string json)
    {
        // An unknown field could change the meaning of the others, so unknown fields are rejected.
        var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
        using var document = JsonDocument.Parse(json.TrimStart('\uFEFF'), options);
        Dictionary<string, JsonElement> fields = GetFields(document.RootElement, "the certificate",
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

    private static Dictionary<string, JsonElement> GetFields(JsonElement value, string place, params string[] known)
    {
        Require(value.ValueKind == JsonValueKind.Object, $"{place}: must be an object");
        var fields = value.EnumerateObject().ToDictionary(field => field.Name, field => field.Value);
        Require(fields.Keys.All(known.Contains), $"{place}: has a field other than {string.Join(", ", known)}");
        return fields;
    }

    private static JsonElement GetField(Dictionary<string, JsonElement> fields, string name)
        => fields.TryGetValue(name, out JsonElement value) ? value : throw new FormatException($"{name}: is missing");

    private static string GetString(Dictionary<string, JsonElement> fields, string name)
        => GetField(fields, name) is { ValueKind: JsonValueKind.String } word
            ? word.GetString()! : throw new FormatException($"{name}: must be a string");

    private static int GetInt32(Dictionary<string, JsonElement> fields, string name)
    {
        BigInteger units = GetNumber(GetField(fields, name), name);
        Require(units.Sign >= 0 && (units % FixedPointInterval.One).IsZero && units / FixedPointInterval.One <= 1000,
            $"{name}: must be a whole number from 0 to 1000");
        return (int)(units / FixedPointInterval.One);
    }

    private static BigInteger[][] GetMatrix(Dictionary<string, JsonElement> fields, string name, int count, int? length)
    {
        BigInteger[][] rows = [.. GetArray(GetField(fields, name), name).Select(row => GetNumbers(row, name, length))];
        Require(rows.Length == count, $"{name}: must have {count} rows");
        Require(rows.All(row => row.Length == rows[0].Length), $"{name}: must have rows of equal length");
        return rows;
    }

    private static BigInteger[] GetNumbers(JsonElement list, string place, int? count)
    {
        BigInteger[] numbers = [.. GetArray(list, place).Select(item => GetNumber(item, place))];
        Require(count is null || numbers.Length == count, $"{place}: must have {count} numbers, not {numbers.Length}");
        return numbers;
    }

    private static JsonElement.ArrayEnumerator GetArray(JsonElement list, string place)
        => list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray() : throw new FormatException($"{place}: must be a list");

    private static BigInteger GetNumber(JsonElement value, string place)
        => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double x) && double.IsFinite(x)
            ? FixedPointInterval.FromDouble(x) : throw new FormatException($"{place}: must be a finite number");

    private static void Require(bool condition, string message)
    {
        if (!condition)
            throw new FormatException(message);
    }
}
