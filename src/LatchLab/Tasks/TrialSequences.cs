using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// The labelled sequences of one trial. A sequence has a number; it is a pure function of the trial, of its purpose
/// (<see cref="Purpose.TrainingSequences"/> or <see cref="Purpose.TestSequences"/>) and of that number. It does not
/// depend on what was presented before, or on other trials.
/// </summary>
public abstract class TrialSequences
{
    /// <summary>The random numbers that draw the order of the training sequences.</summary>
    public abstract TrialRandom Random { get; }

    /// <summary>
    /// Steps of zero inputs between the end of a sequence and its target, which its length does not include.
    /// </summary>
    public virtual int Delay => 0;

    /// <summary>Begins a pass through the sequences.</summary>
    /// <param name="pass">
    /// Number of the pass; the sequences depend on it if <see cref="TaskDefinition.VariesBetweenPasses"/>.
    /// </param>
    public virtual void BeginPass(int pass)
    {
    }

    /// <summary>The length of a sequence.</summary>
    /// <param name="purpose">Training or test sequences.</param>
    /// <param name="number">Number of the sequence, from 0.</param>
    /// <param name="maxLength">T; a curriculum begins with smaller ones.</param>
    public abstract int LengthOf(Purpose purpose, int number, int maxLength);

    /// <summary>Writes a sequence.</summary>
    /// <param name="purpose">Training or test sequences.</param>
    /// <param name="number">Number of the sequence.</param>
    /// <param name="inputs">
    /// [t − 1][input]: receives the inputs; <see cref="LengthOf"/> and <see cref="Delay"/> give the number of steps.
    /// </param>
    /// <param name="labels">
    /// Receives +1 for class 1 and −1 for class 0 if <see cref="TaskDefinition.Targets"/> is
    /// <see cref="TargetKind.Sign"/>; otherwise [output], the targets as shares of half the range of an output, or
    /// [t − 1][output] if there are targets at every step.
    /// </param>
    public abstract void Write(Purpose purpose, int number, Span<double> inputs, Span<double> labels);

    /// <summary>Writes the labels of a sequence alone, which can take less time.</summary>
    /// <param name="purpose">Training or test sequences.</param>
    /// <param name="number">Number of the sequence.</param>
    /// <param name="scratch">Room for its inputs; receives any numbers.</param>
    /// <param name="labels">Receives what <see cref="Write"/> gives.</param>
    public virtual void WriteLabels(Purpose purpose, int number, Span<double> scratch, Span<double> labels)
        => Write(purpose, number, scratch, labels);
}
