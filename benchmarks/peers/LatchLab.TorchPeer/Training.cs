using System.Diagnostics;
using System.Text.Json;
using LatchLab.Comparison.Work;
using TorchSharp;
using static TorchSharp.torch;

namespace LatchLab.TorchPeer;

/// <summary>
/// Trains the trials of a workload file as one batch until the convergence rule ends them; the counterpart of
/// <c>peers/pytorch/train.py</c>. Ended trials are removed when they are a quarter of the batch.
/// </summary>
internal sealed class Training
{
    private readonly Workload _workload;
    private readonly Tensor _passes, _presentations, _converged, _evaluatesNext, _running;  // [trial]
    private Tensor _trials;                                                                 // [index in the batch]
    private Tensor _parameters;                                                             // [parameter][index]
    private Tensor? _deviation, _signs, _lengths, _inputs, _unitInputs;
    private long[] _earliestStarts = [];    // [sequence]
    private Tensor[][] _startMasks = [];    // [sequence][t − earliest start]: 1 at the first input, which is trainable

    public Training(Workload workload)
    {
        _workload = workload;
        _trials = arange(workload.Trials, ScalarType.Int64);
        _parameters = workload.InitialParameters.clone();
        (_deviation, _signs, _lengths, _inputs)
            = (workload.Deviation, workload.Signs, workload.Lengths, workload.Inputs);
        _passes = zeros(workload.Trials, ScalarType.Int64);
        _presentations = zeros(workload.Trials, ScalarType.Int64);
        _converged = zeros(workload.Trials, ScalarType.Bool);
        _evaluatesNext = zeros(workload.Trials, ScalarType.Bool);
        _running = ones(workload.Trials, ScalarType.Bool);
        PrepareInputs();
    }

    /// <summary>Trains all trials; returns a line of JSON.</summary>
    public string Measure()
    {
        (long start, TimeSpan processorStart) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        bool isRunning = RunPass();
        double? firstPassSeconds = ProcessUsage.SecondsSinceStart;
        while (isRunning)
            isRunning = RunPass();

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double processorSeconds = (Environment.CpuUsage.TotalTime - processorStart).TotalSeconds;
        long unitSteps = (_passes * _workload.Steps).sum().item<long>() * _workload.Units;
        long presentations = _presentations.sum().item<long>();
        double nanoseconds = Math.Round(1e9 * processorSeconds / unitSteps, 4);
        return JsonSerializer.Serialize(new
        {
            program = "TorchSharp",
            work = _workload.Name,
            batch = _workload.Trials,
            minimum = nanoseconds,
            median = nanoseconds,
            repetitions = 1,
            seconds,
            trials = _workload.Trials,
            unitSteps,
            presentations,
            evaluationPresentations = (_passes.sum().item<long>() * _workload.Sequences) - presentations,
            firstPassSeconds,
            peakMegabytes = ProcessUsage.PeakMegabytes,
            converged = string.Concat(
                _converged.data<bool>().ToArray().Select(hasConverged => hasConverged ? '1' : '0')),
        });
    }

