using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// Receives what each time step contributes to the derivatives of the cost with respect to each parameter: a shared
/// weight is a separate variable at every time, and what is done with the parts (summed; divided, then summed) makes
/// the learning rule (Section V-C of the paper).
/// </summary>
public interface IContributions
{
    /// <summary>Whether curvatures are wanted; a constant, so that unwanted ones cost nothing.</summary>
    static abstract bool WantsCurvature { get; }

    /// <summary>Values of memory that are kept for each parameter.</summary>
    static abstract int ValuesPerParameter { get; }

    /// <summary>Takes ∂C/∂w_t and its curvature, w taken as its instance at one time.</summary>
    /// <param name="memory">[parameter][value]; zero before a presentation.</param>
    /// <param name="parameter">Index of the parameter.</param>
    /// <param name="derivatives">With respect to the instance.</param>
    static abstract void Add<TLane>(Row<TLane> memory, int parameter, Derivatives<TLane> derivatives)
        where TLane : unmanaged, ILane<TLane>;
}
