using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Tests.Learning;

/// <summary>A random sequence for each lane, of random lengths and classes, with m inputs a step.</summary>
internal sealed class LaneBatch<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly int bundles;
    private readonly int longest;
    private readonly LaneMemory<TLane> inputs;
    private readonly LaneMemory<TLane> start;
    private readonly LaneMemory<TLane> sign;

    public LaneBatch(Random random, int bundles, int longest, int shortest, int inputsPerStep = 1)
    {
        (this.bundles, this.longest) = (bundles, longest);
        inputs = new(longest * bundles * inputsPerStep);
        start = new(bundles);
        sign = new(bundles);
        Samples.Numbers(random, longest * Lanes * inputsPerStep, 0.7).CopyTo(inputs.Numbers);
        for (int lane = 0; lane < Lanes; lane++)
        {
            start.Numbers[lane] = random.Next(longest - shortest + 1);
            sign.Numbers[lane] = random.Next(2) == 0 ? -1.0 : 1.0;
        }
    }

    public int Lanes => bundles * TLane.Count;

    public Sequence<TLane> Sequence => new()
    {
        Inputs = inputs.Row(0, inputs.Length),
        Start = start.Row(0, bundles),
        Sign = sign.Row(0, bundles),
        Length = longest,
        EarliestStart = (int)start.Numbers.ToArray().Min(),
        LatestStart = (int)start.Numbers.ToArray().Max(),
    };

    public double Start(int lane) => start.Numbers[lane];
}
