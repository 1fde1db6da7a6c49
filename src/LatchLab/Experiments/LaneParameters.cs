using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Experiments;

/// <summary>The parameters of single trials among those of all lanes, and their learning rates.</summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
/// <param name="seed">The seed of the run.</param>
/// <param name="network">The network.</param>
/// <param name="parameters">[bundle][parameter].</param>
/// <param name="rates">[bundle][parameter].</param>
internal sealed class LaneParameters<TLane>(
    ulong seed, LatchNeuron<Tanh> network, LaneMemory<TLane> parameters, LaneMemory<TLane> rates)
    where TLane : unmanaged, IBitLane<TLane>
{
    /// <summary>Gives a lane the initial parameters of a trial.</summary>
    public void Begin(in QueuedTrial trial, int lane)
    {
        LatchStart start = trial.Cell.Start;
        parameters.Numbers[Position(lane, 0)] = start.Perfect?.Weight ?? start.InitialWeight;
        for (int i = 1; i < network.Parameters; i++)
        {
            parameters.Numbers[Position(lane, i)] = start.Perfect is { } perfect
                ? (i <= network.TrainableInputs ? perfect.Inputs : -perfect.Inputs)
                : start.InitialInputs * ((2.0 * InitialUniform(trial, i - 1)) - 1.0);
        }
    }

    /// <summary>Sets how fast a lane learns its weight and its inputs; 0 holds them.</summary>
    public void SetRates(int lane, double ofWeight, double ofInputs)
    {
        for (int i = 0; i < network.Parameters; i++)
            rates.Numbers[Position(lane, i)] = i == 0 ? ofWeight : ofInputs;
    }

    /// <summary>Puts a lane to rest: all zero.</summary>
    public void Clear(int lane)
    {
        SetRates(lane, 0.0, 0.0);
        for (int i = 0; i < network.Parameters; i++)
            parameters.Numbers[Position(lane, i)] = 0.0;
    }

    /// <summary>The parameters of a lane.</summary>
    public double[] Read(int lane)
    {
        var values = new double[network.Parameters];
        for (int i = 0; i < values.Length; i++)
            values[i] = parameters.Numbers[Position(lane, i)];
        return values;
    }

    private double InitialUniform(in QueuedTrial trial, int n)
    {
        RandomNumbers.Uniforms(
            seed,
            Scalar.FromBits((ulong)(n / 2)),
            Scalar.FromBits(RandomNumbers.PurposeWord(Purpose.InitialParameters, item: 0)),
            Scalar.FromBits(trial.Cell.RandomWord),
            Scalar.FromBits((ulong)trial.Trial),
            out Scalar even,
            out Scalar odd);
        return n % 2 == 0 ? even.Value : odd.Value;
    }

    /// <summary>Where a lane's parameter lies among the plain numbers.</summary>
    private int Position(int lane, int parameter)
        => ((((lane / TLane.Count) * network.Parameters) + parameter) * TLane.Count) + (lane % TLane.Count);
}
