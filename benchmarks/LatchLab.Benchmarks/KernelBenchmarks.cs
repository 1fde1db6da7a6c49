using BenchmarkDotNet.Attributes;
using LatchLab.Experiments.KernelTiming;
using LatchLab.Numerics;

namespace LatchLab.Benchmarks;

/// <summary>The kernels on every lane type of this machine; a time is that of one operation on one core.</summary>
public class KernelBenchmarks
{
    private IWorkload latch = null!;
    private IWorkload fiveUnits = null!;
    private IWorkload tanh = null!;
    private IWorkload gaussian = null!;

    /// <summary>The lane types that this machine runs in hardware.</summary>
    public static IEnumerable<string> Lanes => LaneKind.All.Where(kind => kind.IsSupported).Select(kind => kind.Name);

    /// <summary>The lane type.</summary>
    [ParamsSource(nameof(Lanes))]
    public string Lane { get; set; } = "";

    /// <summary>Allocates everything.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        LaneKind lane = LaneKind.All.Single(kind => kind.Name == Lane);
        latch = Work.Latch.Prepare(lane);
        fiveUnits = Work.FiveUnits.Prepare(lane);
        tanh = lane.Run(new TanhWork());
        gaussian = lane.Run(new GaussianWork());
    }

    /// <summary>A unit-step of the latch: forward, back, update.</summary>
    [Benchmark(Description = "latch unit-step", OperationsPerInvoke = KnownWork.LatchSteps)]
    public void Latch() => latch.Do();

    /// <summary>A unit-step of five fully connected units: forward, back, update.</summary>
    [Benchmark(Description = "five units unit-step", OperationsPerInvoke = KnownWork.FiveUnitsSteps)]
    public void FiveUnits() => fiveUnits.Do();

    /// <summary>A hyperbolic tangent.</summary>
    [Benchmark(Description = "tanh", OperationsPerInvoke = KnownWork.Numbers)]
    public void Tanh() => tanh.Do();

    /// <summary>A standard normal number.</summary>
    [Benchmark(Description = "normal number", OperationsPerInvoke = KnownWork.Numbers)]
    public void Gaussian() => gaussian.Do();
}
