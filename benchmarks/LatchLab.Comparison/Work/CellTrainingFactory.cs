using LatchLab.KernelTiming;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Cells;
using LatchLab.Numerics;

namespace LatchLab.Comparison.Work;

/// <summary>
/// One presentation to the trials of a <see cref="CellWork"/>: forward, cost, back-propagation through time, update, by
/// the learner of real runs.
/// </summary>
internal sealed class CellTrainingFactory(CellWork work) : ILaneVisitor<IPreparedWorkload>
{
    // As many vectors as training takes together (TrialRunner).
    private const int Bundles = 1;

    /// <summary>The trials of a presentation, once it is created.</summary>
    public int Trials { get; private set; }

    public IPreparedWorkload Visit<TLane>()
        where TLane : unmanaged, IBitLane<TLane>
    {
        Trials = Bundles * TLane.Count;
        return new Presentation<TLane>(work);
    }

    private sealed class Presentation<TLane> : IPreparedWorkload
        where TLane : unmanaged, IBitLane<TLane>
    {
        private readonly GradientLearner<TLane, CellNetwork<LstmCell>, GradientDescent> _learner;
        private readonly int _length;
        private readonly LaneMemory<TLane> _inputs;     // [t − 1][bundle]
        private readonly LaneMemory<TLane> _starts = new(Bundles), _signs = new(Bundles), _errors = new(Bundles);

        public Presentation(CellWork work)
        {
            (_learner, _length, _inputs) = (new(work.Network, Bundles, work.Length), work.Length, new(
                work.Length * Bundles));
            var settings = new Backpropagation { LearningRate = 1e-12 };    // so small that all presentations are alike
            for (int lane = 0; lane < Bundles * TLane.Count; lane++)
            {
                double[] start = work.CreateParameters(lane % work.Records), inputs = work.CreateInputs(
                    lane % work.Records);
                _learner.BeginTrial(
                    lane, new(new TrialRandom(Seed: 1, RandomWord: 1, lane), start,
                        SearchSpace.Unbounded(start.Length)), settings);
                _learner.SetLearning(lane, isLearning: true);
                for (int t = 0; t < _length; t++)
                    _inputs.Doubles[(t * Bundles * TLane.Count) + lane] = inputs[t];
            }
        }

        public void Run()
        {
            SequenceBatch<TLane> sequence = CellWork.CreateBatch(_inputs, _starts, _signs, _length);
            _learner.Present(sequence);
            for (int b = 0; b < Bundles; b++)
                _errors.Values[b] = _learner.Output(_length, b, output: 0) - TLane.From(CellWork.Target);
            _learner.Learn(sequence, 0, _errors.Slice(0, Bundles));
        }
    }
}
