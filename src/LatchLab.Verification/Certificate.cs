using System.Numerics;
using System.Text.Json;

namespace LatchLab.Verification;

/// <summary>What a certificate file says, every number exactly as the <c>double</c> that it denotes.</summary>
/// <param name="Network">N.</param>
/// <param name="HeldInputs">u.</param>
/// <param name="Noise">b ≥ 0.</param>
/// <param name="IsAtInputs">Whether the noise is added to the inputs, and not to the activations.</param>
/// <param name="Sets">[set][box][activation].</param>
internal sealed record Certificate(
    Network Network, BigInteger[] HeldInputs, BigInteger Noise, bool IsAtInputs, Bounds[][][] Sets)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">A field is missing, unknown, or of the wrong form.</exception>
    /// <exception cref="JsonException">It is not JSON, or gives a field twice.</exception>
    public static Certificate Read(string json)
    {
        // A field that is not known here could change the meaning of the others, so there must be none.
        var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
        using var document = JsonDocument.Parse(json.TrimStart('\uFEFF'), options);
        Dictionary<string, JsonElement> fields = Fields(document.RootElement, "the certificate",
            "certificate", "version", "network", "held-inputs", "noise", "noise-at", "sets");
        Demand(Word(fields, "certificate") == "latchlab-noise", "certificate: must be \"latchlab-noise\"");
        Demand(Number(Field(fields, "version"), "version") == Bounds.One, "version: must be 1");
        Network network = ReadNetwork(Field(fields, "network"));
        BigInteger noise = Number(Field(fields, "noise"), "noise");
        Demand(noise.Sign >= 0, "noise: must not be negative");
        string place = Word(fields, "noise-at");
        Demand(place is "units" or "inputs", "noise-at: must be \"units\" or \"inputs\"");
        BigInteger[] held = Numbers(Field(fields, "held-inputs"), "held-inputs", network.Inputs);
        JsonElement.ArrayEnumerator sets = Items(Field(fields, "sets"), "sets");
        return new(network, held, noise, place == "inputs",
            [.. sets.Select((set, i) => ReadSet(set, $"set {i}", network))]);
    }

    private static Bounds[][] ReadSet(JsonElement set, string place, Network network)
    {
        JsonElement boxes = Field(Fields(set, place, "boxes"), "boxes");
        return [.. Items(boxes, place).Select((box, i) => ReadBox(box, $"{place}, box {i}", network.Dimension))];
    }

    private static Bounds[] ReadBox(JsonElement box, string place, int dimension)
    {
        Dictionary<string, JsonElement> ends = Fields(box, place, "lower", "upper");
        BigInteger[] lower = Numbers(Field(ends, "lower"), place, dimension);
        BigInteger[] upper = Numbers(Field(ends, "upper"), place, dimension);
        Bounds[] bounds = [.. lower.Zip(upper, (low, high) => new Bounds(low, high))];
        Demand(bounds.All(side => side.Lower <= side.Upper), $"{place}: a lower end lies above the upper one");
        return bounds;
    }

    private static Network ReadNetwork(JsonElement network)
    {
        Demand(network.ValueKind == JsonValueKind.Object, "network: must be an object");
        bool isNamed = network.TryGetProperty("network", out JsonElement name);
        string? kind = isNamed && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
        string[] known = kind switch
        {
            "latch" => ["network", "unit", "weight", "inputs", "other-inputs"],
            "fully-connected" =>
                ["network", "unit", "units", "input", "output", "outputs", "weights", "biases", "input-weights"],
            "parity" => ["network", "unit", "weights"],
            _ => throw new FormatException("network: must be \"latch\", \"fully-connected\" or \"parity\""),
        };
        Dictionary<string, JsonElement> fields = Fields(network, "network", known);
        if (kind == "latch")
        {
            BigInteger weight = Number(Field(fields, "weight"), "weight");
            return new Recurrent(ReadUnits(fields, 1), [[weight]], [[Bounds.One]], [BigInteger.Zero]);
        }

        return kind == "parity"
            ? new Parity(ReadUnits(fields, 2), Numbers(Field(fields, "weights"), "weights", 7))
            : ReadFullyConnected(fields);
    }

    private static Recurrent ReadFullyConnected(Dictionary<string, JsonElement> fields)
    {
        int n = Count(fields, "units");
        Demand(n is >= 1 and <= 1000, "units: must be from 1 to 1000");
        BigInteger[][] w = Rows(fields, "weights", n, n);
        BigInteger[] biases = fields.TryGetValue("biases", out JsonElement given)
            ? Numbers(given, "biases", n) : new BigInteger[n];
        bool isMatrix = fields.ContainsKey("input-weights");
        Demand(isMatrix != fields.ContainsKey("input"), "network: must have either input or input-weights");
        if (isMatrix)
            return new(ReadUnits(fields, n), w, Rows(fields, "input-weights", n, null), biases);
        int input = Count(fields, "input");
        Demand(input < n, "input: must be a unit");
        BigInteger[][] v = [.. Enumerable.Range(0, n).Select(i => new[] { i == input ? Bounds.One : 0 })];
        return new(ReadUnits(fields, n), w, v, biases);
    }

    private static Units ReadUnits(Dictionary<string, JsonElement> fields, int count)
    {
        string[] names = Word(fields, "unit").Split(',', StringSplitOptions.TrimEntries);
        Demand(names.All(name => name is "tanh" or "logistic"), "unit: must be tanh or logistic");
        Demand(names.Length == 1 || names.Length == count, $"unit: must name one, or each of {count}");
        return new([.. Enumerable.Range(0, count).Select(i => names[names.Length == 1 ? 0 : i] == "logistic")]);
    }

    private static Dictionary<string, JsonElement> Fields(JsonElement value, string place, params string[] known)
    {
        Demand(value.ValueKind == JsonValueKind.Object, $"{place}: must be an object");
        var fields = value.EnumerateObject().ToDictionary(field => field.Name, field => field.Value);
        Demand(fields.Keys.All(known.Contains), $"{place}: has a field other than {string.Join(", ", known)}");
        return fields;
    }

    private static JsonElement Field(Dictionary<string, JsonElement> fields, string name)
        => fields.TryGetValue(name, out JsonElement value) ? value : throw new FormatException($"{name}: is missing");

    private static string Word(Dictionary<string, JsonElement> fields, string name)
        => Field(fields, name) is { ValueKind: JsonValueKind.String } word
            ? word.GetString()! : throw new FormatException($"{name}: must be a string");

    private static int Count(Dictionary<string, JsonElement> fields, string name)
    {
        BigInteger units = Number(Field(fields, name), name);
        Demand(units.Sign >= 0 && (units % Bounds.One).IsZero && units / Bounds.One <= 1000,
            $"{name}: must be a whole number from 0 to 1000");
        return (int)(units / Bounds.One);
    }

    private static BigInteger[][] Rows(Dictionary<string, JsonElement> fields, string name, int count, int? length)
    {
        BigInteger[][] rows = [.. Items(Field(fields, name), name).Select(row => Numbers(row, name, length))];
        Demand(rows.Length == count, $"{name}: must have {count} rows");
        Demand(rows.All(row => row.Length == rows[0].Length), $"{name}: must have rows of equal length");
        return rows;
    }

    private static BigInteger[] Numbers(JsonElement list, string place, int? count)
    {
        BigInteger[] numbers = [.. Items(list, place).Select(item => Number(item, place))];
        Demand(count is null || numbers.Length == count, $"{place}: must have {count} numbers, not {numbers.Length}");
        return numbers;
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement list, string place)
        => list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray() : throw new FormatException($"{place}: must be a list");

    private static BigInteger Number(JsonElement value, string place)
        => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double x) && double.IsFinite(x)
            ? Bounds.Exact(x) : throw new FormatException($"{place}: must be a finite number");

    private static void Demand(bool isTrue, string otherwise)
    {
        if (!isTrue)
            throw new FormatException(otherwise);
    }
}
