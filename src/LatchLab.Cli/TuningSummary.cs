using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Statistics;
using LatchLab.Sweeps.Slurm;
using LatchLab.Sweeps.Tuning;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>
/// The result of a search: the best configurations, the test of the best on fresh trials, the importance of each
/// setting, and the command that trains with the best.
/// </summary>
internal sealed class TuningSummary
{
    private const int MaxShown = 5;    // configurations

    private readonly TuningSpace _space;
    private readonly IReadOnlyList<IReadOnlyList<string>> _points;
    private readonly TuningOptions _options;
    private readonly TuningStageResult _first, _confirmation, _test;
    private readonly IReadOnlyList<TuningStageResult> _stages;
    private readonly TrainingConfiguration _tested;
    private readonly int _best;
    private readonly string _quantity;
    private readonly IReadOnlyList<SettingImportance> _importance;

    /// <summary>Creates the summary of a complete search.</summary>
    public TuningSummary(
        TuningSpace space, IReadOnlyList<IReadOnlyList<string>> points, TuningOptions options,
        IReadOnlyList<TuningStageResult> stages)
    {
        (_space, _points, _options, _stages) = (space, points, options, stages);
        (_first, _confirmation, _test) = (stages[0], stages[^2], stages[^1]);
        _best = _test.Stage.Candidates[0];
        _tested = (TrainingConfiguration)_test.Stage.Plan.Parts[0].Configurations[0];
        _quantity = TuningScore.IsShare(_tested) ? "error" : "root mean square error";
        _importance = SettingImportance.Compute(
            space.Searched, points, [.. _first.Scores.Select(score => score.Value)], options.Seed);
    }

    private double Chance
        => TuningScore.IsShare(_tested) ? _tested.ChanceError : Math.Sqrt(_tested.Task.ChanceMeanSquaredError);

    private string TestSequences => _tested.TestsOnValidation ? "validation sequences" : "test sequences";

    private string Command => $"latchlab {ShellQuoting.Join(_space.CreateTrainArguments(_points[_best], _tested))}";

    /// <summary>Prints the result.</summary>
    /// <param name="folder">The folder of the search.</param>
    public void Print(string folder)
    {
        TuningStageResult last = _stages[^3];
        SectionPrinter.Write(SectionPrinter.CreateTable(
            ["settings", $"{_quantity} in the search", "on fresh trials"],
            _confirmation.Stage.Candidates.Concat(last.Stage.Candidates.OrderBy(candidate => ValueIn(last, candidate)))
                .Distinct().Take(MaxShown)
                .OrderByDescending(candidate => candidate == _best)     // also among equal ones
                .ThenBy(candidate => ValueIn(_confirmation, candidate)).ThenBy(candidate => ValueIn(last, candidate))
                .Select(candidate => (string[])
                [
                    _space.Describe(_points[candidate]), Format(last, candidate), Format(_confirmation, candidate),
                ])));
        SectionPrinter.PrintParagraph($"Mean {_quantity} of validation sequences".Replace("Mean root", "Median root") +
            $", with 95 % intervals over {last.Stage.Plan.Parts[0].TrialsPerConfiguration} trials in the search and " +
            $"{_options.ConfirmationTrials} fresh trials.");
        SectionPrinter.PrintParagraph($"The best of {_points.Count}: {_space.Describe(_points[_best])}");
        SectionPrinter.PrintParagraph(DescribeTest());
        PrintImportance();
        Console.Out.WriteLine($"Ledgers: {folder}");
        Console.Out.WriteLine($"Train with the best: {Command}");
    }

