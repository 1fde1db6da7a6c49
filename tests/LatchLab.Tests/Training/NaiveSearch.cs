using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Tests.Training;

/// <summary>
/// A trial of a search as one would write it first: every candidate is evaluated on every sequence, and nothing is left
/// out. The search itself and the steps of a network are the engine's; sequences and the course of the trial are not.
/// </summary>
/// <param name="cell">The setting.</param>
/// <param name="seed">The seed.</param>
/// <param name="trial">The number of the trial.</param>
/// <param name="sequences">The sequences of a set in the order in which they are presented.</param>
internal sealed class NaiveSearch(Configuration cell, ulong seed, int trial, NaiveSearch.SequencesOf sequences)
{
    /// <summary>The sequences of a set: inputs, and the target of each output (the sign of the class).</summary>
    public delegate IEnumerable<(double[] Inputs, double[] Targets)> SequencesOf(
        Purpose purpose, int first, int count, int longest);

    private double[] _parameters = [.. cell.CreateTrialStart(seed, trial).InitialParameters];
    private int _presentations;
    private int _judging;
    private int _stage;

    /// <summary>The outcome, but for what was saved, and the parameters at the end.</summary>
    public (Outcome Outcome, double[] Parameters) Run()
    {
        int stages = cell.StageLengths.Count;
        ISearch search = cell.Learner.CreateSearch(cell.CreateTrialStart(seed, trial));
        while (true)
        {
            _parameters = search.Candidate.ToArray();
            (int right, int firstRight, double cost) = EvaluateTraining();
            _presentations += cell.TrainingSequences;
            search.Tell(new(cost, firstRight));
            bool learned = IsLearned(right, cost), judged = false;
            while (learned && _stage < stages - 1)
            {
                _stage++;
                (right, _, cost) = EvaluateTraining();
                (learned, judged) = (IsLearned(right, cost), true);
                _judging += cell.TrainingSequences;
            }

            if (learned)
                return End(StopReason.Converged, search, right, cost);
            if (!judged)
                _parameters = search.Best.ToArray();
            if (!judged && search.HasStopped)
                return End(StopReason.Stuck, search);
            if (_presentations + cell.TrainingSequences > cell.Budget)
                return End(StopReason.OutOfPresentations, search);
            if (judged)
            {
                search = cell.Learner.CreateSearch(
                    cell.CreateTrialStart(seed, trial) with { InitialParameters = _parameters, Stage = _stage });
            }
        }
    }

    private bool IsLearned(int right, double cost)
        => (double)right / cell.TrainingSequences >= cell.ConvergenceRule.TrainingShare
            && (cell.ConvergenceRule.Rule == ConvergenceRuleKind.Sign || cost < cell.ConvergenceRule.CostThreshold);

    private (Outcome Outcome, double[] Parameters) End(
        StopReason ending, ISearch search, int right = -1, double cost = double.NaN)
    {
        if (right < 0)
        {
            (right, _, cost) = EvaluateTraining();
            _judging += cell.TrainingSequences;
        }

        int fresh = cell.ConvergenceRule.FreshSequences;
        (int freshRight, double freshCost) = (0, 0.0);
        for (int first = 0; first < fresh; first += cell.TrainingSequences)
        {
            int count = Math.Min(cell.TrainingSequences, fresh - first);
            (int passRight, _, double passCost) = Evaluate(Purpose.TestSequences, first, count, cell.MaxLength);
            (freshRight, freshCost) = (freshRight + passRight, freshCost + passCost);
        }

        return (new(ending, _presentations, _judging + fresh, cost)
        {
            TrainingError = (double)(cell.TrainingSequences - right) / cell.TrainingSequences,
            TestError = (double)(fresh - freshRight) / fresh,
            TestCost = freshCost / fresh,
            CompletedTemperatures = search.Temperatures,
            FinalStage = _stage,
        }, _parameters);
    }

    private (int Right, int FirstRight, double Cost) EvaluateTraining()
    {
        int first = (cell.StageLengths.Count - 1 - _stage) << 14;
        (int right, int firstRight, double cost) =
            Evaluate(Purpose.TrainingSequences, first, cell.TrainingSequences, cell.StageLengths[_stage]);
        return (right, firstRight, cost / cell.TrainingSequences);
    }

    /// <summary>The sum of the costs, and what was right: in all, and before one too many was wrong.</summary>
    private (int Right, int FirstRight, double Cost) Evaluate(Purpose purpose, int first, int count, int longest)
    {
        (int right, int firstRight, int wrong, double cost) = (0, 0, 0, 0.0);
        foreach ((double[] inputs, double[] targets) in sequences(purpose, first, count, longest))
        {
            double[] outputs = cell.CreateNetwork(_parameters).Accept(
                new OutputVisitor(_parameters, inputs, targets[0]));
            bool isRight = IsRight(outputs, targets);
            wrong += isRight ? 0 : 1;
            right += isRight ? 1 : 0;
            bool mayBe = (double)(cell.TrainingSequences - wrong) / cell.TrainingSequences
                >= cell.ConvergenceRule.TrainingShare;
            firstRight += isRight && mayBe ? 1 : 0;
            cost += outputs.Zip(targets, (x, d) => 0.5 * (x - Place(d)) * (x - Place(d))).Sum();
        }

        return (right, firstRight, cost);
    }

    private bool IsRight(double[] outputs, double[] targets)
    {
        Scoring scoring = cell.Scoring;
        if (scoring.Tolerance > 0.0)
            return outputs.Zip(targets, (x, d) => Math.Abs(x - Place(d))).Max() < scoring.Tolerance;
        if (scoring.Targets == TargetKind.Sign)
            return (outputs[0] - scoring.Midpoint) * targets[0] > 0.0;
        int ofClass = Array.FindIndex(targets, target => target > 0.0);
        return outputs.Where((_, k) => k != ofClass).All(x => x < outputs[ofClass]);
    }

    private double Place(double target)
        => (target * (cell.Scoring.Targets == TargetKind.Sign ? cell.Scoring.TargetDistance : cell.Scoring.HalfRange))
            + cell.Scoring.Midpoint;
}
