using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LatchLab.Tasks;

namespace LatchLab.Cli;

/// <summary>
/// Writes predictions as they are made, as CSV or as one JSON document (docs/reference/predictions.md). Numbers read
/// back to the same bits.
/// </summary>
internal sealed partial class PredictionWriter : IDisposable
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly TextWriter _text;
    private readonly NetworkData _data;
    private readonly bool _hasLabels;
    private readonly bool _isJson;
    private readonly string[] _outputNames;
    private readonly char[] _number = new char[32]; // the longest has 24 characters
    private bool _hasPredictions;

    /// <summary>Begins the output.</summary>
    /// <param name="text">Receives it.</param>
    /// <param name="data">What the outputs mean.</param>
    /// <param name="hasLabels">Whether the data have labels.</param>
    /// <param name="isJson">Whether to write JSON, not CSV.</param>
    public PredictionWriter(TextWriter text, NetworkData data, bool hasLabels, bool isJson)
    {
        (_text, _data, _hasLabels, _isJson) = (text, data, hasLabels, isJson);
        bool hasClasses = data.Classes.Count > 0;
        _outputNames = [.. hasClasses ? data.Classes : data.Labels];
        string[] step = data.HasStepLabels ? ["step"] : [],
            labels = !hasLabels ? [] : hasClasses ? ["label"] : [.. data.Labels.Select(name => $"label.{name}")];
        string[] names = hasClasses
            ? ["sequence", .. step, "class", .. labels, .. _outputNames.Select(name => $"output.{name}")]
            : ["sequence", .. step, .. _outputNames.Select(name => $"value.{name}"), .. labels];
        if (isJson)
        {
            text.Write("{\"status\": \"ok\", \"predictions\": [");
            return;
        }

        WriteText(names[0]);
        foreach (string name in names.Skip(1))
            WriteNext(name);
        text.Write('\n');
    }

    /// <summary>Whether a file begins like predictions.</summary>
    public static bool IsPrediction(string path)
    {
        using StreamReader file = File.OpenText(path);
        var start = new char[4096];
        return Beginning().IsMatch(new string(start, 0, file.ReadBlock(start)));
    }

    /// <summary>Writes a prediction of a class.</summary>
    /// <param name="row">What it belongs to.</param>
    /// <param name="predicted">The predicted class; −1 for none.</param>
    /// <param name="label">The label, empty if it is missing; null if the data have none.</param>
    /// <param name="outputs">[output].</param>
    public void Write(PredictedRow row, int predicted, string? label, ReadOnlySpan<double> outputs)
    {
        string? predictedClass = predicted < 0 ? null : _data.Classes[predicted];
        if (_isJson)
        {
            JsonObject prediction = Begin(row);
            prediction["class"] = predictedClass;
            if (_hasLabels)
                prediction["label"] = label is { Length: > 0 } ? label : null;
            prediction["outputs"] = ToObject(outputs);
            Write(prediction);
            return;
        }

        WriteBeginning(row);
        WriteNext(predictedClass ?? "");
        if (_hasLabels)
            WriteNext(label ?? "");
        WriteNext(outputs);
        _text.Write('\n');
    }

    /// <summary>Writes predicted values.</summary>
    /// <param name="row">What they belong to.</param>
    /// <param name="labels">[label], NaN where one is missing; empty if the data have none.</param>
    /// <param name="values">[label].</param>
    public void Write(PredictedRow row, ReadOnlySpan<double> labels, ReadOnlySpan<double> values)
    {
        if (_isJson)
        {
            JsonObject prediction = Begin(row);
            if (_hasLabels)
                prediction["label"] = labels.Contains(double.NaN) ? null : ToObject(labels);
            prediction["values"] = ToObject(values);
            Write(prediction);
            return;
        }

        WriteBeginning(row);
        WriteNext(values);
        WriteNext(labels, mayBeMissing: true);
        _text.Write('\n');
    }

    /// <summary>Ends the output.</summary>
    /// <param name="summary">The fields of a JSON document after the predictions.</param>
    public void End(Func<JsonObject> summary)
    {
        if (_isJson)
            _text.WriteLine($"\n], {summary().ToJsonString(JsonOptions)[1..]}");
    }

    public void Dispose() => _text.Flush();

    private static JsonObject Begin(PredictedRow row)
    {
        var prediction = new JsonObject { ["sequence"] = row.Sequence };
        if (row.Step is { } step)
            prediction["step"] = step;
        return prediction;
    }

    private void Write(JsonObject prediction)
    {
        _text.Write(_hasPredictions ? ",\n" : "\n");
        _hasPredictions = true;
        _text.Write(prediction.ToJsonString(JsonOptions));
    }

    private JsonObject ToObject(ReadOnlySpan<double> values)
        => new(_outputNames.Zip(values.ToArray(),
            (name, value) => KeyValuePair.Create(name, JsonOutput.ToJson(value))));

    private void WriteBeginning(PredictedRow row)
    {
        WriteText(row.Sequence);
        if (row.Step is { } step)
            WriteNext(step.ToString(CultureInfo.InvariantCulture));
    }

    private void WriteNext(ReadOnlySpan<double> numbers, bool mayBeMissing = false)
    {
        foreach (double number in numbers)
        {
            _text.Write(',');
            if (mayBeMissing && double.IsNaN(number))
                continue;
            number.TryFormat(_number, out int length, "R", CultureInfo.InvariantCulture);
            _text.Write(_number, 0, length);
        }
    }

    private void WriteNext(string field)
    {
        _text.Write(',');
        WriteText(field);
    }

    private void WriteText(string field)
        => _text.Write(field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"")}\"" : field);

    [GeneratedRegex(
        """
        ^(sequence,(step,)?(class,("?label"?,)?"?output\.|"?value\.)|\{"status": "ok", "predictions": \[)
        """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Beginning();
}
