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
    private const double WarmUpSeconds = 0.1, Seconds = 0.4;
    private const int FewestRepetitions = 3;

    // A batch of at least Cached trials that is slower than the fastest by the factor Slower ends the search.
    private const double Slower = 1.5;
    private const int Cached = 4096;

    private readonly Tensor[] parameters;
    private readonly Func<Tensor> forward;

    private Kernel(Tensor[] parameters, Func<Tensor> forward)
    {
        this.parameters = [.. parameters.Select(one => one.requires_grad_())];
        this.forward = forward;
    }

    /// <summary>
    /// Measures a workload in every variant and batch size, or in given ones; returns JSON, or null for an unknown
    /// workload.
    /// </summary>
    public static string? Measure(string work, int? batch, string? variant)
    {
        (string Name, Func<int, Kernel> Make)[] variants = work switch
        {
            "latch" => [("eager", Latch)],
            "five-units" => [("multiply and sum", MultiplyAndSum), ("bmm", BatchedProduct)],
            _ => [],
        };
        int[] batches = batch is { } given ? [given] : [64, 256, 1024, 4096, 16384, 65536];
        var tried = new List<(double Median, double Least, int Repetitions, int Batch, string Variant)>();
        foreach ((string name, Func<int, Kernel> make) in variants.Where(one => variant is null || one.Name == variant))
        {
            double fastest = double.PositiveInfinity;
            foreach (int size in batches)
            {
                using DisposeScope scope = NewDisposeScope();
                double unit = 1e9 / ((double)size * Length * (work == "latch" ? 1 : Units));
                double[] seconds = make(size).Repeat();
                double median = seconds[seconds.Length / 2] * unit;
                tried.Add((median, seconds[0] * unit, seconds.Length, size, name));
                if (size >= Cached && median > Slower * fastest)
                    break;
                fastest = Math.Min(fastest, median);
            }
        }

        return tried.Count == 0 ? null : JsonSerializer.Serialize(tried.Select(one => new
        {
            program = "TorchSharp",
            work,
            batch = one.Batch,
            variant = one.Variant,
            minimum = Math.Round(one.Least, 4),
            median = Math.Round(one.Median, 4),
            repetitions = one.Repetitions,
        }).MinBy(one => one.median));
    }

    private static Kernel Latch(int batch)
    {
        Tensor w = 1.25 + (0.1 * rand(batch));
        Tensor[] first = [.. Enumerable.Range(0, TrainableInputs).Select(_ => 0.1 * randn(batch))];
        Tensor[] inputs = [.. first, .. (0.1 * randn(Length - TrainableInputs, batch)).unbind(0)];
        return new([w, .. first], () => Networks.Latch(w, inputs));
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

    /// <summary>The seconds of each presentation, ascending.</summary>
    private double[] Repeat()
    {
        // Repetitions are long, so CPU time is used: other load on the machine does not count.
        TimeSpan begin = Environment.CpuUsage.TotalTime;
        do
            Present();
        while ((Environment.CpuUsage.TotalTime - begin).TotalSeconds < WarmUpSeconds);
        var seconds = new List<double>();
        while (seconds.Sum() < Seconds || seconds.Count < FewestRepetitions)
        {
            begin = Environment.CpuUsage.TotalTime;
            Present();
            seconds.Add((Environment.CpuUsage.TotalTime - begin).TotalSeconds);
        }

        return [.. seconds.Order()];
    }

    private void Present()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor cost = 0.5 * (forward() - Target).pow(2).sum();
        IList<Tensor> gradients = autograd.grad([cost], parameters);
        using IDisposable updates = no_grad();
        for (int i = 0; i < parameters.Length; i++)
            parameters[i].sub_(gradients[i] * Rate);
    }
}
