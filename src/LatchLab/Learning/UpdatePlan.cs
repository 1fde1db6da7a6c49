using LatchLab.Learning.Optimizers;

namespace LatchLab.Learning;

/// <summary>How a trial turns the gradients of its presentations into steps.</summary>
/// <param name="Rules">The chain of update rules.</param>
/// <param name="PresentationsPerStep">
/// Number of presentations whose gradients make a step; null for a step after each presentation, as for 1.
/// </param>
/// <param name="IsMean">Whether the gradient of a step is the mean of theirs; false for the sum.</param>
public sealed record UpdatePlan(
    IReadOnlyList<UpdateRule> Rules, int? PresentationsPerStep = null, bool IsMean = false)
{
    /// <summary>A step of gradient descent after each presentation.</summary>
    public bool IsGradientDescent => Rules.Count == 0 && PresentationsPerStep is null;
}
