using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// The common part of the gradient-free searches that a user can select. Searches of different kinds run in one batch,
/// because each lane has its own search.
/// </summary>
public abstract record SearchDefinition : LearnerDefinition
{
    public sealed override bool IsSearch => true;

    public sealed override bool BenefitsFromUnrolling => true;

    public sealed override object BatchKey => typeof(Search);

    public sealed override Learner<TLane> Create<TLane, TNetwork>(TNetwork network, int bundles, int maxLength)
        => new SearchLearner<TLane, TNetwork>(network, bundles);

    public sealed override Search CreateSearch(TrialStart start)
        => BeginSearch(start.Space, start.InitialParameters.ToArray(),
            start.Random.CreateUniformStream(RandomPurpose, start.Stage));

    /// <summary>The purpose of its random numbers.</summary>
    protected virtual Purpose RandomPurpose => Purpose.Search;

    /// <summary>Creates a search.</summary>
    /// <param name="space">The trainable parameters and their bounds.</param>
    /// <param name="start">Value of every parameter; the trainable ones lie within their bounds.</param>
    /// <param name="uniforms">The random numbers of this search, used by no other.</param>
    /// <exception cref="ValidationException">The search cannot begin at this start.</exception>
    protected abstract Search BeginSearch(SearchSpace space, ReadOnlySpan<double> start, UniformStream uniforms);
}
