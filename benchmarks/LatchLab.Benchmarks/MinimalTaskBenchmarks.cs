using BenchmarkDotNet.Attributes;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Benchmarks;

/// <summary>
/// Whole runs of the minimal task on the widest lanes: the cost of noise drawn afresh (target: at most twice the time).
/// </summary>
public class MinimalTaskBenchmarks
{
    private readonly MinimalTaskWorkload _frozen = new(NoiseDraw.Frozen, LaneKind.Widest);
    private readonly MinimalTaskWorkload _afresh = new(NoiseDraw.Afresh, LaneKind.Widest);

    /// <summary>A unit-step with noise drawn once per sequence.</summary>
    [Benchmark(Description = "frozen noise", Baseline = true, OperationsPerInvoke = KnownWorkloads.RunUnitSteps)]
    public void Frozen() => _frozen.Run();

    /// <summary>A unit-step with noise drawn at every presentation.</summary>
    [Benchmark(Description = "noise drawn afresh", OperationsPerInvoke = KnownWorkloads.RunUnitSteps)]
    public void Afresh() => _afresh.Run();
}
