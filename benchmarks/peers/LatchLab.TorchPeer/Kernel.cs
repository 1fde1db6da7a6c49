using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace LatchLab.TorchPeer;

/// <summary>
/// One presentation at the fastest batch size: forward, cost ½(x_T − 0.8)², autograd, update; the counterpart of
/// <c>peers/pytorch/kernel.py</c>.
/// </summary>
internal sealed class Kernel
{
    private const int Length = 100, TrainableInputs = 3, Units = 5;
    private const double Rate = 1e-12, Target = 0.8;
    private const double WarmUpSeconds = 0.1, MeasurementSeconds = 0.4;
    private const int MinRepetitions = 3;

    // The search ends at a batch of at least MinLastBatch trials that is slower than the fastest one by MaxSlowdown.
    private const double MaxSlowdown = 1.5;
    private const int MinLastBatch = 4096;

    private readonly Tensor[] _parameters;
    private readonly Func<Tensor> _forward;

    private Kernel(Tensor[] parameters, Func<Tensor> forward)
    {
        _parameters = [.. parameters.Select(parameter => parameter.requires_grad_())];
        _forward = forward;
    }

    /// <summary>
    /// Measures a kernel in every variant and batch size, or in given ones; returns a line of JSON, or null for an
    /// unknown kernel.
    /// </summary>
    public static string? Measure(string kernel, int? batch, string? variant)
    {
        (string Name, Func<int, Kernel> Create)[] variants = kernel switch
        {
            "latch" => [("eager", Latch)],
            "parity" => [("eager", Parity)],
            "five-units" => [("multiply and sum", MultiplyAndSum), ("bmm", BatchedProduct)],
            _ => [],
        };
        int units = kernel switch { "latch" => 1, "parity" => 2, _ => Units };
        int[] batches = batch is { } selected ? [selected] : [64, 256, 1024, 4096, 16384, 65536];
        var results = new List<(double Median, double Minimum, int Repetitions, int Batch, string Variant)>();
        foreach ((string name, Func<int, Kernel> create) in variants)
        {
            if (variant is not null && variant != name)
                continue;
            double fastest = double.PositiveInfinity;
            foreach (int size in batches)
            {
                using DisposeScope scope = NewDisposeScope();
                double nanoseconds = 1e9 / ((double)size * Length * units);
                double[] seconds = create(size).Repeat();
                double median = seconds[seconds.Length / 2] * nanoseconds;
                results.Add((median, seconds[0] * nanoseconds, seconds.Length, size, name));
                if (size >= MinLastBatch && median > MaxSlowdown * fastest)
                    break;
                fastest = Math.Min(fastest, median);
            }
        }

        return results.Count == 0 ? null : JsonSerializer.Serialize(results.Select(result => new
        {
            program = "TorchSharp",
            work = kernel,
            batch = result.Batch,
            variant = result.Variant,
            minimum = Math.Round(result.Minimum, 4),
            median = Math.Round(result.Median, 4),
            repetitions = result.Repetitions,
        }).MinBy(result => result.median));
    }

    private static Kernel Latch(int batch)
    {
        Tensor w = 1.25 + (0.1 * rand(batch));
        Tensor[] trainableInputs = [.. Enumerable.Range(0, TrainableInputs).Select(_ => 0.1 * randn(batch))];
        Tensor[] inputs = [.. trainableInputs, .. (0.1 * randn(Length - TrainableInputs, batch)).unbind(0)];
        return new([w, .. trainableInputs], () => Networks.Latch(w, inputs));
    }

    private static Kernel Parity(int batch)
    {
        Tensor[] parameters = [.. Enumerable.Range(0, 7).Select(_ => 0.5 * randn(batch))];
        Tensor[] inputs = (0.1 * randn(Length, batch)).unbind(0);
        return new(parameters, () => Networks.Parity(parameters, inputs));
    }

    private static Kernel MultiplyAndSum(int batch)
    {
        Tensor w = 0.3 * randn(Units, Units, batch), inputs = zeros(Length, Units, batch);
        inputs.select(1, 0).copy_(0.1 * randn(Length, batch));
        return new([w], () => Networks.MultiplyAndSum(w, inputs));
    }

    private static Kernel BatchedProduct(int batch)
    {
        Tensor w = 0.3 * randn(batch, Units, Units), inputs = zeros(Length, batch, Units, 1);
        inputs.select(3, 0).select(2, 0).copy_(0.1 * randn(Length, batch));
        return new([w], () => Networks.BatchedProduct(w, inputs));
    }

    /// <summary>Repeats the presentation; returns the seconds of each repetition in ascending order.</summary>
    private double[] Repeat()
    {
        // Repetitions are long, so CPU time is used: other load on the machine does not count.
        TimeSpan start = Environment.CpuUsage.TotalTime;
        do
            Present();
        while ((Environment.CpuUsage.TotalTime - start).TotalSeconds < WarmUpSeconds);
        var seconds = new List<double>();
        while (seconds.Sum() < MeasurementSeconds || seconds.Count < MinRepetitions)
        {
            start = Environment.CpuUsage.TotalTime;
            Present();
            seconds.Add((Environment.CpuUsage.TotalTime - start).TotalSeconds);
        }

        return [.. seconds.Order()];
    }

    private void Present()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor cost = 0.5 * (_forward() - Target).pow(2).sum();
        IList<Tensor> gradients = autograd.grad([cost], _parameters);
        using IDisposable updates = no_grad();
        for (int i = 0; i < _parameters.Length; i++)
            _parameters[i].sub_(gradients[i] * Rate);
    }
}
