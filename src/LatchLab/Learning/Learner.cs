using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// The networks of all lanes of a trial batch and their learning algorithm. A learner is presented with sequences and
/// learns after each one (on-line) or from the whole set (a search). The training loop does not depend on networks and
/// algorithms; a learner does not depend on tasks and stop conditions.
/// </summary>
/// <param name="bundles">Bundles of lanes.</param>
/// <param name="parameters">Parameters of a network.</param>
/// <param name="outputs">Number k of outputs of a network.</param>
public abstract class Learner<TLane>(int bundles, int parameters, int outputs)
    where TLane : unmanaged, IBitLane<TLane>
{
    /// <summary>Bundles of lanes.</summary>
    public int Bundles => bundles;

    /// <summary>Number k of outputs.</summary>
    public int Outputs => outputs;

    /// <summary>The parameters of every lane.</summary>
    public LaneParameters<TLane> Parameters { get; } = new(bundles, parameters);

    /// <summary>Whether the learner changes parameters after every single presentation.</summary>
    public abstract bool IsOnline { get; }

    /// <summary>Presents a sequence to every lane: one forward pass.</summary>
    public abstract void Present(in SequenceBatch<TLane> sequence);

    /// <summary>Returns an output at the end of the last presentation.</summary>
    /// <param name="length">T.</param>
    /// <param name="bundle">The bundle.</param>
    /// <param name="output">Index of the output, 0 … k − 1.</param>
    public abstract TLane Output(int length, int bundle, int output);

    /// <summary>Starts a new trial in a lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="start">How the trial begins.</param>
    /// <param name="settings">The settings of the learner.</param>
    public virtual void BeginTrial(int lane, TrialStart start, LearnerDefinition settings)
        => Parameters.SetLane(lane, start.InitialParameters.ToArray());

    /// <summary>Deactivates a lane: its numbers stay finite, and it no longer learns.</summary>
    public virtual void Deactivate(int lane)
    {
        Parameters.Fill(lane, 0.0);
        SetLearning(lane, isLearning: false);
    }

    /// <summary>
    /// Continues the trial of a lane with longer sequences: the learned parameters are kept, and a search restarts from
    /// them.
    /// </summary>
    /// <param name="lane">The lane.</param>
    /// <param name="start">How the trial began.</param>
    /// <param name="settings">The settings of the learner.</param>
    /// <param name="stage">Number of the training set, from 1.</param>
    public virtual void BeginStage(int lane, TrialStart start, LearnerDefinition settings, int stage)
    {
    }

    /// <summary>
    /// Saves or restores what a trial has changed in its lane since it began, between two passes. To restore, begin the
    /// trial first. A learner that keeps more than the parameters transfers it after them.
    /// </summary>
    /// <param name="lane">The lane, which need not be the same, nor of the same type.</param>
    /// <param name="state">The state.</param>
    public virtual void TransferState(int lane, StateTransfer state) => Parameters.TransferState(lane, state);

    /// <summary>Sets whether a lane learns from now on.</summary>
    public virtual void SetLearning(int lane, bool isLearning)
    {
    }

    /// <summary>Sets the number of passes through the sequences that a trial has completed.</summary>
    public virtual void SetEpoch(int lane, int epoch)
    {
    }

    /// <summary>Learns from the last presentation (on-line learners only).</summary>
    /// <param name="sequence">The sequence that was presented.</param>
    /// <param name="sequenceIndex">Its index in the pass.</param>
    /// <param name="outputGradients">[bundle][output]: ∂C/∂x_T at each output.</param>
    public virtual void Learn(in SequenceBatch<TLane> sequence, int sequenceIndex, UncheckedSpan<TLane> outputGradients)
    {
    }

    /// <summary>What the learner reports of a lane at the end of its trial.</summary>
    public virtual IReadOnlyList<double> GetDiagnostics(int lane) => GetSearch(lane)?.Diagnostics ?? [];

    /// <summary>The search of a lane; null if the learner is on-line.</summary>
    public virtual Search? GetSearch(int lane) => null;
}
