using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Tests.Learning;

/// <summary>Parameters at 0 with random contributions of a presentation, for the damped steps to work on.</summary>
internal sealed class RuleState
{
    private const double Rate = 0.01;

    private readonly int parameters;
    private readonly int times;
    private readonly LaneMemory<Scalar> rates;

    /// <summary>Gradients and curvatures spread over many orders of magnitude.</summary>
    public RuleState(Random random, int parameters, int times)
    {
        (this.parameters, this.times) = (parameters, times);
        Parameters = new(parameters);
        Memory = new(times * parameters * 2);
        rates = new(parameters);
        rates.Numbers.Fill(Rate);
        for (int n = 0; n < times * parameters; n++)
        {
            double slope = (random.Next(2) - 0.5) * Math.Exp(-12.0 * random.NextDouble());
            Memory.Numbers[2 * n] = 1.5 * random.NextDouble() * slope;
            Memory.Numbers[(2 * n) + 1] = slope * slope * (random.Next(4) == 0 ? -1.0 : 1.0);
        }
    }

    public LaneMemory<Scalar> Parameters { get; }

    /// <summary>[t][parameter][gradient, curvature].</summary>
    public LaneMemory<Scalar> Memory { get; }

    /// <summary>Takes a step; the damping afterwards.</summary>
    public double Take(DampingSettings settings)
    {
        var state = new LaneMemory<Scalar>(DampedSteps.StateValues);
        settings.WriteState(state.Numbers);
        DampedSteps.Take(Presented(Parameters, rates, Memory, state));
        return state.Numbers[DampedSteps.Damping];
    }

    /// <summary>B(μ), what the engine takes for μ·B′(μ), and μ·B′(μ) by dual numbers.</summary>
    public (double Bound, double Slope, double Derivative) BoundAt(double mu)
    {
        (Scalar bound, Scalar slope) = DampedSteps.BoundAt(Presented(Parameters, rates, Memory, new(1)), new(mu));
        (Dual<Scalar> same, _) = DampedSteps.BoundAt(
            Presented(Lift(Parameters), Lift(rates), Lift(Memory), new(1)),
            new Dual<Scalar>(new Scalar(mu), new Scalar(1.0)));
        return (bound.Value, slope.Value, mu * same.Slope.Value);
    }

    /// <summary>η·Σ_t g/(|H| + μ) of every parameter.</summary>
    public double[] StepsOf(double mu)
        => [.. Enumerable.Range(0, parameters).Select(i => Rate * Enumerable.Range(0, times).Sum(t =>
        {
            int at = ((t * parameters) + i) * 2;
            return Memory.Numbers[at] / (Math.Abs(Memory.Numbers[at + 1]) + mu);
        }))];

    public double LargestStep(double mu) => StepsOf(mu).Max(Math.Abs);

    private Presented<TLane> Presented<TLane>(
        LaneMemory<TLane> values, LaneMemory<TLane> rates, LaneMemory<TLane> memory, LaneMemory<TLane> state)
        where TLane : unmanaged, ILane<TLane>
        => new()
        {
            Parameters = values.Row(0, parameters),
            Rates = rates.Row(0, parameters),
            State = state.Row(0, state.Length),
            Memory = memory.Row(0, memory.Length),
            Changes = new LaneMemory<TLane>(parameters).Row(0, parameters),
            Count = parameters,
            Times = times,
            Stride = 2 * parameters,
        };

    private static LaneMemory<Dual<Scalar>> Lift(LaneMemory<Scalar> values)
    {
        var lifted = new LaneMemory<Dual<Scalar>>(values.Length);
        for (int i = 0; i < values.Length; i++)
            lifted.Values[i] = new(values.Values[i], new Scalar(0.0));
        return lifted;
    }
}
