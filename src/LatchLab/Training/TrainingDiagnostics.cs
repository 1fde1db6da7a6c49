using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// Records diagnostic snapshots of a trial during training. It presents the training sequences of the next pass with
/// frozen parameters and runs the backward pass of each, one time step at a time. It does not change the trial, and a
/// snapshot depends only on the trial.
/// </summary>
internal abstract class TrainingDiagnostics
{
    /// <summary>
    /// Number of steps at the end of a sequence that count as short-term. Gradient terms of earlier steps are
    /// long-term.
    /// </summary>
    public const int ShortTermSteps = 10;

    /// <summary>Creates the diagnostics of the trials of all configurations with the batch key of this one.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="maxLength">T of the longest trial.</param>
    public static TrainingDiagnostics Create(TrainingConfiguration configuration, int maxLength)
        => configuration.Accept(new DiagnosticsFactory(configuration, maxLength));

    /// <summary>
    /// Whether a snapshot is due after the given number of training passes. Snapshots are due after passes 1 to 8 and
    /// then four times per doubling, so their number grows with the logarithm of the length of a trial.
    /// </summary>
    public static bool IsDueAfter(int epochs)
    {
        while (epochs % 2 == 0 && epochs > 0)
            epochs /= 2;
        return epochs < 8;
    }

    /// <summary>Records a snapshot of a trial.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="progress">The progress of the trial.</param>
    /// <param name="parameters">The parameters of its network.</param>
    /// <param name="presented">Presentations of a training pass that has begun; 0 between passes.</param>
    public abstract DiagnosticSnapshot Record(
        in PendingTrial trial, TrialProgress progress, ReadOnlySpan<double> parameters, int presented = 0);

    /// <summary>
    /// The norms of the gradient terms of the last snapshot at [τ − 1]: the mean over the sequences, which all end at
    /// the last τ. Empty if there is no gradient.
    /// </summary>
    public abstract double[] GetTermNorms();

    private sealed class DiagnosticsFactory(TrainingConfiguration configuration, int maxLength)
        : INetworkVisitor<TrainingDiagnostics>
    {
        public TrainingDiagnostics Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
            => new NetworkDiagnostics<TNetwork>(network, configuration, maxLength);
    }

