using System.CommandLine;
using System.Text;
using LatchLab.Files;
using LatchLab.Learning;
using LatchLab.Models;
using LatchLab.Models.Datasets;
using LatchLab.Networks;
using LatchLab.Tasks;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab predict</c>: the outputs of a saved network for the sequences of a file
/// (docs/reference/predictions.md).
/// </summary>
internal static class PredictCommand
{
    private static readonly Argument<string> NetworkPath = Options.Argument(
        "NETWORK", "a network file that train --task dataset --save-network wrote");

    private static readonly Argument<string> DataPath = Options.Argument(
        "DATA", "the file of the sequences, with the columns or arrays of the training; labels may be missing");

    private static readonly Option<string?> Out = Options.Text(
        "--out", "FILE", "output file; older predictions in it are replaced (default: standard output)");

    private static readonly Option<bool> Json = Options.Flag("--json", "write one JSON document instead of CSV");

    public static Command Create() => new RunnableCommand(
        "predict", "Predict the classes or values of the sequences of a file, or of their steps, with a saved network.",
        Run, () => [NetworkPath, DataPath, Out, Json]);

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

        parsed.Check(network, known => OutputEvaluator.Create(known));
        using RawSequenceReader? reader = data is null ? null
            : parsed.Read(dataPath, file => RawSequenceReader.Open(file, data));
        parsed.Check(path, file => AtomicFile.EnsureWritable(file, PredictionWriter.IsPrediction, "prediction"));
        parsed.ThrowIfInvalid();
        if (reader!.IgnoredColumns.Count > 0)
        {
            CommandLine.WriteError($"{dataPath}: not used: " +
                string.Join(", ", reader.IgnoredColumns.Select(Escape.Text)));
        }

        using var signals = new TerminationSignals();
        bool json = parsed.GetValue(Json);
        PredictionReport? report = null;
        WriteOutput(path, stream => report = Write(stream, network!, data!, reader, json, signals.Token));
        TextWriter output = path is null ? Console.Error : Console.Out;
        foreach (string line in json && path is null ? [] : report!.Describe())
            output.WriteLine(line);
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

    private static PredictionReport Write(
        Stream stream, NetworkDefinition network, NetworkData data, RawSequenceReader reader, bool json,
        CancellationToken cancellation)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true);
        using var writer = new PredictionWriter(text, data, reader.HasLabels, json);
        using var run = new PredictionRun(network, data, reader, writer);
        run.Run(cancellation);
        var report = new PredictionReport(data, reader, run);
        writer.End(report.ToJson);
        return report;
    }
}
