using System.Collections.Concurrent;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Models.Datasets;
using LatchLab.Networks;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>
/// Predicts the sequences of a file in their order. One thread reads while others compute and one writes; a few batches
/// are in memory, however long the file is.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="data">What its inputs and outputs mean.</param>
/// <param name="reader">The sequences.</param>
/// <param name="writer">Receives the predictions.</param>
internal sealed class PredictionRun(
    NetworkDefinition network, NetworkData data, RawSequenceReader reader, PredictionWriter writer) : IDisposable
{
    private const int BatchSequences = 1024, BatchValues = 1 << 18, BatchesAhead = 2;

    private readonly ReadingProgress _progress = new();
    private readonly ConcurrentBag<OutputEvaluator> _evaluators = [OutputEvaluator.Create(network)]; // that are idle

    /// <summary>The answers to the labels of the file.</summary>
    public PredictionScore Score { get; } = new(data);

    /// <summary>The number of predicted sequences.</summary>
    public long Count { get; private set; }

    /// <summary>Reads, predicts and writes every sequence.</summary>
    /// <exception cref="ValidationException">The file has an invalid row, or no sequence.</exception>
    public void Run(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var batches = new BlockingCollection<List<RawSequence>>(BatchesAhead);
        Task reading = Task.Run(() => ReadBatches(batches, stop.Token), CancellationToken.None);
        try
        {
            foreach (List<RawSequence> batch in batches.GetConsumingEnumerable(stop.Token))
                Predict(batch);
        }
        finally
        {
            stop.Cancel();
            Task.WaitAny([reading], CancellationToken.None); // without its exception, which would hide another one
        }

        reading.GetAwaiter().GetResult();
    }

    public void Dispose() => Score.Dispose();

    private void ReadBatches(BlockingCollection<List<RawSequence>> batches, CancellationToken cancellation)
    {
        try
        {
            List<RawSequence> batch = [];
            int values = 0;
            foreach (RawSequence sequence in reader.ReadAll())
            {
                batch.Add(sequence);
                values += sequence.Steps.Length;
                if (batch.Count < BatchSequences && values < BatchValues)
                    continue;
                batches.Add(batch, cancellation);
                (batch, values) = ([], 0);
                _progress.Report(reader.Path, reader.ReadShare);
            }

            batches.Add(batch, cancellation);
        }
        finally
        {
            batches.CompleteAdding();
        }
    }

    /// <summary>Predicts sequences of nearly equal length together, and writes them in the order of the file.</summary>
    private void Predict(List<RawSequence> batch)
    {
        int outputs = network.Outputs.Count, lanes = _evaluators.First().Lanes;
        double[][] inputs = new double[batch.Count][], results = new double[batch.Count][];
        int[][] groups = [.. Enumerable.Range(0, batch.Count).OrderBy(i => batch[i].Steps.Length).Chunk(lanes)];
        Parallel.ForEach(groups, group =>
        {
            OutputEvaluator evaluator = _evaluators.TryTake(out OutputEvaluator? idle) ? idle
                : OutputEvaluator.Create(network);
            foreach (int i in group)
            {
                inputs[i] = data.CreateInputs(batch[i].Steps);
                results[i] = new double[outputs * CountRows(batch[i])];
            }

            evaluator.Evaluate([.. group.Select(i => inputs[i])], [.. group.Select(i => results[i])]);
            _evaluators.Add(evaluator);
        });
        foreach ((RawSequence sequence, double[] result) in batch.Zip(results))
            Write(sequence, result);
        Count += batch.Count;
    }

    private int CountRows(RawSequence sequence)
        => data.HasStepLabels ? data.CountPresentedSteps(sequence.Steps.Length / data.Columns.Count) : 1;

    private void Write(RawSequence sequence, double[] results)
    {
        int outputs = network.Outputs.Count, rows = results.Length / outputs,
            first = data.HasStepLabels ? (sequence.Steps.Length / data.Columns.Count) - rows : 0;
        int labelled = data.Classes.Count > 0 || sequence.Values.Length == 0 ? 0 : Enumerable.Range(first, rows)
            .Count(row => !sequence.Values.AsSpan(row * outputs, outputs).Contains(double.NaN));
        for (int row = 0; row < rows; row++)
        {
            Span<double> own = results.AsSpan(row * outputs, outputs);
            var place = new PredictedRow(sequence.Name, data.HasStepLabels ? sequence.FirstStep + first + row : null);
            if (data.Classes.Count > 0)
                WriteClass(place, sequence.Classes.Count == 0 ? null : sequence.Classes[first + row], own);
            else
                WriteValues(place, sequence.Values.Length == 0 ? []
                    : sequence.Values.AsSpan((first + row) * outputs, outputs), own, 1.0 / labelled);
        }
    }

    private void WriteClass(PredictedRow row, string? label, ReadOnlySpan<double> outputs)
    {
        int predicted = NetworkData.FindClass(outputs);
        if (label is { Length: > 0 })
            Score.Add(label, predicted);
        writer.Write(row, predicted, label, outputs);
    }

    private void WriteValues(PredictedRow row, ReadOnlySpan<double> labels, Span<double> outputs, double weight)
    {
        for (int k = 0; k < outputs.Length; k++)
            outputs[k] = data.ToLabel(outputs[k]);
        if (labels.Length > 0 && !labels.Contains(double.NaN))
            Score.Add(labels, outputs, weight);
        writer.Write(row, labels, outputs);
    }
}

/// <summary>What a row of predictions belongs to.</summary>
/// <param name="Sequence">The name of the sequence.</param>
/// <param name="Step">The number of the step; null for a prediction of the whole sequence.</param>
internal readonly record struct PredictedRow(string Sequence, long? Step);
