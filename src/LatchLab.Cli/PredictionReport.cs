using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Models.Datasets;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>
/// What <c>latchlab predict</c> says after the predictions: what it did with missing numbers, and the metrics beside
/// those of a constant, as after a training.
/// </summary>
internal sealed class PredictionReport
{
    private const int MaximumNames = 10, TitleWidth = 23;

    private readonly NetworkData _data;
    private readonly RawSequenceReader _reader;
    private readonly PredictionScore _score;
    private readonly TrialTest _answers;
    private readonly IReadOnlyList<Metric> _metrics;

    /// <summary>Evaluates the labels of a run that has ended.</summary>
    public PredictionReport(NetworkData data, RawSequenceReader reader, PredictionRun run)
    {
        (_data, _reader, _score, Count) = (data, reader, run.Score, run.Count);
        _answers = _score.Complete();
        _metrics = _score.Count == 0 ? [] : Metric.Of(HasClasses ? TargetKind.Classes : TargetKind.Values);
    }

    /// <summary>The number of predicted sequences.</summary>
    public long Count { get; }

    private bool HasClasses => _data.Classes.Count > 0;

    private string Noun => _data.HasStepLabels ? "labelled step" : "labelled sequence";

    /// <summary>The lines for a reader.</summary>
    public IEnumerable<string> Describe()
    {
        if (_reader.DroppedSequences > 0)
        {
            yield return $"{_reader.Path}: {NumberFormat.GroupThousands(_reader.DroppedSequences)} of " +
                $"{NumberFormat.WithNoun(_reader.DroppedSequences + Count, "sequence")} dropped, which have a " +
                $"missing number: {JoinNames(_reader.DroppedNames, _reader.DroppedSequences)}";
        }

        if (_reader.ReplacedNumbers > 0)
        {
            yield return $"{_reader.Path}: {NumberFormat.WithNoun(_reader.ReplacedNumbers, "missing number")} " +
                $"replaced by {(_data.Missing == MissingNumbers.Zero ? "0" : "the mean of the training")}";
        }

        if (_score.UnknownClasses > 0)
        {
            yield return $"{_reader.Path}: {NumberFormat.WithNoun(_score.UnknownClasses, Noun)} of a class that the " +
                $"network does not have ({JoinNames([.. _score.UnknownNames], _score.UnknownNames.Count)}) counted " +
                $"as incorrect; it has {JoinNames(_data.Classes, _data.Classes.Count)}";
        }

        foreach (string line in _metrics.Count == 0 ? [] : DescribeMetrics())
            yield return line;
    }

    /// <summary>The fields of a JSON document after the predictions.</summary>
    public JsonObject ToJson()
    {
        return new()
        {
            ["sequences"] = Count,
            ["droppedSequences"] = _reader.DroppedSequences,
            ["dropped"] = new JsonArray([.. _reader.DroppedNames.Select(name => JsonValue.Create(name))]),
            ["replacedNumbers"] = _reader.ReplacedNumbers,
            ["labelled"] = _score.Count,
            ["metric"] = HasClasses ? "error" : "root-mean-square-error",
            ["error"] = ErrorOf(_answers.Network),
            ["chanceError"] = ErrorOf(_answers.Baseline),
            ["metrics"] = new JsonObject(
                _metrics.Select(metric => KeyValuePair.Create(metric.Member, (JsonNode?)ToJson(metric)))),
            ["unknownClasses"] = _score.UnknownClasses,
        };
    }

    private JsonObject ToJson(Metric metric) => new()
    {
        ["value"] = JsonOutput.ToJson(metric.Measure(_answers.Network)),
        ["baseline"] = JsonOutput.ToJson(metric.Measure(_answers.Baseline)),
    };

    private JsonNode? ErrorOf(TestAnswers answers)
    {
        if (_score.Count == 0)
            return null;
        if (answers.Classes is not { } classes)
            return JsonOutput.ToJson(answers.Values!.RootMeanSquare);
        long correct = Enumerable.Range(0, classes.ClassCount).Sum(label => classes[label, label]);
        return JsonOutput.ToJson((double)(classes.Count - correct) / classes.Count);
    }

    private IEnumerable<string> DescribeMetrics()
    {
        yield return $"{NumberFormat.WithNoun(_score.Count, Noun)}, beside always giving " + (HasClasses
            ? $"{_data.Classes[_score.MostFrequentClass]}, the most frequent class:" : "the mean of each label:");
        foreach (Metric metric in _metrics)
        {
            string Format(double value) => metric.IsShare ? FormattableString.Invariant($"{value:0.000}")
                : NumberFormat.Short(value);
            yield return Row(metric.Title, double.IsNaN(metric.Measure(_answers.Network))
                ? "not defined: the labels are all equal"
                : $"{Format(metric.Measure(_answers.Network))}; {(HasClasses ? "chance" : "mean label")} " +
                    Format(metric.Measure(_answers.Baseline)));
        }

        if (HasClasses)
            yield return Row("confusion", TestMetrics.DescribeConfusion(
                _score.Confusion, [.. _data.Classes, "another class"]));
    }

    private static string Row(string title, string text) => $"  {title.PadRight(TitleWidth)}{text}";

    private static string JoinNames(IReadOnlyList<string> names, long count)
        => string.Join(", ", names.Take(MaximumNames)) +
            (count > MaximumNames ? $" and {NumberFormat.GroupThousands(count - MaximumNames)} more" : "");
}