    private sealed class NetworkDiagnostics<TNetwork> : TrainingDiagnostics
        where TNetwork : struct, INetwork
    {
        private readonly GradientRecorder<TNetwork> _gradientRecorder;
        private readonly TaskSequences<Scalar> _sequenceBatches;
        private readonly EpochScores<Scalar> _scores;

        public NetworkDiagnostics(TNetwork network, TrainingConfiguration configuration, int maxLength)
        {
            _gradientRecorder = new(network, maxLength);
            _sequenceBatches = configuration.CreateSequences<Scalar>(bundles: 1, maxLength);
            _scores = new(configuration.Scoring, network.Readout.Outputs, bundles: 1, canStopEarly: false, maxLength);
        }

        public override DiagnosticSnapshot Record(
            in PendingTrial trial, TrialProgress progress, ReadOnlySpan<double> parameters, int presented)
        {
            TrainingConfiguration configuration = trial.Configuration;
            int presentations = progress.Presentations + presented;
            _gradientRecorder.BeginSnapshot(parameters);
            if (!_gradientRecorder.Parameters.IsFinite(lane: 0))
                return new(presentations, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
            _sequenceBatches.PrepareLane(lane: 0, trial,
                TrialProgress.CreateForDiagnostics(configuration, progress, isInPass: presented > 0));
            _sequenceBatches.BeginEpoch();
            _scores.Clear();
            _scores.SetLane(lane: 0, configuration.TrainingSequences, maxIncorrect: 0, search: null);
            for (int p = 0; p < configuration.TrainingSequences; p++)
            {
                SequenceBatch<Scalar> batch = _sequenceBatches.GetBatch(p);
                _gradientRecorder.Present(batch);
                _scores.Add(_gradientRecorder, batch, p);
                _gradientRecorder.Backpropagate(batch, _scores.OutputGradients);
            }

            EpochResult result = _scores.GetResult(lane: 0);
            return new(
                presentations,
                NaNIfNotFinite(result.Cost / configuration.TrainingSequences),
                (double)(configuration.TrainingSequences - result.CorrectCount) / configuration.TrainingSequences,
                NaNIfNotFinite(_gradientRecorder.GradientNorm / configuration.TrainingSequences),
                ComputeSpectralRadius(configuration.CreateNetwork(parameters.ToArray())),
                NaNIfNotFinite(_gradientRecorder.LongTermGradientShare));
        }

        public override double[] GetTermNorms()
            => [.. _gradientRecorder.TermNormSums.Reverse().Select(sum => sum / _gradientRecorder.SequenceCount)];

        private static double ComputeSpectralRadius(NetworkDefinition network)
        {
            double[] weights = [.. network.RecurrentWeights];
            return SquareMatrix.SpectralRadius(weights, (int)Math.Sqrt(weights.Length));
        }

        private static double NaNIfNotFinite(double number) => double.IsFinite(number) ? number : double.NaN;
    }

    /// <summary>Records the gradient of a single network without updating its parameters.</summary>
    private sealed class GradientRecorder<TNetwork> : Learner<Scalar>
        where TNetwork : struct, INetwork
    {
        private readonly BackpropagationThroughTime<Scalar, TNetwork> _unrolledNetwork;
        private readonly LaneMemory<Scalar> _gradientTerm;  // [parameter]: of one time step
        private readonly double[] _gradient;                // [parameter]
        private readonly List<double> _termNormSums = [];   // [steps before the end], over the sequences
        private double _longTermNorm;
        private double _totalNorm;

        public GradientRecorder(TNetwork network, int maxLength)
            : base(bundles: 1, network.Parameters, network.Readout.Outputs)
        {
            _unrolledNetwork = new(network, bundles: 1, maxLength, Parameters.Memory);
            _gradientTerm = new(network.Parameters);
            _gradient = new double[network.Parameters];
        }

        public override bool IsOnline => false;

        /// <summary>The norm of the summed gradient of all sequences; NaN for stochastic units.</summary>
        public double GradientNorm
            => TNetwork.IsStochastic ? double.NaN : GradientDecomposition.EuclideanNorm(_gradient);

        /// <summary>The share of long-term gradient terms in the sum of the norms.</summary>
        public double LongTermGradientShare => _longTermNorm / _totalNorm;

        /// <summary>[steps before the end]: the norms of the gradient terms, summed over the sequences.</summary>
        public IReadOnlyList<double> TermNormSums => _termNormSums;

        /// <summary>Sequences of the snapshot that have a gradient.</summary>
        public int SequenceCount { get; private set; }

        public void BeginSnapshot(ReadOnlySpan<double> parameters)
        {
            Parameters.SetLane(lane: 0, parameters);
            Array.Clear(_gradient);
            _termNormSums.Clear();
            SequenceCount = 0;
            (_longTermNorm, _totalNorm) = (0.0, 0.0);
        }

        public override void Present(in SequenceBatch<Scalar> batch) => _unrolledNetwork.Forward(batch);

        public override Scalar Output(int maxLength, int bundle, int output)
            => _unrolledNetwork.Output(maxLength, bundle, output);

        /// <summary>Runs the backward pass of the last presentation.</summary>
        public void Backpropagate(in SequenceBatch<Scalar> batch, UncheckedSpan<Scalar> outputGradients)
        {
            if (TNetwork.IsStochastic)
                return;
            SequenceCount++;
            while (_termNormSums.Count < batch.Length - batch.EarliestStart)
                _termNormSums.Add(0.0);
            _unrolledNetwork.BeginBackward(batch, outputGradients);
            for (int t = batch.Length; t > batch.EarliestStart; t--)
            {
                _gradientTerm.Values.Clear();
                UncheckedSpan<Scalar> terms = _gradientTerm.Slice(0, _gradientTerm.Length);
                if (t < batch.Length && batch.HasTargetsAtEveryStep)
                    _unrolledNetwork.AddOutputAdjoints(batch, t, outputGradients);
                if (t == batch.Length || batch.HasTargetsAtEveryStep)
                    _unrolledNetwork.AddReadoutTerms<GradientDescent>(batch, t, outputGradients, terms);
                _unrolledNetwork.StepBackward<GradientDescent>(batch, t, terms);
                double norm = GradientDecomposition.EuclideanNorm(_gradientTerm.Doubles);
                _termNormSums[batch.Length - t] += norm;
                _totalNorm += norm;
                _longTermNorm += t <= batch.Length - ShortTermSteps ? norm : 0.0;
                for (int i = 0; i < _gradient.Length; i++)
                    _gradient[i] += _gradientTerm.Doubles[i];
            }
        }
    }
}
