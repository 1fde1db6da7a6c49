using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// The networks of all lanes of an ensemble and the way they learn: they are shown sequences, and learn from each
/// (on-line) or from the whole set (a search). Whoever shows them the sequences knows nothing of networks and
/// algorithms; they know nothing of tasks and of when a trial ends.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
/// <param name="bundles">Bundles of lanes.</param>
/// <param name="parameters">Parameters of a network.</param>
/// <param name="inputs">m, the inputs of a step.</param>
/// <param name="outputs">k, the outputs of a network.</param>
public abstract class Learner<TLane>(int bundles, int parameters, int inputs, int outputs)
    where TLane : unmanaged, IBitLane<TLane>
{
    /// <summary>Bundles of lanes.</summary>
    public int Bundles => bundles;

    /// <summary>m.</summary>
    public int Inputs => inputs;

    /// <summary>k.</summary>
    public int Outputs => outputs;

    /// <summary>The parameters of every lane.</summary>
    public LaneParameters<TLane> Parameters { get; } = new(bundles, parameters);

    /// <summary>Whether it learns from every single presentation.</summary>
    public abstract bool IsOnline { get; }

    /// <summary>Presents a sequence to every lane.</summary>
    public abstract void Present(in SequenceBatch<TLane> sequence);

    /// <summary>An output at the end of the last presentation.</summary>
    /// <param name="length">T.</param>
    /// <param name="bundle">The bundle.</param>
    /// <param name="output">Which output, 0 … k − 1.</param>
    public abstract TLane Output(int length, int bundle, int output);

    /// <summary>Gives a lane a new trial.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="start">How the trial begins.</param>
    /// <param name="settings">How it learns.</param>
    public virtual void BeginTrial(int lane, TrialStart start, LearnerDefinition settings)
        => Parameters.SetLane(lane, start.InitialParameters.ToArray());

    /// <summary>Puts a lane to rest: its numbers stay finite, and nothing is learned.</summary>
    public virtual void Deactivate(int lane)
    {
        Parameters.Fill(lane, 0.0);
        SetLearning(lane, isLearning: false);
    }

    /// <summary>
    /// Gives a lane longer sequences of the same trial: what it has learned stays, and a search begins again from
    /// there.
    /// </summary>
    /// <param name="lane">The lane.</param>
    /// <param name="start">How the trial began.</param>
    /// <param name="settings">How it learns.</param>
    /// <param name="stage">Number of the training set, from 1.</param>
    public virtual void BeginStage(int lane, TrialStart start, LearnerDefinition settings, int stage)
    {
    }

    /// <summary>Says whether a lane learns from now on.</summary>
    public virtual void SetLearning(int lane, bool isLearning)
    {
    }

    /// <summary>Says how many passes through the sequences a trial has made before the next one.</summary>
    public virtual void SetEpoch(int lane, int epoch)
    {
    }

    /// <summary>On-line: learns from the presentation that was the last.</summary>
    /// <param name="sequence">The sequence that was presented.</param>
    /// <param name="sequenceIndex">Its number in the pass.</param>
    /// <param name="outputGradients">[bundle][output]: ∂C/∂x_T at each output.</param>
    public virtual void Learn(in SequenceBatch<TLane> sequence, int sequenceIndex, UncheckedSpan<TLane> outputGradients)
    {
    }

    /// <summary>The damping μ of a lane; NaN where the learner has none.</summary>
    public virtual double GetDamping(int lane) => double.NaN;

    /// <summary>The search of a lane; null where learning is on-line.</summary>
    public virtual ISearch? GetSearch(int lane) => null;
}
