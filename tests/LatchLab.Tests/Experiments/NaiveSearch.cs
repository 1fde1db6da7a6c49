using LatchLab.Experiments;
using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Tests.Experiments;

/// <summary>
/// A trial of a search as one would write it first: every candidate is evaluated on every sequence, and nothing is left
/// out. The search itself and the steps of a network are the engine's; sequences and the course of the trial are not.
/// </summary>
internal sealed class NaiveSearch(ProblemCell cell, ulong seed, int trial)
{
    private double[] parameters = [.. cell.StartOf(seed, trial).Values];
    private int presentations;
    private int judging;
    private int stage;

    /// <summary>The outcome, but for what was saved, and the parameters at the end.</summary>
    public (Outcome Outcome, double[] Parameters) Run()
    {
        int stages = cell.Stages.Count;
        ISearch search = cell.Learner.CreateSearch(cell.StartOf(seed, trial));
        while (true)
        {
            parameters = search.Candidate.ToArray();
            (int right, int firstRight, double cost) = Evaluate(Purpose.TrainingSequences, cell.Stages[stage]);
            presentations += cell.Sequences;
            search.Tell(new(cost, firstRight));
            bool learned = IsLearned(right, cost), judged = false;
            while (learned && stage < stages - 1)
            {
                stage++;
                (right, _, cost) = Evaluate(Purpose.TrainingSequences, cell.Stages[stage]);
                (learned, judged) = (IsLearned(right, cost), true);
                judging += cell.Sequences;
            }

            if (learned)
                return End(Ending.Converged, search, right, cost);
            if (!judged)
                parameters = search.Best.ToArray();
            if (!judged && search.HasStopped)
                return End(Ending.Stuck, search);
            if (presentations + cell.Sequences > cell.Budget)
                return End(Ending.OutOfPresentations, search);
            if (judged)
            {
                search = cell.Learner.CreateSearch(
                    cell.StartOf(seed, trial) with { Values = parameters, Stage = stage });
            }
        }
    }

    private bool IsLearned(int right, double cost)
        => right == cell.Sequences && (cell.Rule.Rule == RuleKind.Sign || cost < cell.Rule.CostThreshold);

    private (Outcome Outcome, double[] Parameters) End(
        Ending ending, ISearch search, int right = -1, double cost = double.NaN)
    {
        if (right < 0)
        {
            (right, _, cost) = Evaluate(Purpose.TrainingSequences, cell.Stages[stage]);
            judging += cell.Sequences;
        }

        int fresh = cell.Rule.FreshSequences;
        (int freshRight, _, _) = Evaluate(Purpose.TestSequences, cell.Length, fresh);
        return (new(ending, presentations, judging + fresh, cost)
        {
            TrainingError = (double)(cell.Sequences - right) / cell.Sequences,
            FreshError = (double)(fresh - freshRight) / fresh,
            Temperatures = search.Temperatures,
            Stage = stage,
        }, parameters);
    }

    private (int Right, int FirstRight, double Cost) Evaluate(Purpose purpose, int longest, int count = 0)
    {
        (int right, int firstRight, double cost, bool wrong) = (0, 0, 0.0, false);
        int all = count > 0 ? count : cell.Sequences;
        int first = purpose == Purpose.TrainingSequences ? (cell.Stages.Count - 1 - stage) << 14 : 0;
        Scoring scoring = cell.Scoring;
        foreach ((double[] inputs, int label) in NaiveSequences.Set(cell, seed, trial, purpose, first, all, longest))
        {
            double sign = label == 1 ? 1.0 : -1.0, output = cell.Network
                .With(cell.Wiring, parameters).Accept(new PresentedOutput(parameters, inputs, sign));
            double difference = output - ((sign * scoring.Distance) + scoring.Middle);
            bool isRight = scoring.Tolerance == 0.0
                ? (output - scoring.Middle) * sign > 0.0
                : Math.Abs(difference) < scoring.Tolerance;
            wrong |= !isRight;
            right += isRight ? 1 : 0;
            firstRight += wrong ? 0 : 1;
            cost += 0.5 * difference * difference;
        }

        return (right, firstRight, cost / all);
    }
}
