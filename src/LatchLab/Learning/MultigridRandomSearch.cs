using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>Settings of <see cref="MultigridSearch"/>.</summary>
public sealed record MultigridRandomSearch : SearchDefinition
{
    public override string Name => "multigrid-random-search";

    public override string Description => "random points in a shrinking box around the best one, Section V-B";

    /// <summary>Half the width of the first hyperrectangle, the same for all parameters.</summary>
    [Setting(
        "half-width of the initial box of multi-grid search around the start",
        "decision",
        Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 1e100, Probe = "2")]
    public double InitialHalfWidth { get; init; } = 1;

    /// <summary>Factor of the size of the box when a better point is found.</summary>
    [Setting(
        "factor by which an improvement shrinks the box of multi-grid search",
        "paper, Section V-B",
        Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 1, Probe = "0.5")]
    public double Shrinking { get; init; } = 0.9;

    /// <summary>When the search is stuck.</summary>
    public StuckRule Stuck { get; init; } = new();

    protected override Search BeginSearch(SearchSpace space, ReadOnlySpan<double> start, UniformStream uniforms)
        => new MultigridSearch(space, this, start, uniforms);
}

/// <summary>
/// Multi-grid random search (Section V-B): candidates are uniform in a hyperrectangle around the best point. A better
/// candidate becomes the centre, and the hyperrectangle shrinks. Unlike <see cref="AnnealingSearch"/>, it accepts
/// improvements only. It is stuck when the costs of the last N_ε accepted points agree.
/// </summary>
/// <remarks>
/// The start is evaluated first and is the first accepted point; it does not shrink the box. Candidates are drawn from
/// the part of the box within the bounds.
/// </remarks>
internal sealed class MultigridSearch(
    SearchSpace space, MultigridRandomSearch settings, ReadOnlySpan<double> start, UniformStream uniforms)
    : Search(space, start, uniforms)
{
    private readonly StuckTest _stuck = new(settings.Stuck.StuckValues, settings.Stuck.StuckTolerance);
    private bool _hasStarted;

    public override double CostLimit => BestCost;

    /// <summary>Half the width of the box that the candidate was drawn from, before clipping to the bounds.</summary>
    public double HalfWidth { get; private set; } = settings.InitialHalfWidth;

    protected override void TransferOwnState(StateTransfer state)
    {
        _stuck.TransferState(state);
        _hasStarted = state.Transfer(_hasStarted);
        HalfWidth = state.Transfer(HalfWidth);
    }

    protected override void Receive(in Evaluation evaluation)
    {
        if (double.IsFinite(evaluation.Cost) && evaluation.Cost < BestCost)
        {
            KeepAsBest(evaluation.Cost);
            HasStopped = _stuck.Add(evaluation.Cost, best: evaluation.Cost);
            if (_hasStarted)
                HalfWidth *= settings.Shrinking;
        }

        _hasStarted = true;
    }

    protected override void Propose()
    {
        foreach (int i in Space.TrainableParameters)
        {
            Point[i] = Uniforms.Next(
                Math.Max(Space.LowerBound(i), Best[i] - HalfWidth),
                Math.Min(Space.UpperBound(i), Best[i] + HalfWidth));
        }
    }
}
