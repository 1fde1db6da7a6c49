using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Tests.Learning;

/// <summary>Parameters at 0 with random gradient terms of a presentation, as input for the damped steps.</summary>
internal sealed class RuleState
{
    private const double Rate = 0.01;

    private readonly int _parameters;
    private readonly int _times;
    private readonly LaneMemory<Scalar> _rates;

    /// <summary>Random gradients and curvatures over many orders of magnitude.</summary>
    public RuleState(Random random, int parameters, int times)
    {
        (_parameters, _times) = (parameters, times);
        Parameters = new(parameters);
        Memory = new(times * parameters * 2);
        _rates = new(parameters);
        _rates.Doubles.Fill(Rate);
        for (int n = 0; n < times * parameters; n++)
        {
            double derivative = (random.Next(2) - 0.5) * Math.Exp(-12.0 * random.NextDouble());
            Memory.Doubles[2 * n] = 1.5 * random.NextDouble() * derivative;
            Memory.Doubles[(2 * n) + 1] = derivative * derivative * (random.Next(4) == 0 ? -1.0 : 1.0);
        }
    }

    public LaneMemory<Scalar> Parameters { get; }

    /// <summary>[t][parameter][gradient, curvature].</summary>
    public LaneMemory<Scalar> Memory { get; }

    /// <summary>Takes a step, not bounded by default, and returns the damping afterwards.</summary>
    public double Take(DampingSettings settings, StepBoundSettings? steps = null)
    {
        var state = new LaneMemory<Scalar>(DampedSteps.StatePerTrial);
        settings.WriteInitialState(state.Doubles);
        (steps ?? new()).WriteInitialState(state.Doubles);
        DampedSteps.Apply(CreateContext(Parameters, _rates, Memory, state));
        return state.Doubles[DampedSteps.DampingIndex];
    }

    /// <summary>B(μ), the engine's value of μ·B′(μ), and μ·B′(μ) by dual numbers.</summary>
    public (double Bound, double EngineDerivative, double Derivative) BoundAt(double mu)
    {
        (Scalar bound, Scalar derivative) = DampedSteps.EvaluateBound(CreateContext(Parameters, _rates, Memory, new(1)),
            new(mu));
        (Dual<Scalar> same, _) = DampedSteps.EvaluateBound(
            CreateContext(Lift(Parameters), Lift(_rates), Lift(Memory), new(1)),
            new Dual<Scalar>(new Scalar(mu), new Scalar(1.0)));
        return (bound.Value, derivative.Value, mu * same.Derivative.Value);
    }

    /// <summary>η·Σ_t g/(|H| + μ) of every parameter.</summary>
    public double[] StepsOf(double mu)
        => [.. Enumerable.Range(0, _parameters).Select(i => Rate * Enumerable.Range(0, _times).Sum(t =>
        {
            int at = ((t * _parameters) + i) * 2;
            return Memory.Doubles[at] / (Math.Abs(Memory.Doubles[at + 1]) + mu);
        }))];

    public double LargestStep(double mu) => StepsOf(mu).Max(Math.Abs);

    private UpdateContext<TLane> CreateContext<TLane>(
        LaneMemory<TLane> values, LaneMemory<TLane> rates, LaneMemory<TLane> memory, LaneMemory<TLane> state)
        where TLane : unmanaged, ILane<TLane>
        => new()
        {
            Parameters = values.Slice(0, _parameters),
            LearningRates = rates.Slice(0, _parameters),
            State = state.Slice(0, state.Length),
            Terms = memory.Slice(0, memory.Length),
            Workspace = new LaneMemory<TLane>(_parameters).Slice(0, _parameters),
            ParameterCount = _parameters,
            TimeSteps = _times,
            TimeStride = 2 * _parameters,
        };

    private static LaneMemory<Dual<Scalar>> Lift(LaneMemory<Scalar> values)
    {
        var lifted = new LaneMemory<Dual<Scalar>>(values.Length);
        for (int i = 0; i < values.Length; i++)
            lifted.Values[i] = new(values.Values[i], new Scalar(0.0));
        return lifted;
    }
}
