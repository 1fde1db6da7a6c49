using System.Text.Json;
using LatchLab.Networks;

namespace LatchLab.Models;

/// <summary>Writes fields as JSON; each number in its shortest form that reads back to the same bits.</summary>
internal sealed class JsonFieldWriter(Utf8JsonWriter json) : IFieldWriter
{
    public void WriteString(string name, string value) => json.WriteString(name, value);

    public void WriteDouble(string name, double value) => json.WriteNumber(name, value);

    public void WriteInt32(string name, int value) => json.WriteNumber(name, value);

    public void WriteInt32s(string name, IEnumerable<int> values)
    {
        json.WriteStartArray(name);
        foreach (int value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    public void WriteDoubles(string name, IEnumerable<double> values)
    {
        json.WritePropertyName(name);
        WriteList(values);
    }

    public void WriteMatrix(string name, IEnumerable<double> values, int columns)
    {
        json.WriteStartArray(name);
        foreach (double[] row in values.Chunk(columns))
            WriteList(row);
        json.WriteEndArray();
    }

    private void WriteList(IEnumerable<double> values)
    {
        json.WriteStartArray();
        foreach (double value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
