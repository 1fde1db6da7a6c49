using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Tests.Learning;

/// <summary>One random sequence per lane, with random length and class and m inputs per step.</summary>
internal sealed class LaneBatch<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly int _bundles;
    private readonly int _longest;
    private readonly LaneMemory<TLane> _inputs;
    private readonly LaneMemory<TLane> _start;
    private readonly LaneMemory<TLane> _sign;

    public LaneBatch(Random random, int bundles, int longest, int shortest, int inputsPerStep = 1)
    {
        (_bundles, _longest) = (bundles, longest);
        _inputs = new(longest * bundles * inputsPerStep);
        _start = new(bundles);
        _sign = new(bundles);
        Samples.Numbers(random, longest * Lanes * inputsPerStep, 0.7).CopyTo(_inputs.Doubles);
        for (int lane = 0; lane < Lanes; lane++)
        {
            _start.Doubles[lane] = random.Next(longest - shortest + 1);
            _sign.Doubles[lane] = random.Next(2) == 0 ? -1.0 : 1.0;
        }
    }

    public int Lanes => _bundles * TLane.Count;

    public SequenceBatch<TLane> Sequence => new()
    {
        Inputs = _inputs.Slice(0, _inputs.Length),
        StartOffset = _start.Slice(0, _bundles),
        ClassSign = _sign.Slice(0, _bundles),
        Length = _longest,
        EarliestStart = (int)_start.Doubles.ToArray().Min(),
        LatestStart = (int)_start.Doubles.ToArray().Max(),
    };

    public double Start(int lane) => _start.Doubles[lane];
}
