using System.CommandLine;
using System.Text.Json.Nodes;
using LatchLab.Diagnosis.Questions;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Models;
using LatchLab.Models.Datasets;
using LatchLab.Models.Interchange;
using LatchLab.Reporting;

namespace LatchLab.Cli;

/// <summary><c>latchlab diagnose</c>: what a trained network remembers and why it does not learn.</summary>
internal static class DiagnoseCommand
{
    private const int MostModels = 2;
    private const double LongestBudget = 86_400.0;

    private static readonly Argument<string[]> Models = Options.Arguments(
        "MODEL", "the file of the trained network: PyTorch, ONNX, Keras, safetensors, .npz or a network file; two " +
            "files are compared, for example before and after training");

    private static readonly Option<string[]> Data = Options.Repeated(
        "--data", "FILE", "sequences as the layer reads them: .npy or .npz with x [sequence, step, input]");

    private static readonly Option<string?> Target = Options.Text(
        "--target", "FILE", "targets of the sequences (default: the array target of the data, if there is one)");

    private static readonly Option<string?> Recorded = Options.Text(
        "--recorded", "FILE",
        "hidden values and outputs that your program computed, .npz with hidden, cell and output (default: those of " +
            "the data, if there are any)");

    private static readonly Option<bool> MadeUpInput = Options.Flag(
        "--made-up-input", "without data, use standard normal inputs: the answers are about such inputs");

    private static readonly Option<int> TaskLength = Options.Integer(
        "--task-length", "T", "the steps over which it must remember (default: nothing is compared with a length)",
        0, 1_000_000_000, 0);

    private static readonly Option<string[]> Hold = Options.Repeated(
        "--hold", "U,…", "input of the quiet steps: numbers, 0, or mean; give it again for further ones (default: " +
            "mean, or the most frequent symbol of one-hot data)");

    private static readonly Option<string?> Starts = Options.Text(
        "--starts", "FILE", "states from which fixed points are searched first, .npy or .npz with starts [state, N] " +
            "(default: none)");

    private static readonly Option<bool> AllEigenvalues = Options.Flag(
        "--all-eigenvalues", "compute all eigenvalues of fixed points, of large networks, too, however long it takes");

    private static readonly Option<string?> Cell = Options.Text(
        "--cell", "CELL", $"the cell, where the file leaves it open: {string.Join(", ", NetworkCandidate.CellNames)}",
        NetworkCandidate.CellNames);

    private static readonly Option<string?> Layer = Options.Text(
        "--layer", "NAME", "the recurrent layer, if the model has several");

    private static readonly Option<string?> Direction = Options.Text(
        "--direction", "DIRECTION", "of a bidirectional layer: " + string.Join(" or ", ModuleSelection.Directions),
        ModuleSelection.Directions);

    private static readonly Option<IReadOnlyList<Question>> Only = Options.Choices(
        "--only", "questions to ask", Enum.GetValues<Question>(),
        question => Settings.FormatValue(question));

    private static readonly Option<double> Budget = Options.PositiveNumber(
        "--budget", "SECONDS", "time that the questions may take together; what is left out is said (default: 60)",
        LongestBudget, 60.0);

    private static readonly Option<IReadOnlyList<VerdictCode>?> FailOn = Options.Parsed<IReadOnlyList<VerdictCode>?>(
        "--fail-on", "VERDICT,…", "verdicts that end with exit code 3, for a build: " +
            string.Join(", ", Enum.GetValues<VerdictCode>().Select(VerdictText.GetName)),
        $"verdicts separated by commas: {string.Join(", ", Enum.GetValues<VerdictCode>().Select(VerdictText.GetName))}",
        ParseVerdicts, null);

    private static readonly Option<string?> Out = Options.Text(
        "--out", "DIR", "folder of a page with the pictures (default: none); an old LatchLab report is replaced");

    private const string ExportedText = "diagnosis.json";

