using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Tests.Learning;

/// <summary>Parameters of two bundles of lanes, moved by a chain of update rules.</summary>
internal sealed class ChainRun<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private const int Bundles = 2;

    private readonly int _parameterCount;
    private readonly UpdateRuleChain<TLane> _chain;
    private readonly LaneParameters<TLane> _bounds = new(Bundles, BoundedSteps.StatePerTrial);

    public ChainRun(UpdatePlan plan, int parameters)
    {
        _parameterCount = parameters;
        _chain = new(Bundles, parameters, plan);
        Parameters = new(Bundles, parameters);
        Rates = new(Bundles, parameters);
        Gradients = new(Bundles, parameters);
        var initial = new double[BoundedSteps.StatePerTrial];
        new StepBoundSettings().WriteInitialState(initial);
        for (int lane = 0; lane < Lanes; lane++)
            _bounds.SetLane(lane, initial);
    }

    public static int Lanes => Bundles * TLane.Count;

    public LaneParameters<TLane> Parameters { get; }

    public LaneParameters<TLane> Rates { get; }

    public LaneParameters<TLane> Gradients { get; }

    public void Begin(int lane, UpdatePlan plan, double[] parameters)
    {
        _chain.BeginTrial(lane, plan);
        Parameters.SetLane(lane, parameters);
    }

    public void Update()
        => _chain.Update(
            Parameters, Rates, _bounds, Gradients.Memory.Slice(0, Bundles * _parameterCount));

    /// <summary>The parameters of one trial after steps along some gradients.</summary>
    public static double[] Run(UpdatePlan plan, double[] start, IEnumerable<double[]> gradients, double rate = 0.1)
    {
        var run = new ChainRun<TLane>(plan, start.Length);
        run.Begin(lane: 0, plan, start);
        run.Rates.Fill(lane: 0, rate);
        foreach (double[] one in gradients)
        {
            run.Gradients.SetLane(lane: 0, one);
            run.Update();
        }

        return run.Parameters.GetLane(lane: 0);
    }
}
