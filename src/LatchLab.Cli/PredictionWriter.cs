using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LatchLab.Models.Datasets;
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
    private long _count;

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
        string[] labels = !hasLabels ? [] : hasClasses ? ["label"] : [.. data.Labels.Select(name => $"label.{name}")];
        string[] names = hasClasses
            ? ["sequence", "class", .. labels, .. _outputNames.Select(name => $"output.{name}")]
            : ["sequence", .. _outputNames.Select(name => $"value.{name}"), .. labels];
        if (isJson)
            text.Write("{\"status\": \"ok\", \"predictions\": [");
        else
            WriteLine(names);
    }

    /// <summary>Whether a file begins like predictions.</summary>
    public static bool IsPrediction(string path)
    {
        using StreamReader file = File.OpenText(path);
        var start = new char[4096];
        return Beginning().IsMatch(new string(start, 0, file.ReadBlock(start)));
    }

    /// <summary>Writes the prediction for a sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="predicted">The predicted class; −1 for none, or if labels are values.</param>
    /// <param name="values">[output]: the outputs for classes, otherwise the predicted values.</param>
    public void Write(RawSequence sequence, int predicted, IReadOnlyList<double> values)
    {
        string? predictedClass = predicted < 0 ? null : _data.Classes[predicted];
        if (_isJson)
        {
            WriteJson(sequence, predictedClass, values);
            return;
        }

        IEnumerable<string> numbers = values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)),
            labels = !_hasLabels ? [] : sequence.Labels.Count > 0 ? sequence.Labels
                : Enumerable.Repeat("", _data.Labels.Count);
        WriteLine(_data.Classes.Count > 0
            ? [sequence.Name, predictedClass ?? "", .. labels, .. numbers] : [sequence.Name, .. numbers, .. labels]);
    }

    /// <summary>Ends the output with the error.</summary>
    public void End(PredictionScore score)
    {
        if (!_isJson)
            return;
        _text.Write($"\n], \"sequences\": {_count.ToString(CultureInfo.InvariantCulture)}, ");
        var end = new JsonObject
        {
            ["labelled"] = score.Count,
            ["metric"] = _data.Classes.Count > 0 ? "error" : "root-mean-square-error",
            ["error"] = score.Count == 0 ? null : JsonOutput.ToJson(score.Error),
            ["chanceError"] = score.Count == 0 ? null : JsonOutput.ToJson(score.ChanceError),
            ["unknownClasses"] = score.UnknownClasses,
        };
        _text.WriteLine(end.ToJsonString(JsonOptions)[1..]);
    }

    public void Dispose() => _text.Flush();

    private void WriteJson(RawSequence sequence, string? predictedClass, IReadOnlyList<double> values)
    {
        var prediction = new JsonObject { ["sequence"] = sequence.Name };
        bool hasClasses = _data.Classes.Count > 0;
        if (hasClasses)
            prediction["class"] = predictedClass;
        if (_hasLabels)
        {
            prediction["label"] = sequence.Labels.Count == 0 ? null
                : hasClasses ? sequence.Labels[0] : ToObject(sequence.LabelValues);
        }

        prediction[hasClasses ? "outputs" : "values"] = ToObject(values);
        _text.Write(_count++ == 0 ? "\n" : ",\n");
        _text.Write(prediction.ToJsonString(JsonOptions));
    }

    private JsonObject ToObject(IReadOnlyList<double> values)
        => new(_outputNames.Zip(values, (name, value) => KeyValuePair.Create(name, JsonOutput.ToJson(value))));

    private void WriteLine(string[] cells)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            if (i > 0)
                _text.Write(',');
            _text.Write(cells[i].AsSpan().ContainsAny(",\"\r\n") ? $"\"{cells[i].Replace("\"", "\"\"")}\"" : cells[i]);
        }

        _text.Write('\n');
    }

    [GeneratedRegex(
        """^(sequence,class,("?label"?,)?"?output\.|sequence,"?value\.|\{"status": "ok", "predictions": \[)""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Beginning();
}
