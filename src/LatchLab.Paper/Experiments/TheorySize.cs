using LatchLab.Foundation;

namespace LatchLab.Paper.Experiments;

/// <summary>The size of the checks of the theory of Section IV.</summary>
public sealed record TheorySize
{
    /// <summary>A quick version that takes less than a second.</summary>
    public static TheorySize Quick { get; } = new() { RandomSystems = 12, BasinGrid = 120, CurvePoints = 12 };

    /// <summary>The standard size, which takes some ten seconds.</summary>
    public static TheorySize Standard { get; } = new();

    /// <summary>The size for a publication.</summary>
    public static TheorySize Full { get; } = new() { RandomSystems = 400, BasinGrid = 500, CurvePoints = 40 };

    /// <summary>
    /// Random systems with several attractors. A universal claim without a counterexample needs 60 systems that meet
    /// its hypotheses. Theorem 3 gives a bound in 59 % of the systems: in fewer than 60 of 140 with a probability of
    /// 10⁻⁴.
    /// </summary>
    [Setting("random systems with several attractors on which the theorems of Section IV are checked", "decision",
        Minimum = 1, Maximum = 10_000, Probe = "3")]
    public int RandomSystems { get; init; } = 140;

    /// <summary>Points along each axis of Figure 3.</summary>
    [Setting("points along each axis of the basins in Figure 3", "decision", Minimum = 2, Maximum = 2000, Probe = "6")]
    public int BasinGrid { get; init; } = 240;

    /// <summary>Points of the curves over the weight w of the neuron.</summary>
    [Setting("number of weights of the neuron in the trade-off between noise and gradient; the network has half as " +
        "many gains", "decision", Minimum = 4, Maximum = 1000, Probe = "6")]
    public int CurvePoints { get; init; } = 20;
}