    /// <summary>A pass through the sequences; returns false when all trials have ended.</summary>
    private bool RunPass()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor wasRunning = _running[_trials], isEvaluation = _evaluatesNext[_trials];
        Tensor rates = where(isEvaluation, 0.0, _workload.Rate).to(ScalarType.Float64);
        (Tensor correct, Tensor cost) = PresentSequences(rates);
        _passes[_trials] += wasRunning.to(ScalarType.Int64);
        _presentations[_trials] += (wasRunning & ~isEvaluation).to(ScalarType.Int64) * _workload.Sequences;
        Tensor allCorrect = correct == _workload.Sequences;
        Tensor converged = wasRunning & isEvaluation & allCorrect & (cost < _workload.CostThreshold);
        _converged[_trials] |= converged;
        _evaluatesNext[_trials] = ~isEvaluation & allCorrect;
        Tensor budgetExhausted = _presentations[_trials] + _workload.Sequences > _workload.Budget;
        _running[_trials] =
            wasRunning & ~(converged | (~_evaluatesNext[_trials] & (budgetExhausted | ~isfinite(cost))));
        Tensor isRunning = _running[_trials];
        long runningCount = isRunning.sum().item<long>();
        if (runningCount < 0.75 * _trials.shape[0] && runningCount > 0)
            Keep(isRunning.nonzero().squeeze(1));
        return runningCount > 0;
    }

    /// <summary>
    /// Presents every sequence once; returns the number of correct outputs and the mean cost of each trial. A rate of 0
    /// leaves the parameters unchanged.
    /// </summary>
    private (Tensor Correct, Tensor Cost) PresentSequences(Tensor rates)
    {
        Tensor correct = zeros(_trials.shape[0]), costs = zeros(_trials.shape[0]);
        for (int p = 0; p < _workload.Sequences; p++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor sign = _signs is null ? tensor(p % 2 == 0 ? 1.0 : -1.0) : _signs[p];
            _parameters.requires_grad_(true);
            Tensor output = Forward(p);
            Tensor cost = 0.5 * (output - (sign * _workload.Target)).pow(2);
            Tensor gradient = autograd.grad([cost.sum()], [_parameters])[0];
            using IDisposable updates = no_grad();
            correct.add_((output * sign > 0).to(ScalarType.Float64));
            costs.add_(cost);
            _parameters.addcmul_(rates, gradient, -1.0);
        }

        return (correct, costs / _workload.Sequences);
    }

    /// <summary>The outputs at the last step of the p-th sequences.</summary>
    private Tensor Forward(int p)
    {
        if (_unitInputs is not null)
        {
            Tensor w = _parameters.view(_workload.Units, _workload.Units, -1);
            return Networks.MultiplyAndSum(w, _unitInputs[p].slice(0, _earliestStarts[p], _workload.Length, 1));
        }

        // [class 1, class 0][trainable input][index]
        Tensor trainableInputs =
            _parameters.slice(0, 1, _workload.Parameters, 1).view(2, _workload.TrainableInputs, -1);
        if (_workload.IsAfresh)
        {
            Tensor noise = _deviation! * randn(_workload.Length - _workload.TrainableInputs, _trials.shape[0]);
            return Networks.Latch(_parameters[0], [.. trainableInputs[p % 2].unbind(0), .. noise.unbind(0)]);
        }

        Tensor h = where(_signs![p] > 0, trainableInputs[0, 0], trainableInputs[1, 0]);
        Tensor[] inputs = _inputs![p].slice(0, _earliestStarts[p], _workload.Length, 1).unbind(0);
        return Networks.Latch(
            _parameters[0],
            inputs.Select((u, t) => t < _startMasks[p].Length ? addcmul(u, _startMasks[p][t], h, 1.0) : u));
    }

    /// <summary>Removes all trials but the given ones.</summary>
    private void Keep(Tensor indices)
    {
        Tensor? Select(Tensor? all, int dimension) => all?.index_select(dimension, indices).MoveToOuterDisposeScope();
        using IDisposable untracked = no_grad();
        _trials = Select(_trials, 0)!;
        _parameters = Select(_parameters.detach(), 1)!;
        _deviation = Select(_deviation, 0);
        (_signs, _lengths, _inputs) = (Select(_signs, 1), Select(_lengths, 1), Select(_inputs, 2));
        PrepareInputs();
    }

    /// <summary>
    /// Finds where the p-th sequences start, and prepares the inputs of the network. All sequences end at T, and
    /// shorter ones are padded with zeros.
    /// </summary>
    private void PrepareInputs()
    {
        if (_lengths is null)
            return;
        Tensor starts = _workload.Length - _lengths;
        _earliestStarts = starts.amin([1L]).data<long>().ToArray();
        long[] latestStarts = starts.amax([1L]).data<long>().ToArray();
        if (_workload.IsLatch)
        {
            _startMasks = [.. Enumerable.Range(0, _workload.Sequences).Select(p => Enumerable
                .Range((int)_earliestStarts[p], (int)(latestStarts[p] - _earliestStarts[p]) + 1)
                .Select(t => (starts[p] == t).to(ScalarType.Float64).MoveToOuterDisposeScope()).ToArray())];
        }
        else
        {
            // The input goes to the first unit.
            _unitInputs = zeros(_workload.Sequences, _workload.Length, _workload.Units, _trials.shape[0])
                .MoveToOuterDisposeScope();
            _unitInputs.select(2, 0).copy_(_inputs!);
        }
    }
}