    /// <summary>Prints the result as one JSON document.</summary>
    public void PrintJson(string folder) => JsonOutput.WriteDocument(new JsonObject
    {
        ["folder"] = folder,
        ["seed"] = _options.Seed,
        ["strategy"] = Settings.FormatValue(_options.Strategy),
        ["quantity"] = _quantity,
        ["best"] = new JsonObject
        {
            ["configuration"] = _best,
            ["settings"] = ToJson(_points[_best]),
            ["test"] = ToJson(_test.Scores[0]),
            ["testSequences"] = _tested.TestsOnValidation ? "validation" : "test",
            ["chance"] = JsonOutput.ToJson(Chance),
            ["command"] = Command,
        },
        ["importance"] = new JsonArray([.. _importance.Select(one => new JsonObject
        {
            ["setting"] = one.Path,
            ["share"] = JsonOutput.ToJson(one.Share.Value),
            ["lower"] = JsonOutput.ToJson(one.Share.Lower),
            ["upper"] = JsonOutput.ToJson(one.Share.Upper),
            ["pValue"] = one.PValue,
            ["isDecided"] = one.IsDecided,
        })]),
        ["stages"] = new JsonArray([.. _stages.Select(result => new JsonObject
        {
            ["name"] = result.Stage.Plan.Name,
            ["seed"] = result.Stage.Plan.Seed,
            ["trials"] = result.Stage.Plan.Parts[0].TrialsPerConfiguration,
            ["presentations"] = result.Stage.Plan.Parts[0].Configurations[0].Budget,
            ["configurations"] = new JsonArray([.. result.Stage.Candidates.Zip(result.Scores, (candidate, score)
                => new JsonObject
                {
                    ["configuration"] = candidate,
                    ["settings"] = ToJson(_points[candidate]),
                    ["score"] = ToJson(score),
                })]),
        })]),
    });

    private string DescribeTest()
    {
        string chance = double.IsNaN(Chance) ? "" : $"; chance level {NumberFormat.Short(Chance)}";
        return $"Its {_quantity} on {TestSequences}: {FormatScore(_test.Scores[0])}, over " +
            $"{_options.TestTrials} trials with a seed that selected nothing{chance}. In the search it had " +
            $"{FormatScore(Find(_stages[^3], _best)!.Value)} on validation sequences, which is partly luck: it was " +
            "selected by that.";
    }

    private void PrintImportance()
    {
        SectionPrinter.Write(SectionPrinter.CreateTable(
            ["setting", "share of the variance of ranks", "p-value", "importance"],
            _importance.Select(one => (string[])
            [
                TuningSpace.FormatName(one.Path),
                double.IsNaN(one.Share.Value) ? "–" : IntervalFormat.Format(one.Share, isShare: true),
                FormattableString.Invariant($"{one.PValue:0.####}"),
                one.IsDecided ? "more than chance" : "undecided",
            ])));
        string round = _stages.Count > 3 ? ", in the first round" : "";
        SectionPrinter.PrintParagraph(
            $"Importance: what each setting alone explains of {_points.Count} configurations{round}. " +
            "The intervals hold for all settings together with 95 %.");
    }

    private static double ValueIn(TuningStageResult stage, int candidate)
        => Find(stage, candidate)?.Value ?? double.PositiveInfinity;

    private static Estimate? Find(TuningStageResult stage, int candidate)
        => stage.Stage.Candidates.Index().Where(one => one.Item == candidate)
            .Select(one => (Estimate?)stage.Scores[one.Index]).FirstOrDefault();

    private string Format(TuningStageResult stage, int candidate)
        => Find(stage, candidate) is { } score ? FormatScore(score) : "–";

    private string FormatScore(Estimate score) => IntervalFormat.Format(score, TuningScore.IsShare(_tested));

    private JsonObject ToJson(IReadOnlyList<string> point)
        => new(_space.Searched.Settings.Zip(point, (setting, value) => KeyValuePair.Create<string, JsonNode?>(
            setting.Path, NumberFormat.TryParseFinite(value, out double number) ? JsonOutput.ToJson(number) : value)));

    private static JsonObject ToJson(Estimate estimate)
        => JsonOutput.ToJson("value", estimate.Value, estimate.Lower, estimate.Upper);
}
