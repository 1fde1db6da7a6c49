using BenchmarkDotNet.Attributes;
using LatchLab.KernelTiming;
using LatchLab.Numerics;

namespace LatchLab.Benchmarks;

/// <summary>Benchmarks the kernels on every supported lane type; times are per operation on one core.</summary>
public class KernelBenchmarks
{
    private IPreparedWorkload _latch = null!;
    private IPreparedWorkload _fiveUnits = null!;
    private IPreparedWorkload _parity = null!;
    private IPreparedWorkload _tanh = null!;
    private IPreparedWorkload _gaussian = null!;

    /// <summary>The lane types that this machine supports.</summary>
    public static IEnumerable<string> Lanes => LaneKind.All.Where(kind => kind.IsSupported).Select(kind => kind.Name);

    /// <summary>The lane type.</summary>
    [ParamsSource(nameof(Lanes))]
    public string Lane { get; set; } = "";

    /// <summary>Prepares the workloads.</summary>
    [GlobalSetup]
    public void Setup()
    {
        LaneKind lane = LaneKind.All.Single(kind => kind.Name == Lane);
        _latch = Workload.Latch.Prepare(lane);
        _fiveUnits = Workload.FiveUnits.Prepare(lane);
        _parity = Workload.Parity.Prepare(lane);
        _tanh = lane.Accept(new TanhWorkloadFactory());
        _gaussian = lane.Accept(new GaussianWorkloadFactory());
    }

    /// <summary>A unit-step of the latch: forward pass, backward pass, update.</summary>
    [Benchmark(Description = "latch unit-step", OperationsPerInvoke = KnownWorkloads.LatchUnitSteps)]
    public void Latch() => _latch.Run();

    /// <summary>A unit-step of five fully connected units: forward pass, backward pass, update.</summary>
    [Benchmark(Description = "five units unit-step", OperationsPerInvoke = KnownWorkloads.FullyConnectedUnitSteps)]
    public void FiveUnits() => _fiveUnits.Run();

    /// <summary>A unit-step of the Parity network: forward pass, backward pass, update.</summary>
    [Benchmark(Description = "Parity unit-step", OperationsPerInvoke = KnownWorkloads.ParityUnitSteps)]
    public void Parity() => _parity.Run();

    /// <summary>A hyperbolic tangent.</summary>
    [Benchmark(Description = "tanh", OperationsPerInvoke = KnownWorkloads.StreamLength)]
    public void Tanh() => _tanh.Run();

    /// <summary>A standard normal number.</summary>
    [Benchmark(Description = "normal number", OperationsPerInvoke = KnownWorkloads.StreamLength)]
    public void Gaussian() => _gaussian.Run();
}
