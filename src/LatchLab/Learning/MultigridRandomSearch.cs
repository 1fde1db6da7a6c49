using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>Settings of <see cref="MultigridSearch"/>.</summary>
public sealed record MultigridRandomSearch : SearchDefinition
{
    /// <inheritdoc/>
    public override string Name => "multigrid-random-search";

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    protected override ISearch BeginSearch(SearchSpace space, ReadOnlySpan<double> start, UniformStream uniforms)
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
public sealed class MultigridSearch : ISearch
{
    private readonly SearchSpace _space;
    private readonly double _shrinking;
    private readonly UniformStream _uniforms;
    private readonly StuckTest _stuck;
    private readonly double[] _candidate;
    private readonly double[] _best;
    private bool _hasStarted;

    /// <summary>A search whose first candidate is the start.</summary>
    /// <param name="space">The trainable parameters and their bounds.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="start">Value of every parameter; the trainable ones lie within their bounds.</param>
    /// <param name="uniforms">The random numbers of this search, used by no other.</param>
    /// <exception cref="ValidationException">The start is not in the space.</exception>
    public MultigridSearch(
        SearchSpace space, MultigridRandomSearch settings, ReadOnlySpan<double> start, UniformStream uniforms)
    {
        _space = space;
        _uniforms = uniforms;
        _shrinking = settings.Shrinking;
        HalfWidth = settings.InitialHalfWidth;
        _stuck = new(settings.Stuck.StuckValues, settings.Stuck.StuckTolerance);
        _candidate = space.ValidateAndCopy(start);
        _best = space.ValidateAndCopy(start);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<double> Candidate => _candidate;

    /// <inheritdoc/>
    public double CostLimit => BestCost;

    /// <inheritdoc/>
    public int IncorrectLimit => int.MaxValue;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Best => _best;

    /// <inheritdoc/>
    public double BestCost { get; private set; } = double.PositiveInfinity;

    /// <inheritdoc/>
    public bool HasStopped { get; private set; }

    /// <summary>Half the width of the box that the candidate was drawn from, before clipping to the bounds.</summary>
    public double HalfWidth { get; private set; }

    /// <inheritdoc/>
    public void Tell(in Evaluation evaluation)
    {
        if (HasStopped)
            throw new InvalidOperationException("the search has stopped");
        if (double.IsFinite(evaluation.Cost) && evaluation.Cost < BestCost)
            Accept(evaluation.Cost);
        _hasStarted = true;
        if (!HasStopped)
            Propose();
    }

    private void Accept(double cost)
    {
        _candidate.CopyTo(_best, 0);
        BestCost = cost;
        HasStopped = _stuck.Add(cost, best: cost);
        if (_hasStarted)
            HalfWidth *= _shrinking;
    }

    private void Propose()
    {
        foreach (int i in _space.TrainableParameters)
        {
            _candidate[i] = _uniforms.Next(
                Math.Max(_space.LowerBound(i), _best[i] - HalfWidth),
                Math.Min(_space.UpperBound(i), _best[i] + HalfWidth));
        }
    }
}
