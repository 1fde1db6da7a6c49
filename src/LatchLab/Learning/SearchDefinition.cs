using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// A search without gradients as a user names it: what all of them have in common. Searches of every kind run side by
/// side, for a lane asks its own for the next candidate.
/// </summary>
public abstract record SearchDefinition : LearnerDefinition
{
    /// <inheritdoc/>
    public sealed override bool IsSearch => true;

    /// <inheritdoc/>
    public sealed override bool BenefitsFromUnrolling => true;

    /// <inheritdoc/>
    public sealed override object BatchKey => typeof(ISearch);

    /// <inheritdoc/>
    public sealed override Learner<TLane> Create<TLane, TNetwork>(TNetwork network, int bundles, int maxLength)
        => new SearchLearner<TLane, TNetwork>(network, bundles);

    /// <inheritdoc/>
    public sealed override ISearch CreateSearch(TrialStart start)
        => BeginSearch(start.Space, start.InitialParameters.ToArray(),
            start.Random.CreateUniformStream(RandomPurpose, start.Stage));

    /// <summary>What its random numbers are for.</summary>
    protected virtual Purpose RandomPurpose => Purpose.Search;

    /// <summary>Begins a search.</summary>
    /// <param name="space">What is free, and its bounds.</param>
    /// <param name="start">Every parameter, the free ones within their bounds.</param>
    /// <param name="uniforms">Random numbers of this search alone.</param>
    /// <exception cref="ValidationException">It cannot begin there.</exception>
    protected abstract ISearch BeginSearch(SearchSpace space, ReadOnlySpan<double> start, UniformStream uniforms);
}
