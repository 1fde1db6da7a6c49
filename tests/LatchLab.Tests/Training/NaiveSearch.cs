using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Tests.Training;

/// <summary>
/// A naive implementation of a search trial: every candidate is evaluated on every sequence without early stopping. The
/// search and the network steps are those of the engine; sequences and trial phases are independent.
/// </summary>
/// <param name="configuration">The configuration.</param>
/// <param name="seed">The seed.</param>
/// <param name="trial">The index of the trial.</param>
/// <param name="sequences">The sequences of a set in presentation order.</param>
internal sealed class NaiveSearch(
    TrainingConfiguration configuration, ulong seed, int trial, NaiveSearch.SequencesOf sequences)
{
    /// <summary>The sequences of a set: inputs, and the target of each output (the sign of the class).</summary>
    public delegate IEnumerable<(double[] Inputs, double[] Targets)> SequencesOf(
        Purpose purpose, int first, int count, int longest);

    private double[] _parameters = [.. configuration.CreateTrialStart(seed, trial).InitialParameters];
    private int _presentations;
    private int _evaluationPresentations;
    private int _stage;

    /// <summary>
    /// Runs the trial and returns the outcome, without skipped presentations, and the final parameters.
    /// </summary>
    public (Outcome Outcome, double[] Parameters) Run()
    {
        int stages = configuration.StageLengths.Count;
        Search search = configuration.Learner.CreateSearch(configuration.CreateTrialStart(seed, trial));
        while (true)
        {
            _parameters = search.Candidate.ToArray();
            (int correct, int firstCorrect, double cost) = EvaluateTraining();
            _presentations += configuration.TrainingSequences;
            search.Tell(new(cost, firstCorrect));
            bool learned = IsLearned(correct, cost), evaluated = false;
            while (learned && _stage < stages - 1)
            {
                _stage++;
                (correct, _, cost) = EvaluateTraining();
                (learned, evaluated) = (IsLearned(correct, cost), true);
                _evaluationPresentations += configuration.TrainingSequences;
            }

            if (learned)
                return End(StopReason.Converged, search, correct, cost);
            if (!evaluated)
                _parameters = search.Best.ToArray();
            if (!evaluated && search.HasStopped)
                return End(StopReason.Stuck, search);
            if (_presentations + configuration.TrainingSequences > configuration.Budget)
                return End(StopReason.BudgetExhausted, search);
            if (evaluated)
            {
                search = configuration.Learner.CreateSearch(
                    configuration.CreateTrialStart(seed, trial) with
                    {
                        InitialParameters = _parameters,
                        Stage = _stage,
                    });
            }
        }
    }

    private bool IsLearned(int correct, double cost)
        => (double)correct / configuration.TrainingSequences >= configuration.ConvergenceRule.TrainingShare
            && (configuration.ConvergenceRule.Rule == ConvergenceRuleKind.Sign
                || cost < configuration.ConvergenceRule.CostThreshold);

    private (Outcome Outcome, double[] Parameters) End(
        StopReason stopReason, Search search, int correct = -1, double cost = double.NaN)
    {
        if (correct < 0)
        {
            (correct, _, cost) = EvaluateTraining();
            _evaluationPresentations += configuration.TrainingSequences;
        }

        int testCount = configuration.ConvergenceRule.TestSequences;
        (int testCorrect, double testCost) = (0, 0.0);
        for (int first = 0; first < testCount; first += configuration.TrainingSequences)
        {
            int count = Math.Min(configuration.TrainingSequences, testCount - first);
            (int passCorrect, _, double passCost) =
                Evaluate(Purpose.TestSequences, first, count, configuration.MaxLength);
            (testCorrect, testCost) = (testCorrect + passCorrect, testCost + passCost);
        }

        return (new(stopReason, _presentations, _evaluationPresentations + testCount, cost)
        {
            TrainingError = (double)(configuration.TrainingSequences - correct) / configuration.TrainingSequences,
            TestError = (double)(testCount - testCorrect) / testCount,
            TestCost = testCost / testCount,
            Diagnostics = new(configuration.Learner.CompleteDiagnostics(search.Diagnostics, _stage)),
        }, _parameters);
    }

    private (int Right, int FirstRight, double Cost) EvaluateTraining()
    {
        int first = (configuration.StageLengths.Count - 1 - _stage) << 14;
        (int correct, int firstCorrect, double cost) =
            Evaluate(Purpose.TrainingSequences, first, configuration.TrainingSequences,
            configuration.StageLengths[_stage]);
        return (correct, firstCorrect, cost / configuration.TrainingSequences);
    }

    /// <summary>
    /// The sum of the costs and the number of correct sequences: in total, and before the first one that exceeds the
    /// allowed number of incorrect ones.
    /// </summary>
    private (int Right, int FirstRight, double Cost) Evaluate(Purpose purpose, int first, int count, int longest)
    {
        (int correct, int firstCorrect, int incorrect, double cost) = (0, 0, 0, 0.0);
        foreach ((double[] inputs, double[] targets) in sequences(purpose, first, count, longest))
        {
            double[] outputs = configuration.CreateNetwork(_parameters).Accept(
                new OutputVisitor(_parameters, inputs, targets[0]));
            bool isCorrect = IsCorrect(outputs, targets);
            incorrect += isCorrect ? 0 : 1;
            correct += isCorrect ? 1 : 0;
            bool canStillPass = (double)(configuration.TrainingSequences - incorrect) / configuration.TrainingSequences
                >= configuration.ConvergenceRule.TrainingShare;
            firstCorrect += isCorrect && canStillPass ? 1 : 0;
            cost += outputs.Zip(targets, (x, d) => 0.5 * (x - Scale(d)) * (x - Scale(d))).Sum();
        }

        return (correct, firstCorrect, cost);
    }

    private bool IsCorrect(double[] outputs, double[] targets)
    {
        Scoring scoring = configuration.Scoring;
        if (scoring.Tolerance > 0.0)
            return outputs.Zip(targets, (x, d) => Math.Abs(x - Scale(d))).Max() < scoring.Tolerance;
        if (scoring.Targets == TargetKind.Sign)
            return (outputs[0] - scoring.Midpoint) * targets[0] > 0.0;
        int ofClass = Array.FindIndex(targets, target => target > 0.0);
        return outputs.Where((_, k) => k != ofClass).All(x => x < outputs[ofClass]);
    }

    private double Scale(double target)
        => (target * (configuration.Scoring.Targets == TargetKind.Sign
            ? configuration.Scoring.TargetDistance
            : configuration.Scoring.HalfRange))
            + configuration.Scoring.Midpoint;
}
