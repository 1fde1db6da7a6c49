using LatchLab.Statistics;

namespace LatchLab.Training;

/// <summary>The answers to the test sequences of a trial: classes or numbers.</summary>
/// <param name="Classes">The answers that are classes; null for numbers.</param>
/// <param name="Values">The errors of answers that are numbers, in units of the label; null for classes.</param>
public sealed record TestAnswers(ConfusionMatrix? Classes, ValueErrors? Values);

/// <summary>
/// The test of a trial: the answers of its network, and those of a constant to the same sequences. The constant is the
/// most frequent class of the training sequences of the trial, the first of several, or the mean of their labels.
/// </summary>
/// <param name="Network">The answers of the network.</param>
/// <param name="Baseline">The answers of the constant.</param>
public sealed record TrialTest(TestAnswers Network, TestAnswers Baseline);
