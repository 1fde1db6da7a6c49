using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LatchLab.Comparison.Rounds;

/// <summary>The results as JSON, with the numbers of every round; null where there is none.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new FiniteNumbers() },
    };

    /// <summary>Formats the document.</summary>
    public static string Format(Measurements measured, IReadOnlyList<BenchmarkSection> sections,
        TestEnvironment environment)
        => JsonSerializer.Serialize(
            new
            {
                environment.Rounds,
                Environment = environment.Properties.ToDictionary(one => one.Name, one => one.Value),
                Speed = measured.Speed,
                Works = sections.Select(section => new
                {
                    section.Name,
                    section.Title,
                    Cost = KernelOperationCount.ByName.GetValueOrDefault(section.Name),
                    Implementations = section.Entries.Select(entry => new
                    {
                        entry.Label,
                        Minimum = measured.GetTimes(section.Name, entry.Label)?.Least,
                        measured.GetTimes(section.Name, entry.Label)?.Median,
                        RatioTo = entry.BaselineLabel ?? section.BaselineLabel,
                        Ratio = measured.ComputeRatio(section, entry),
                        NotMeasured = measured.GetMissingReason(section.Name, entry.Label),
                        Rounds = measured.GetResults(section.Name, entry.Label).Values,
                    }),
                }),
                Reached = Target.EvaluateAll(measured),
            },
            Indented);

    /// <summary>Writes numbers that are not finite as null, because JSON cannot represent them.</summary>
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