    private static readonly Option<string?> Export = Options.Text(
        "--export", "FILE.npz", "file of arrays for NumPy: fixed points, eigenvalues, states, curves (default: none)");

    private static readonly ExecutionOptions Execution = new(defaultSeed: 0);

    public static Command Create() => new RunnableCommand(
        "diagnose",
        "Diagnose a trained network: how far back it remembers, what it stores, and what would help.", Run,
        () =>
        [
            Models, Data, Target, Recorded, MadeUpInput, TaskLength, Hold, Starts, AllEigenvalues, Cell, Layer,
            Direction, Only, Budget, FailOn, Out, ReportOutput.Open, Export, Options.Json,
            Execution.Threads, Execution.Seed,
        ]);

    private static int Run(ParsedOptions parsed)
    {
        IReadOnlyList<string> paths = parsed.GetRequired(Models);
        if (paths.Count > MostModels)
            parsed.AddError(Models, $"{paths.Count} files are given: give one, or two to compare");
        string[] dataPaths = parsed.GetValue(Data);
        int taskLength = parsed.GetValue(TaskLength);
        if (dataPaths.Length == 0)
            parsed.RefuseUnused([Target, Recorded], "it belongs to sequences: give --data, too");
        else
            parsed.RefuseUnused([MadeUpInput], "--data is given");
        var input = new DiagnosisInput(
            "", parsed.GetValue(Layer), parsed.GetValue(Direction), parsed.GetValue(Cell), dataPaths,
            parsed.GetValue(Target), parsed.GetValue(Recorded));
        var options = new DiagnosisOptions
        {
            TaskLength = taskLength == 0 ? null : taskLength,
            AllEigenvalues = parsed.GetValue(AllEigenvalues),
            Only = parsed.GetValue(Only).ToHashSet(),
            Budget = TimeSpan.FromSeconds(parsed.GetValue(Budget)),
            Threads = parsed.GetValue(Execution.Threads),
            Seed = parsed.GetValue(Execution.Seed),
        };
        if (!options.Only.Contains(Question.Points) && !options.Only.Contains(Question.Noise))
            parsed.RefuseUnused([Starts, AllEigenvalues], "it belongs to fixed points: ask for points or noise, too");
        IReadOnlyList<VerdictCode> failOn = parsed.GetValue(FailOn) ?? [];
        string[] holds = parsed.GetValue(Hold);
        string? folder = parsed.GetValue(Out);
        ReportOutput.RefuseOpenWithoutReport(parsed, folder);
        parsed.Check(folder, ReportFolder.CheckWritable);
        string? exported = parsed.GetValue(Export);
        parsed.Check(exported, path => ArrayFile.EnsureWritable(path, ExportedText, "diagnosis"));
        if (paths.Count > 1)
            parsed.RefuseUnused([Export], "it is for one model");
        parsed.ThrowIfInvalid();
        using var signals = new TerminationSignals();
        (TrainedNetwork Model, SequenceData? Data)[] models = [.. paths.Select(path => (input with
        {
            ModelPath = path,
        }).Read())];
        if (parsed.GetValue(MadeUpInput))
        {
            models = [.. models.Select(read => (
                read.Model, (SequenceData?)SequenceData.Draw(read.Model.Network.Inputs, options.Seed)))];
        }

        options = options with { HeldInputs = ReadHeldInputs(parsed, holds, models[0].Model, models[0].Data) };
        parsed.ThrowIfInvalid();
        string? startsPath = parsed.GetValue(Starts);
        IReadOnlyList<double[]>[] starts = [.. models.Select(
            read => startsPath is null ? [] : ReadStarts(startsPath, read.Model))];
        QuestionProgress? progress = Console.IsErrorRedirected ? null : new();
        TrainedNetworkDiagnosis[] diagnoses = [.. models.Zip(starts, (read, first) => TrainedNetworkAnalyzer.Diagnose(
            read.Model, read.Data, options with { Starts = first }, progress, signals.Token))];
        Console.Error.Write(Console.IsErrorRedirected ? "" : QuestionProgress.Clear);
        string? page = folder is null ? null
            : ReportOutput.Write(parsed, folder, CreateReport(diagnoses), signals.Token);
        if (exported is not null)
        {
            ArrayFile.Write(exported, DiagnosisArrays.List(diagnoses[0]),
                (ExportedText, DiagnosisJson.ToJson(diagnoses[0], page).ToJsonString()));
        }

        Write(diagnoses, page, parsed.GetValue(Options.Json));
        ReportOutput.OpenIfWanted(parsed, page);
        return diagnoses.Any(diagnosis => failOn.Contains(diagnosis.Verdict))
            ? ExitCodes.FailedCheck : ExitCodes.Success;
    }

