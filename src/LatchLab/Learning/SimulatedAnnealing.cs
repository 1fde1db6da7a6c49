using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>Settings of <see cref="AnnealingSearch"/>.</summary>
public sealed record SimulatedAnnealing : SearchDefinition
{
    public override string Name => "simulated-annealing";

    public override string Description => "random moves; cost increases are accepted ever more rarely, Section V-A";

    public override bool NeedsLargeBudget => true;

    /// <summary>The diagnostic with the number of completed temperatures.</summary>
    public const string CompletedTemperatures = "temperatures";

    public override IReadOnlyList<string> DiagnosticNames => [CompletedTemperatures];

    /// <summary>Initial temperature T0.</summary>
    [Setting(
        "initial temperature of annealing, on the scale of the mean cost",
        "decision",
        Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 1e100, Probe = "0.1")]
    public double InitialTemperature { get; init; } = 1;

    /// <summary>Initial step size v0, the same for all parameters.</summary>
    [Setting(
        "initial step size of annealing, the largest move of a parameter",
        "decision",
        Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 1e100, Probe = "0.01")]
    public double InitialStep { get; init; } = 1;

    /// <summary>
    /// Upper limit of the step sizes. The step size of a parameter with two finite bounds is also limited to their
    /// distance.
    /// </summary>
    [Setting(
        "upper limit of the step sizes of annealing, which would otherwise grow without bound on a bounded cost",
        "decision",
        Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 1e100, Probe = "0.3")]
    public double LargestStep { get; init; } = 100;

    /// <summary>Number N_S of cycles before the step sizes are adjusted.</summary>
    [Setting(
        "cycles of annealing over all parameters before its step sizes are adjusted",
        "Corana, Marchesi, Martini, Ridella 1987",
        Minimum = 1,
        Maximum = 1_000_000, Probe = "2")]
    public int Cycles { get; init; } = 20;

    /// <summary>Number N_T of adjustments per temperature; 0 means max(100, 5n) for n trainable parameters.</summary>
    [Setting(
        "step-size adjustments of annealing before it cools; 0: the larger of 100 and five per parameter",
        "Corana, Marchesi, Martini, Ridella 1987",
        Minimum = 0,
        Maximum = 1_000_000, Probe = "3")]
    public int Adjustments { get; init; }

    /// <summary>Constant c of the step-size adjustment.</summary>
    [Setting(
        "how strongly annealing adjusts its step sizes",
        "Corana, Marchesi, Martini, Ridella 1987",
        Minimum = 0,
        Maximum = 1000, Probe = "0.1")]
    public double StepFactor { get; init; } = 2;

    /// <summary>Cooling factor r_T.</summary>
    [Setting(
        "factor by which cooling multiplies the temperature",
        "paper, Section V-A",
        Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 1, Probe = "0.5")]
    public double Cooling { get; init; } = 0.85;

    /// <summary>When the search is stuck.</summary>
    public StuckRule Stuck { get; init; } = new();

    protected override Search BeginSearch(SearchSpace space, ReadOnlySpan<double> start, UniformStream uniforms)
        => new AnnealingSearch(space, this, start, uniforms);
}
