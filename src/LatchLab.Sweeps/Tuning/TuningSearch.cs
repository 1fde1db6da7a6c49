using LatchLab.Foundation;
using LatchLab.Training;

namespace LatchLab.Sweeps.Tuning;

/// <summary>
/// A search as a sequence of stages. The rounds of the search eliminate configurations by their score on validation
/// sequences (<see cref="TuningScore"/>). The best few of many have been lucky, too (the winner's curse): they are
/// compared again on trials with another seed, and the best of them is tested on trials with a third, on test sequences
/// if there are any.
/// </summary>
public sealed class TuningSearch
{
    private const string BudgetField = "rule.presentations", FinalTestField = "rule.final-test";

    private readonly SettingSpace _space;
    private readonly IReadOnlyList<IReadOnlyList<string>> _points;
    private readonly IReadOnlyList<TrainingConfiguration> _configurations;
    private readonly TuningOptions _options;

    /// <summary>Creates a search without starting it.</summary>
    /// <param name="space">The settings that vary.</param>
    /// <param name="points">[configuration][setting].</param>
    /// <param name="configurations">The configurations, with the whole budget.</param>
    /// <param name="options">The size of the search.</param>
    public TuningSearch(
        SettingSpace space, IReadOnlyList<IReadOnlyList<string>> points,
        IReadOnlyList<TrainingConfiguration> configurations, TuningOptions options)
        => (_space, _points, _configurations, _options) = (space, points, configurations, options);

    /// <summary>
    /// The number of rounds: the halvings that leave more configurations than are confirmed, and one.
    /// </summary>
    public int Rounds
    {
        get
        {
            int rounds = 1;
            for (int count = _configurations.Count / 2;
                _options.Strategy == TuningStrategy.Halving && count > _options.Finalists; count /= 2)
                rounds++;
            return rounds;
        }
    }

    /// <summary>The errors of a search by halving: a first budget below one epoch, or a budget that varies.</summary>
    public IEnumerable<ValidationError> Validate()
    {
        if (_space.Settings.Count == 0)
        {
            yield return new("--set", "", "names no range and no list to search: give one, such as " +
                "learning-rate=0.001..0.1:log or units=4,8,16; a bar, |, separates the values of a text");
        }

        if (Rounds == 1)
            yield break;
        if (_space.Settings.Any(setting => setting.Path == BudgetField))
            yield return new("", BudgetField, "is the budget that halving divides: give one value, or random");
        int smallest = _configurations.Max(configuration => configuration.TrainingSequences);
        if (_configurations.Any(configuration
            => configuration.Budget >> (Rounds - 1) < configuration.TrainingSequences))
        {
            yield return new("", BudgetField, $"the first of {Rounds} rounds has 1/{1 << (Rounds - 1)} of the " +
                $"budget, less than one epoch: give at least {(long)smallest << (Rounds - 1)}");
        }
    }

    /// <summary>The first stage.</summary>
    public TuningStage CreateFirst() => CreateRound(1, [.. Enumerable.Range(0, _configurations.Count)]);

    /// <summary>The stage after another; null after the last.</summary>
    /// <param name="stage">The stage that has ended.</param>
    /// <param name="scores">[configuration of the stage]: the smaller, the better.</param>
    /// <param name="round">The number of rounds so far, from 1.</param>
    public TuningStage? CreateNext(TuningStage stage, IReadOnlyList<double> scores, int round)
    {
        int[] ranked = [.. stage.Candidates.Zip(scores).OrderBy(one => one.Second).ThenBy(one => one.First)
            .Select(one => one.First)];
        return stage.Kind switch
        {
            TuningStageKind.Search when round < Rounds
                => CreateRound(round + 1, [.. ranked.Take(ranked.Length / 2).Order()]),
            TuningStageKind.Search => CreateStage("confirmation", TuningStageKind.Confirmation,
                [.. ranked.Take(_options.Finalists).Order()], _options.ConfirmationTrials, _options.Seed + 1),
            TuningStageKind.Confirmation => CreateStage(
                "test", TuningStageKind.Test, ranked[..1], _options.TestTrials, _options.Seed + 2,
                HasTest ? [(FinalTestField, FinalTest.Yes)] : []),
            _ => null,
        };
    }

    /// <summary>Whether the best configuration is tested on sequences that no stage before has seen.</summary>
    public bool HasTest => _configurations[0].Task.TestSequences is not 0;

    private TuningStage CreateRound(int round, int[] candidates)
        => CreateStage($"search-{round}", TuningStageKind.Search, candidates, _options.Trials, _options.Seed,
            Rounds == 1 ? [] : [(BudgetField, _configurations[0].Budget >> (Rounds - round))]);

    private TuningStage CreateStage(
        string name, TuningStageKind kind, int[] candidates, int trials, ulong seed,
        params (string Path, object Value)[] changes)
    {
        Dictionary<string, object?> values = changes.ToDictionary(
            change => change.Path, change => (object?)change.Value);
        var axis = new SweepAxis(
            [.. _space.Settings.Select(setting => setting.Path)], [.. candidates.Select(i => _points[i])],
            _space.Settings[0].IsLogarithmic);
        return new(
            new(name, seed,
            [
                new SweepPart("", candidates.Length == 1 ? [] : [axis],
                    [.. candidates.Select(i => Settings.With(_configurations[i], values))], trials),
            ])
            {
                LoggedTrials = 0,
            },
            candidates, kind);
    }
}