    /// <summary>The page, with the certificates beside it.</summary>
    private static Report CreateReport(TrainedNetworkDiagnosis[] diagnoses)
        => DiagnosisReport.Create(diagnoses) with
        {
            Attachments = [.. DiagnosisReport.ListCertificates(diagnoses).Select(
                entry => (entry.Name, CertificateFile.Serialize(entry.Certificates)))],
        };

    private static void Write(TrainedNetworkDiagnosis[] diagnoses, string? page, bool asJson)
    {
        if (asJson)
        {
            JsonOutput.WriteDocument(diagnoses is [var single] ? DiagnosisJson.ToJson(single, page) : new JsonObject
            {
                ["models"] = new JsonArray([.. diagnoses.Select(diagnosis => DiagnosisJson.ToJson(diagnosis, page))]),
            });
            return;
        }

        if (diagnoses is [var first, var second])
            DiagnosisOutput.PrintComparison(first, second);
        else
            DiagnosisOutput.Print(diagnoses[0]);
        if (page is not null)
            Console.Out.WriteLine($"Report: {page}");
    }

    private static double[][] ReadStarts(string path, TrainedNetwork model)
        => ArraySequences.Open(path).ReadRows(
            "starts", model.StateSize, "the hidden values of each layer, followed by its cell values if it has any");

    private static List<IReadOnlyList<double>> ReadHeldInputs(
        ParsedOptions parsed, string[] texts, TrainedNetwork model, SequenceData? data)
    {
        int inputs = model.Network.Inputs;
        var held = new List<IReadOnlyList<double>>();
        foreach (string text in texts)
        {
            if (text == "mean" && data is null)
                parsed.AddError(Hold, "mean needs the mean of the data: give --data, too");
            else if (text == "mean")
                held.Add(data!.FindTypicalInput());
            else if (text == "0")
                held.Add(new double[inputs]);
            else if (Parse(text) is { } numbers && numbers.Length == inputs)
                held.Add(numbers);
            else
                parsed.AddError(
                    Hold, $"'{text}' is not allowed: give 0, mean, or {inputs} numbers separated by commas");
        }

        return held;
    }

    /// <summary>Shows the question that is being asked on the last line of the terminal.</summary>
    private sealed class QuestionProgress : IProgress<string>
    {
        /// <summary>Returns to the start of the line and clears it.</summary>
        public const string Clear = "\r\u001b[K";

        public void Report(string value) => Console.Error.Write($"{Clear}{value} …");
    }

    private static double[]? Parse(string text)
    {
        var numbers = new List<double>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!NumberFormat.TryParseFinite(part, out double number))
                return null;
            numbers.Add(number);
        }

        return [.. numbers];
    }

    private static IReadOnlyList<VerdictCode>? ParseVerdicts(string text)
    {
        var codes = new List<VerdictCode>();
        foreach (string name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            int index = Array.FindIndex(Enum.GetValues<VerdictCode>(), code => VerdictText.GetName(code) == name);
            if (index < 0)
                return null;
            codes.Add((VerdictCode)index);
        }

        return codes;
    }
}
