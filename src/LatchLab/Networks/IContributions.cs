using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// Receives what each time step contributes to the derivatives of the cost with respect to each parameter: a shared
/// weight is a separate variable at every time, and what is done with the parts (summed; divided, then summed) makes
/// the learning rule (Section V-C of the paper).
/// </summary>
/// <typeparam name="TLane">The numbers it is made of.</typeparam>
public interface IContributions<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Whether curvatures are wanted; a constant, so that unwanted ones cost nothing.</summary>
    static abstract bool WantsCurvature { get; }

    /// <summary>Takes a contribution.</summary>
    /// <param name="parameter">Index of the parameter.</param>
    /// <param name="gradient">∂C/∂w_t, w taken as its instance at this time.</param>
    /// <param name="curvature">The positive diagonal approximation of ∂²C/∂w_t²; 0 where it is not wanted.</param>
    void Add(int parameter, TLane gradient, TLane curvature);
}
