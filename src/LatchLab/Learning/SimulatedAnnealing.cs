using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>Settings of <see cref="AnnealingSearch"/>.</summary>
public sealed record SimulatedAnnealing : SearchDefinition
{
    /// <inheritdoc/>
    public override string Name => "simulated-annealing";

    /// <inheritdoc/>
    public override string Description => "random moves, of which bad ones are accepted ever more rarely, Section V-A";

    /// <inheritdoc/>
    public override bool NeedsLargeBudget => true;

    /// <summary>T0.</summary>
    [Setting(
        "temperature at which annealing begins, on the scale of the mean cost",
        "decision",
        Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 1e100)]
    public double InitialTemperature { get; init; } = 1;

    /// <summary>v0, the same for all parameters.</summary>
    [Setting(
        "largest move of a parameter at the beginning of annealing",
        "decision",
        Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 1e100)]
    public double InitialStep { get; init; } = 1;

    /// <summary>What no step exceeds; a parameter with two bounds also none that exceeds their distance.</summary>
    [Setting(
        "largest move that annealing may adjust to; where the cost is bounded, steps would grow without end",
        "decision",
        Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 1e100)]
    public double LargestStep { get; init; } = 100;

    /// <summary>N_S.</summary>
    [Setting(
        "cycles of annealing over all parameters before its steps are adjusted",
        "Corana, Marchesi, Martini, Ridella 1987",
        Minimum = 1,
        Maximum = 1_000_000)]
    public int Cycles { get; init; } = 20;

    /// <summary>N_T; 0 stands for max(100, 5n) with n free parameters.</summary>
    [Setting(
        "adjustments of annealing's steps before it cools; 0: the larger of 100 and five a parameter",
        "Corana, Marchesi, Martini, Ridella 1987",
        Minimum = 0,
        Maximum = 1_000_000)]
    public int Adjustments { get; init; }

    /// <summary>c.</summary>
    [Setting(
        "how strongly annealing adjusts its steps",
        "Corana, Marchesi, Martini, Ridella 1987",
        Minimum = 0,
        Maximum = 1000)]
    public double StepFactor { get; init; } = 2;

    /// <summary>r_T.</summary>
    [Setting(
        "cooling multiplies the temperature by this",
        "paper, Section V-A",
        Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 1)]
    public double Cooling { get; init; } = 0.85;

    /// <summary>When it is stuck.</summary>
    public StuckRule Stuck { get; init; } = new();

    /// <inheritdoc/>
    protected override ISearch BeginSearch(SearchSpace space, ReadOnlySpan<double> start, UniformStream uniforms)
        => new AnnealingSearch(space, this, start, uniforms);
}
