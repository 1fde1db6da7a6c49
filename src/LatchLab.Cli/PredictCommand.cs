using System.CommandLine;
using System.Globalization;
using System.Text;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Models;
using LatchLab.Models.Datasets;
using LatchLab.Networks;
using LatchLab.Tasks;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab predict</c>: the outputs of a saved network for the sequences of a CSV file
/// (docs/reference/predictions.md).
/// </summary>
internal static class PredictCommand
{
    private const int BatchSize = 1024; // sequences that are in memory at once

    private static readonly Argument<string> NetworkPath = Options.Argument(
        "NETWORK", "a network file that train --task dataset --save-network wrote");

    private static readonly Argument<string> DataPath = Options.Argument(
        "DATA", "the CSV file of the sequences, with the columns of the training; labels may be missing");

    private static readonly Option<string?> Out = Options.Text(
        "--out", "FILE", "output file; older predictions in it are replaced (default: standard output)");

    private static readonly Option<bool> Json = Options.Flag("--json", "write one JSON document instead of CSV");

    public static Command Create() => new RunnableCommand(
        "predict", "Predict the classes or values of the sequences of a CSV file with a saved network.", Run,
        () => [NetworkPath, DataPath, Out, Json]);

    private static int Run(ParsedOptions parsed)
    {
        NetworkData? data = null;
        string? networkPath = parsed.GetRequired(NetworkPath), dataPath = parsed.GetRequired(DataPath),
            path = parsed.GetValue(Out);
        NetworkDefinition? network = parsed.Read(
            networkPath, file => NetworkFile.Read(file, out data, CommandLine.WriteError));
        if (network is not null && data is null)
        {
            parsed.ValidationErrors.Add(new(networkPath!, "", "has no section \"data\" with the columns of its " +
                "inputs: give a network that train --task dataset --save-network wrote"));
        }

        if (data?.HasStepLabels == true)
        {
            parsed.ValidationErrors.Add(new(networkPath!, "", "was trained with a label for every step; predict " +
                "gives one answer for each sequence"));
        }

        parsed.Check(network, known => OutputEvaluator.Create(known));
        using RawSequenceReader? reader = data is null ? null
            : parsed.Read(dataPath, file => new RawSequenceReader(file, data));
        parsed.Check(path, file => AtomicFile.EnsureWritable(file, PredictionWriter.IsPrediction, "prediction"));
        parsed.ThrowIfInvalid();
        if (reader!.IgnoredColumns.Count > 0)
        {
            CommandLine.WriteError($"{dataPath}: not used: " +
                string.Join(", ", reader.IgnoredColumns.Select(Escape.Text)));
        }

        using var signals = new TerminationSignals();
        PredictionScore? score = null;
        bool json = parsed.GetValue(Json);
        WriteOutput(path, stream => score = Write(stream, network!, data!, reader, json, signals.Token));
        foreach (string line in json && path is null ? [] : Describe(score!, data!))
        {
            if (path is null)
                CommandLine.WriteError(line);
            else
                Console.Out.WriteLine(line);
        }

        return ExitCodes.Success;
    }

    /// <summary>Writes the whole output or, if the data are invalid, nothing.</summary>
    private static void WriteOutput(string? path, Action<Stream> write)
    {
        if (path is not null)
        {
            AtomicFile.Write(path, write);
            return;
        }

        using var buffer = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite,
            FileShare.None, bufferSize: 1 << 16, FileOptions.DeleteOnClose);
        write(buffer);
        buffer.Position = 0;
        using var text = new StreamReader(buffer);
        var characters = new char[1 << 15];
        for (int count = text.Read(characters); count > 0; count = text.Read(characters))
            Console.Out.Write(characters, 0, count);
    }

    private static PredictionScore Write(
        Stream stream, NetworkDefinition network, NetworkData data, RawSequenceReader reader, bool json,
        CancellationToken cancellation)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        using var writer = new PredictionWriter(text, data, reader.HasLabels, json);
        var score = new PredictionScore(data);
        foreach (RawSequence[] batch in reader.ReadAll().Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            var outputs = new double[batch.Length][];
            Parallel.For(0, batch.Length, () => OutputEvaluator.Create(network), (i, _, evaluator) =>
            {
                outputs[i] = new double[network.Outputs.Count];
                evaluator.Evaluate(data.CreateInputs(batch[i].Steps), outputs[i]);
                return evaluator;
            }, _ => { });
            foreach ((RawSequence sequence, double[] values) in batch.Zip(outputs))
                AddPrediction(sequence, values, data, score, writer);
        }

        writer.End(score);
        return score;
    }

    private static void AddPrediction(
        RawSequence sequence, double[] outputs, NetworkData data, PredictionScore score, PredictionWriter writer)
    {
        if (data.Classes.Count > 0)
        {
            int predicted = NetworkData.FindClass(outputs);
            if (sequence.Labels is [var label])
                score.Add(label, predicted);
            writer.Write(sequence, predicted, outputs);
            return;
        }

        double[] values = [.. outputs.Select(data.ToLabel)];
        if (sequence.LabelValues.Count > 0)
            score.Add([.. sequence.LabelValues], values);
        writer.Write(sequence, predicted: -1, values);
    }

    private static IEnumerable<string> Describe(PredictionScore score, NetworkData data)
    {
        if (score.Count == 0)
            yield break;
        string count = NumberFormat.WithNoun(score.Count, "labelled sequence");
        yield return data.Classes.Count > 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"Error {score.Error:0.000} on {count}; of always giving the most frequent class: " +
                $"{score.ChanceError:0.000}.")
            : string.Create(CultureInfo.InvariantCulture,
                $"Root mean square error {score.Error:G4} on {count}; of always giving the mean: " +
                $"{score.ChanceError:G4}.");
        if (score.UnknownClasses > 0)
        {
            yield return $"{NumberFormat.WithNoun(score.UnknownClasses, "sequence")} with a class that the network " +
                $"does not have ({string.Join(", ", data.Classes)}) counted as incorrect.";
        }
    }
}
