using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LatchLab.Comparison.Rounds;

/// <summary>The same numbers for programs, every round apart; null where there is none.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new FiniteNumbers() },
    };

    /// <summary>The document.</summary>
    public static string Write(Measurements measured, IReadOnlyList<Section> sections, Surroundings surroundings)
        => JsonSerializer.Serialize(
            new
            {
                surroundings.Rounds,
                Surroundings = surroundings.Named.ToDictionary(one => one.Name, one => one.Value),
                Speed = measured.Speed,
                Works = sections.Select(section => new
                {
                    section.Name,
                    section.Title,
                    Cost = KernelCost.Known.GetValueOrDefault(section.Name),
                    Contestants = section.Entries.Select(entry => new
                    {
                        entry.Label,
                        Minimum = measured.Times(section.Name, entry.Label)?.Least,
                        measured.Times(section.Name, entry.Label)?.Median,
                        RatioTo = entry.To ?? section.Reference,
                        Ratio = measured.Ratio(section, entry),
                        NotMeasured = measured.Reason(section.Name, entry.Label),
                        Rounds = measured.Of(section.Name, entry.Label).Values,
                    }),
                }),
                Reached = Target.Of(measured),
            },
            Indented);

    /// <summary>JSON has no word for a number that is not finite.</summary>
    private sealed class FiniteNumbers : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
            => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
                writer.WriteNumberValue(value);
            else
                writer.WriteNullValue();
        }
    }
}
