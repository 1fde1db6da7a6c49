using System.Text.Json;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Models.Json;
using LatchLab.Networks;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Models;

/// <summary>
/// The optional sections of a network file: what the network needs to read raw data, and how it was trained
/// (docs/reference/network-files.md). The second is for readers of the file: it is written, and ignored when read.
/// </summary>
internal static class NetworkFileSections
{
    public const string DataField = "data", TrainingField = "training";

    private const string Columns = "columns", Offsets = "offsets", Factors = "factors", Labels = "labels",
        Classes = "classes", LabelRange = "label-range", Targets = "targets", Length = "length", Delay = "delay",
        LabelPer = "label-per", Missing = "missing", MissingInputs = "missing-inputs", Sequence = "sequence",
        Step = "step";

    private const int MaximumSteps = 1_000_000;

    private static readonly string[] MissingRules =
        [.. Enum.GetValues<MissingNumbers>().Select(rule => Settings.FormatValue(rule))];

    /// <summary>Reads the section of the data and reports its errors.</summary>
    /// <param name="section">The object.</param>
    /// <param name="network">The network of the file; null if it is invalid, and the sizes are unknown.</param>
    /// <param name="errors">Receives errors.</param>
    public static NetworkData ReadData(JsonTreeValue section, NetworkDefinition? network, ValidationErrors errors)
    {
        string[] names =
        [
            Columns, Offsets, Factors, Labels, Classes, LabelRange, Targets, Length, Delay, LabelPer, Missing,
            MissingInputs, Sequence, Step,
        ];
        var table = new JsonFieldTable(section, errors);
        table.Match(names);
        table.ReportUnknownFields(DataField, names);
        var fields = new JsonFieldReader(table, errors);
        table.RequireOne(Classes, LabelRange);
        bool hasClasses = fields.HasField(Classes);
        IReadOnlyList<double> targets = fields.GetDoubles(Targets, 2),
            range = fields.HasField(LabelRange) ? fields.GetDoubles(LabelRange, 2) : [-1.0, 1.0];
        foreach ((string name, IReadOnlyList<double> ends) in new[] { (Targets, targets), (LabelRange, range) })
        {
            if (ends is [var low, var high] && !(low < high))
                errors.Add(section.Line, name, "the first number is not below the second");
        }

        MissingNumbers missing = !fields.HasField(Missing) ? MissingNumbers.Error
            : Enum.Parse<MissingNumbers>(fields.GetChoice(Missing, MissingRules), ignoreCase: true);
        return new(
            fields.GetDistinctStrings(Columns, network?.Inputs),
            new([.. fields.GetDoubles(Offsets, network?.Inputs)], [.. fields.GetDoubles(Factors, network?.Inputs)])
            {
                Missing = missing == MissingNumbers.Mean ? [.. fields.GetDoubles(MissingInputs, network?.Inputs)]
                    : null,
            },
            fields.GetDistinctStrings(Labels, hasClasses ? 1 : network?.Outputs.Count))
        {
            Classes = hasClasses ? fields.GetDistinctStrings(Classes, network?.Outputs.Count) : [],
            Targets = targets is [var first, var second] ? (first, second) : default,
            LabelRange = range is [var minimum, var maximum] ? (minimum, maximum) : default,
            Length = fields.HasField(Length) ? fields.GetInt32(Length, 0, MaximumSteps) : 0,
            Delay = fields.HasField(Delay) ? fields.GetInt32(Delay, 0, MaximumSteps) : 0,
            HasStepLabels = fields.HasField(LabelPer) && fields.GetChoice(LabelPer, ["sequence", "step"]) == "step",
            Missing = missing,
            SequenceColumn = fields.HasField(Sequence) ? fields.GetString(Sequence) : DatasetTask.DefaultSequence,
            StepColumn = fields.HasField(Step) ? fields.GetString(Step) : DatasetTask.DefaultStep,
        };
    }

    /// <summary>Writes the section of the data.</summary>
    public static void Write(Utf8JsonWriter json, NetworkData data)
    {
        var fields = new JsonFieldWriter(json);
        json.WriteStartObject(DataField);
        WriteStrings(json, Columns, data.Columns);
        fields.WriteDoubles(Offsets, data.Scaling.Offset);
        fields.WriteDoubles(Factors, data.Scaling.Factor);
        WriteStrings(json, Labels, data.Labels);
        if (data.Classes.Count > 0)
            WriteStrings(json, Classes, data.Classes);
        else
            fields.WriteDoubles(LabelRange, [data.LabelRange.Minimum, data.LabelRange.Maximum]);
        fields.WriteDoubles(Targets, [data.Targets.Low, data.Targets.High]);
        fields.WriteInt32(Length, data.Length);
        fields.WriteInt32(Delay, data.Delay);
        if (data.HasStepLabels)
            fields.WriteString(LabelPer, "step");
        if (data.Missing != MissingNumbers.Error)
            fields.WriteString(Missing, Settings.FormatValue(data.Missing));
        if (data.Scaling.Missing is { } missing)
            fields.WriteDoubles(MissingInputs, missing);
        if (data.SequenceColumn != DatasetTask.DefaultSequence)
            fields.WriteString(Sequence, data.SequenceColumn);
        if (data.StepColumn != DatasetTask.DefaultStep)
            fields.WriteString(Step, data.StepColumn);
        json.WriteEndObject();
    }

    /// <summary>Writes the section of the training.</summary>
    public static void Write(Utf8JsonWriter json, TrainingRecord training)
    {
        json.WriteStartObject(TrainingField);
        json.WriteString("program", ProgramVersion.Text);
        json.WriteString("task", training.Task);
        json.WriteString("learner", training.Learner);
        json.WriteNumber("seed", training.Seed);
        json.WriteNumber("trial", training.Trial);
        json.WriteString("stop-reason", Settings.FormatValue(training.Outcome.StopReason));
        json.WriteNumber("presentations", training.Outcome.Presentations);
        WriteIfFinite(json, "training-error", training.Outcome.TrainingError);
        WriteIfFinite(json, "test-error", training.Outcome.TestError);
        json.WriteStartObject("settings");
        foreach ((string path, string value) in training.Settings)
            json.WriteString(path, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteIfFinite(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
