using LatchLab.Dynamics;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Experiments;

/// <summary>
/// Looks at a trial in the middle of its learning: presents its training sequences once more with the parameters held
/// and carries the error signal of each back, one time after another. It changes nothing of the trial, and what it sees
/// depends on nothing else.
/// </summary>
internal abstract class LearningProbe
{
    /// <summary>
    /// Steps at the end of a sequence that are near: what is older is what a long-term dependency needs.
    /// </summary>
    public const int NearSteps = 10;

    /// <summary>A probe for the trials of cells that have the shape of this one.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="length">T of the longest trial.</param>
    public static LearningProbe Of(Cell cell, ulong seed, int length) => cell.Accept(new Maker(cell, seed, length));

    /// <summary>
    /// Whether a trial is looked at after so many passes that taught: after 1 to 8, and then four times while their
    /// number doubles, so that a log grows with the logarithm of a trial's length.
    /// </summary>
    public static bool LooksAfter(int passes)
    {
        while (passes % 2 == 0 && passes > 0)
            passes /= 2;
        return passes < 8;
    }

    /// <summary>Looks at a trial.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="progress">How far it has come.</param>
    /// <param name="parameters">Its parameters.</param>
    public abstract TrialCheck Look(in QueuedTrial trial, TrialProgress progress, ReadOnlySpan<double> parameters);

    private sealed class Maker(Cell cell, ulong seed, int length) : INetworkVisitor<LearningProbe>
    {
        public LearningProbe Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
            => new Probe<TNetwork>(network, cell, seed, length);
    }

    private sealed class Probe<TNetwork> : LearningProbe
        where TNetwork : struct, INetwork
    {
        private readonly Observed<TNetwork> network;
        private readonly ISequenceLanes<Scalar> presented;
        private readonly Score<Scalar> score;

        public Probe(TNetwork network, Cell cell, ulong seed, int length)
        {
            this.network = new(network, length);
            presented = cell.CreateSequences<Scalar>(seed, bundles: 1, length);
            score = new(cell.Scoring, network.Outputs, bundles: 1, stopsEarly: false);
        }

        /// <inheritdoc/>
        public override TrialCheck Look(
            in QueuedTrial trial, TrialProgress progress, ReadOnlySpan<double> parameters)
        {
            Cell cell = trial.Cell;
            network.Begin(parameters);
            if (!network.Parameters.AreFinite(lane: 0))
                return new(progress.Presentations, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
            presented.Prepare(lane: 0, trial, TrialProgress.Observed(cell, progress.Stage, progress.Passes));
            presented.BeginPass();
            score.Clear();
            score.SetLane(lane: 0, cell.Sequences, mostWrong: 0, search: null);
            for (int p = 0; p < cell.Sequences; p++)
            {
                Sequence<Scalar> sequence = presented.Take(p);
                network.Present(sequence);
                score.Add(network, sequence, p);
                network.CarryBack(sequence, score.Errors);
            }

            PassResult result = score.Of(lane: 0);
            return new(
                progress.Presentations,
                Known(result.Cost / cell.Sequences),
                (double)(cell.Sequences - result.Right) / cell.Sequences,
                Known(network.GradientNorm / cell.Sequences),
                SpectralRadius(cell.NetworkWith(parameters.ToArray())),
                Known(network.OldShare));
        }

        private static double SpectralRadius(NetworkDefinition network)
        {
            double[] weights = [.. network.RecurrentWeights];
            return SquareMatrix.SpectralRadius(weights, (int)Math.Sqrt(weights.Length));
        }

        private static double Known(double number) => double.IsFinite(number) ? number : double.NaN;
    }

    /// <summary>A single network that is presented with sequences and learns nothing from them.</summary>
    private sealed class Observed<TNetwork> : Learner<Scalar>
        where TNetwork : struct, INetwork
    {
        private readonly Unfolding<Scalar, TNetwork> unfolding;
        private readonly LaneMemory<Scalar> term;       // [parameter]: what one time contributes
        private readonly double[] gradient;             // [parameter]
        private double old;
        private double total;

        public Observed(TNetwork network, int longest)
            : base(bundles: 1, network.Parameters, network.Inputs, network.Outputs)
        {
            unfolding = new(network, bundles: 1, longest, Parameters.Memory);
            term = new(network.Parameters);
            gradient = new double[network.Parameters];
        }

        public override bool IsOnline => false;

        /// <summary>The norm of the sum of the gradients of all sequences; NaN where units have none.</summary>
        public double GradientNorm => TNetwork.PropagatesByChance ? double.NaN : GradientTerms.Norm(gradient);

        /// <summary>The share of old times in the sum of the norms.</summary>
        public double OldShare => old / total;

        public void Begin(ReadOnlySpan<double> parameters)
        {
            Parameters.Write(lane: 0, parameters);
            Array.Clear(gradient);
            (old, total) = (0.0, 0.0);
        }

        public override void Present(in Sequence<Scalar> sequence) => unfolding.Forward(sequence);

        public override Scalar Output(int length, int bundle, int output) => unfolding.Output(length, bundle, output);

        /// <summary>Carries the error signal of the last presentation back.</summary>
        public void CarryBack(in Sequence<Scalar> sequence, Row<Scalar> errors)
        {
            if (TNetwork.PropagatesByChance)
                return;
            unfolding.BeginBackward(sequence, errors);
            for (int t = sequence.Length; t > sequence.EarliestStart; t--)
            {
                term.Values.Clear();
                unfolding.StepBack<GradientDescent>(sequence, t, term.Row(0, term.Length));
                double norm = GradientTerms.Norm(term.Numbers);
                total += norm;
                old += t <= sequence.Length - NearSteps ? norm : 0.0;
                for (int i = 0; i < gradient.Length; i++)
                    gradient[i] += term.Numbers[i];
            }
        }
    }
}
