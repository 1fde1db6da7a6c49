using System.Diagnostics;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace LatchLab.TorchPeer;

/// <summary>
/// Trains the trials of a workload file as one batch until the convergence rule ends them; the counterpart of
/// <c>peers/pytorch/train.py</c>. Ended trials are removed when they are a quarter of the batch.
/// </summary>
internal sealed class Training
{
    private readonly Work work;
    private readonly Tensor passes, taught, converged, judges, runs;  // [trial]
    private Tensor number;                                            // [index in the batch]
    private Tensor parameters;                                        // [parameter][index]
    private Tensor? deviation, signs, lengths, inputs, spread;
    private long[] earliest = [], latest = [];
    private Tensor[][] first = [];    // [sequence][t]: 1 if the first input is at t

    public Training(Work work)
    {
        this.work = work;
        number = arange(work.Trials, ScalarType.Int64);
        parameters = work.Start.clone();
        (deviation, signs, lengths, inputs) = (work.Deviation, work.Signs, work.Lengths, work.Inputs);
        passes = zeros(work.Trials, ScalarType.Int64);
        taught = zeros(work.Trials, ScalarType.Int64);
        converged = zeros(work.Trials, ScalarType.Bool);
        judges = zeros(work.Trials, ScalarType.Bool);
        runs = ones(work.Trials, ScalarType.Bool);
        Survey();
    }

    /// <summary>Trains all trials; returns a line of JSON.</summary>
    public string Measure()
    {
        (long begin, TimeSpan processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        while (Epoch())
        {
        }

        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        double processorSeconds = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        long unitSteps = (passes * work.Steps).sum().item<long>() * work.Units;
        double nanoseconds = Math.Round(1e9 * processorSeconds / unitSteps, 4);
        return JsonSerializer.Serialize(new
        {
            program = "TorchSharp",
            work = work.Name,
            batch = work.Trials,
            minimum = nanoseconds,
            median = nanoseconds,
            repetitions = 1,
            seconds,
            trials = work.Trials,
            unitSteps,
            presentations = taught.sum().item<long>(),
            judging = (passes.sum().item<long>() * work.Sequences) - taught.sum().item<long>(),
            converged = string.Concat(converged.data<bool>().ToArray().Select(one => one ? '1' : '0')),
        });
    }

    /// <summary>A pass through the sequences; false when all trials have ended.</summary>
    private bool Epoch()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor held = judges[number], alive = runs[number];
        Tensor rates = where(held, 0.0, work.Rate).to(ScalarType.Float64);
        (Tensor right, Tensor cost) = Pass(rates);
        passes[number] += alive.to(ScalarType.Int64);
        taught[number] += (alive & ~held).to(ScalarType.Int64) * work.Sequences;
        Tensor solved = right == work.Sequences;
        Tensor done = alive & held & solved & (cost < work.CostThreshold);
        converged[number] |= done;
        judges[number] = ~held & solved;
        Tensor outOfBudget = taught[number] + work.Sequences > work.Budget;
        runs[number] = alive & ~(done | (~judges[number] & (outOfBudget | ~isfinite(cost))));
        Tensor left = runs[number];
        long count = left.sum().item<long>();
        if (count < 0.75 * number.shape[0] && count > 0)
            Keep(left.nonzero().squeeze(1));
        return count > 0;
    }

    /// <summary>Presents every sequence once; returns the correct outputs and the mean cost of each trial.</summary>
    private (Tensor Right, Tensor Cost) Pass(Tensor rates)
    {
        Tensor right = zeros(number.shape[0]), costs = zeros(number.shape[0]);
        for (int p = 0; p < work.Sequences; p++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor sign = signs is null ? tensor(p % 2 == 0 ? 1.0 : -1.0) : signs[p];
            parameters.requires_grad_(true);
            Tensor output = Forward(p);
            Tensor cost = 0.5 * (output - (sign * work.Target)).pow(2);
            Tensor gradient = autograd.grad([cost.sum()], [parameters])[0];
            using IDisposable updates = no_grad();
            right.add_((output * sign > 0).to(ScalarType.Float64));
            costs.add_(cost);
            parameters.addcmul_(rates, gradient, -1.0);
        }

        return (right, costs / work.Sequences);
    }

    /// <summary>The outputs at the last step of the p-th sequences.</summary>
    private Tensor Forward(int p)
    {
        if (spread is not null)
        {
            Tensor w = parameters.view(work.Units, work.Units, -1);
            return Networks.MultiplyAndSum(w, spread[p].slice(0, earliest[p], work.Length, 1));
        }

        Tensor own = parameters.slice(0, 1, work.Parameters, 1).view(2, work.TrainableInputs, -1); // class 1, class 0
        if (work.IsAfresh)
        {
            Tensor noise = deviation! * randn(work.Length - work.TrainableInputs, number.shape[0]);
            return Networks.Latch(parameters[0], [.. own[p % 2].unbind(0), .. noise.unbind(0)]);
        }

        Tensor h = where(signs![p] > 0, own[0, 0], own[1, 0]);
        Tensor[] steps = inputs![p].slice(0, earliest[p], work.Length, 1).unbind(0);
        return Networks.Latch(
            parameters[0],
            steps.Select((u, t) => t < first[p].Length ? addcmul(u, first[p][t], h, 1.0) : u));
    }

    /// <summary>Keeps only the given trials.</summary>
    private void Keep(Tensor which)
    {
        Tensor? Kept(Tensor? all, int dimension) => all?.index_select(dimension, which).MoveToOuterDisposeScope();
        using IDisposable untracked = no_grad();
        number = Kept(number, 0)!;
        parameters = Kept(parameters.detach(), 1)!;
        deviation = Kept(deviation, 0);
        (signs, lengths, inputs) = (Kept(signs, 1), Kept(lengths, 1), Kept(inputs, 2));
        Survey();
    }

    /// <summary>Finds where the p-th sequences begin: all end at T, and shorter ones are padded with zeros.</summary>
    private void Survey()
    {
        if (lengths is null)
            return;
        Tensor starts = work.Length - lengths;
        earliest = starts.amin([1L]).data<long>().ToArray();
        latest = starts.amax([1L]).data<long>().ToArray();
        if (work.IsLatch)
        {
            first = [.. Enumerable.Range(0, work.Sequences).Select(p => Enumerable
                .Range((int)earliest[p], (int)(latest[p] - earliest[p]) + 1)
                .Select(t => (starts[p] == t).to(ScalarType.Float64).MoveToOuterDisposeScope()).ToArray())];
        }
        else
        {
            spread = zeros(work.Sequences, work.Length, work.Units, number.shape[0]).MoveToOuterDisposeScope();
            spread.select(2, 0).copy_(inputs!);
        }
    }
}
