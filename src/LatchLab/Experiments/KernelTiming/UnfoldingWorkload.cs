using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Experiments.KernelTiming;

/// <summary>
/// One on-line presentation of a sequence of T = 100 steps to 64 trials: forward, cost ½(x_T − 0.8)², back-propagation
/// through time, update. It is the inner loop of every experiment, without its bookkeeping.
/// </summary>
/// <remarks>
/// 64 trials are one presentation to eight vectors of 512 bits; narrower lanes make as many presentations as they need
/// for the same work.
/// </remarks>
internal sealed class UnfoldingWorkload<TLane, TNetwork> : IWorkload
    where TLane : unmanaged, IBitLane<TLane>
    where TNetwork : struct, INetwork
{
    private readonly TNetwork network;
    private readonly int bundles;
    private readonly int presentations;
    private readonly Unfolding<TLane, TNetwork> unfolding;
    private readonly LaneMemory<TLane> inputs;      // [t − 1][bundle]
    private readonly LaneMemory<TLane> rates;       // [bundle][parameter]
    private readonly LaneMemory<TLane> gradients;   // [bundle][parameter]
    private readonly LaneMemory<TLane> starts;      // [bundle]
    private readonly LaneMemory<TLane> signs;       // [bundle]
    private readonly LaneMemory<TLane> errors;      // [bundle]

    public UnfoldingWorkload(TNetwork network, int bundles)
    {
        this.network = network;
        this.bundles = bundles;
        presentations = Work.Trials / (bundles * TLane.Count);
        unfolding = new(network, bundles, Work.Length);
        inputs = new(Work.Length * bundles);
        rates = new(bundles * network.Parameters);
        gradients = new(bundles * network.Parameters);
        starts = new(bundles);
        signs = new(bundles);
        errors = new(bundles);

        // Numbers of ordinary size that neither grow nor fade to subnormal ones; rates so small that every
        // presentation is like the first.
        signs.Values.Fill(TLane.From(1.0));
        rates.Values.Fill(TLane.From(1e-12));
        for (int i = 0; i < inputs.Length; i++)
            inputs.Values[i] = TLane.From(0.1 * Math.Sin(i));
        Span<TLane> parameters = unfolding.Parameters.Values;
        for (int i = 0; i < parameters.Length; i++)
        {
            int parameter = i % network.Parameters;
            bool isOwnWeight = network.Units == 1 ? parameter == 0 : parameter % (network.Units + 1) == 0;
            parameters[i] = TLane.From(isOwnWeight ? 1.25 : 0.1 * Math.Sin(7 * parameter));
        }
    }

    public void Do()
    {
        for (int i = 0; i < presentations; i++)
            Present();
    }

    private void Present()
    {
        var sequence = new Sequence<TLane>
        {
            Inputs = inputs.Row(0, inputs.Length),
            Start = starts.Row(0, bundles),
            Sign = signs.Row(0, bundles),
            Length = Work.Length,
            EarliestStart = 0,
            LatestStart = 0,
        };
        unfolding.Forward(sequence);
        Row<TLane> error = errors.Row(0, bundles);
        for (int b = 0; b < bundles; b++)
            error[b] = unfolding.Output(Work.Length, b, output: 0) - TLane.From(0.8);

        Row<TLane> memory = gradients.Row(0, gradients.Length);
        unfolding.Backward<GradientDescent>(sequence, error, memory);
        int p = network.Parameters;
        Row<TLane> parameters = unfolding.Parameters.Row(0, bundles * p), eta = rates.Row(0, bundles * p);
        for (int b = 0; b < bundles; b++)
        {
            GradientDescent.Update(new Presented<TLane>
            {
                Parameters = parameters.From(b * p),
                Rates = eta.From(b * p),
                State = default,
                Memory = memory.From(b * p),
                Changes = default,
                Count = p,
                Times = 1,
                Stride = 0,
            });
        }
    }
}

/// <summary>The latch of Section II with three trainable inputs of each class.</summary>
internal sealed class LatchWork : ILaneWork<IWorkload>
{
    public IWorkload Run<TLane>()
        where TLane : unmanaged, IBitLane<TLane>
        => new UnfoldingWorkload<TLane, LatchNeuron<Tanh>>(new(3, classes: 2, new()), bundles: 8 / TLane.Vectors);
}

/// <summary>Five fully connected units; being five, they need fewer bundles in flight.</summary>
internal sealed class FiveUnitsWork : ILaneWork<IWorkload>
{
    public IWorkload Run<TLane>()
        where TLane : unmanaged, IBitLane<TLane>
        => new UnfoldingWorkload<TLane, FullyConnected<Tanh>>(
            new(5, inputUnit: 0, 4, new()), bundles: 4 / TLane.Vectors);
}
