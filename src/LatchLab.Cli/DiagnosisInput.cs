using LatchLab.Diagnosis.Questions;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Models;
using LatchLab.Models.Datasets;
using LatchLab.Models.Interchange;
using LatchLab.Models.Interchange.Readers;
using LatchLab.Networks;
using LatchLab.Tasks;

namespace LatchLab.Cli;

/// <summary>
/// Reads what <c>latchlab diagnose</c> is given: the model, its sequences and what was recorded, and checks that the
/// model was read as it is meant.
/// </summary>
/// <param name="ModelPath">The file of the model.</param>
/// <param name="Layer">The name of the recurrent layer; null for the only one.</param>
/// <param name="Direction">The direction of a bidirectional layer; null for other layers.</param>
/// <param name="Cell">The name of the cell; null for what the file says.</param>
/// <param name="DataPaths">The files of the sequences.</param>
/// <param name="TargetPath">The file of the targets; null for those in the file of the sequences, if any.</param>
/// <param name="RecordedPath">The file of the recording; null for that in the file of the sequences, if any.</param>
internal sealed record DiagnosisInput(
    string ModelPath, string? Layer, string? Direction, string? Cell, IReadOnlyList<string> DataPaths,
    string? TargetPath, string? RecordedPath)
{
    private const int ComparedSequences = 16;   // with what was recorded

    /// <summary>The format whose files need no check.</summary>
    public const string OwnFormat = "LatchLab";

    private static readonly string[] TargetNames = ["target", "targets", "y"], HiddenNames = ["hidden", "h"],
        CellNames = ["cell", "c"], OutputNames = ["output", "outputs"];

    /// <summary>Reads all.</summary>
    /// <exception cref="ValidationException">
    /// A file is invalid, or the model does not reproduce what was recorded.
    /// </exception>
    public (TrainedNetwork Model, SequenceData? Data) Read()
    {
        if (ModelPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !ModelFile.IsJsonOfArrays(ModelPath))
            return ReadNetworkFile();
        ImportedModel imported = ModelFile.Read(ModelPath);
        ModuleSelection selection = ModuleSelection.Create(imported, Layer, Direction);
        IReadOnlyList<NetworkCandidate> candidates = NetworkCandidate.ListAll(
            selection.Module, selection.Readout, Cell);
        SequenceData? data = ReadData(
            selection.Module.Layers[0].Inputs, selection.Embedding, imported.Scaling, out RecordedStates? recorded);
        if (selection.Direction is { } direction)
            (data, recorded) = SelectDirection(data, recorded, direction, selection.Module.Layers[0].Hidden);
        NetworkCandidate chosen = candidates[0];
        CheckSizes(chosen.Network, data, recorded);
        ImportCheck? check = null;
        if (recorded is not null)
            (chosen, check) = Verify(selection, candidates, data!, recorded);
        else if (candidates.Count > 1)
        {
            throw new ValidationException(
                ModelPath, selection.Module.Name, "does not say which cell it is: give --cell " +
                string.Join(" or ", candidates.Select(candidate => candidate.Cell)) +
                ", or --recorded with the states that your program computed");
        }

        return (
            new(ModelPath, imported.Format, imported.Producer, chosen.Cell, chosen.Network,
                [.. selection.Remarks, .. DescribeChoice(chosen, check)])
            { Check = check },
            data);
    }

    private static IEnumerable<string> DescribeChoice(NetworkCandidate chosen, ImportCheck? check)
    {
        if (chosen.IsAssumed && check is not null)
            yield return $"the file leaves the cell open; the recording shows that it is {chosen.Cell}";
    }

    /// <summary>A network file of LatchLab, which leaves nothing open.</summary>
    private (TrainedNetwork Model, SequenceData? Data) ReadNetworkFile()
    {
        NetworkCandidate network = NetworkCandidate.Of(
            NetworkFile.Read(ModelPath, out NetworkData? columns, CommandLine.WriteError), ModelPath);
        if (Layer is not null || Direction is not null || (Cell is not null && Cell != network.Cell))
        {
            throw new ValidationException(
                ModelPath, "", $"is a network file of LatchLab, {network.Cell}: omit --layer, --direction and --cell");
        }

        if (columns is not null && DataPaths.Count > 0)
        {
            if (TargetPath is not null || RecordedPath is not null)
            {
                throw new ValidationException(
                    ModelPath, "", "has the columns of its data, which have the targets, and needs no check: omit " +
                    "--target and --recorded");
            }

            return (new(ModelPath, OwnFormat, "", network.Cell, network.Network, []),
                RawSequences.Read(DataPaths, columns));
        }

        SequenceData? data = ReadData(
            network.Network.Inputs, embedding: null, scaling: null, out RecordedStates? recorded);
        CheckSizes(network.Network, data, recorded);
        ImportCheck? check = recorded is null ? null : Compare(network, data!, recorded);
        return (new(ModelPath, OwnFormat, "", network.Cell, network.Network, []) { Check = check }, data);
    }

    private SequenceData? ReadData(
        int inputs, NamedTensor? embedding, InputScaling? scaling, out RecordedStates? recorded)
    {
        recorded = null;
        if (DataPaths.Count == 0)
            return null;
        ArraySequences[] files = [.. DataPaths.Select(ArraySequences.Open)];
        double[][][] sequences = [.. files.SelectMany(file => file.ReadInputs(inputs, embedding))];
        foreach (double[] step in scaling is null ? [] : sequences.SelectMany(sequence => sequence))
            scaling!.Normalise(step);
        if (sequences.Select(sequence => sequence.Length).Distinct().Count() > 1)
        {
            throw new ValidationException(DataPaths[^1], "", "has sequences of another length than " +
                $"{DataPaths[0]}: all sequences of a diagnosis have the same length");
        }

        ArraySequences targets = TargetPath is null ? files[0] : ArraySequences.Open(TargetPath),
            recording = RecordedPath is null ? files[0] : ArraySequences.Open(RecordedPath);
        double[][][]? Find(ArraySequences file, string[] names, bool isGiven)
            => isGiven || (files.Length == 1 && HasNames(file))
                ? file.Read(names, sequences.Length, sequences[0].Length) : null;
        bool isRecorded = RecordedPath is not null;
        double[][][]? hidden = Find(recording, HiddenNames, isRecorded), cells = Find(recording, CellNames, isRecorded),
            outputs = Find(recording, OutputNames, isRecorded);
        if (hidden is not null || outputs is not null)
            recorded = new(hidden, cells, outputs);
        else if (isRecorded)
        {
            throw new ValidationException(
                RecordedPath!, "", "has no array hidden [sequence, step, unit] and no array output: see " +
                "docs/how-to/diagnose.md for the lines that record them");
        }

        return new(string.Join(", ", DataPaths.Select(Path.GetFileName)), sequences)
        {
            Targets = Find(targets, TargetNames, TargetPath is not null),
        };
    }

    /// <summary>Checks the values of a step of what was recorded, and of the targets.</summary>
    private void CheckSizes(CellDefinition network, SequenceData? data, RecordedStates? recorded)
    {
        var errors = new List<ValidationError>();
        void Check(string? path, string name, IReadOnlyList<double[][]>? values, int count)
        {
            if (values is not null && values[0][0].Length != count)
            {
                errors.Add(new(
                    path ?? DataPaths[0], name, $"has {values[0][0].Length} values a step: expected {count}, as many " +
                        "as the layer or its readout has"));
            }
        }

        Check(RecordedPath, HiddenNames[0], recorded?.Hidden, network.Size.Hidden);
        Check(RecordedPath, CellNames[0], recorded?.Cells, network.Size.Units);
        Check(RecordedPath, OutputNames[0], recorded?.Outputs, network.Size.Outputs);
        int classes = network.Size.Outputs;
        bool areClasses = data?.Targets?.All(steps => steps[^1] is [var c] && c >= 0.0 && c < classes
            && c == Math.Floor(c)) == true;
        if (!areClasses)
            Check(TargetPath, TargetNames[0], data?.Targets, classes);
        if (errors.Count > 0)
            throw new ValidationException(errors);
    }

    /// <summary>What one direction of a bidirectional layer reads and computes.</summary>
    private static (SequenceData? Data, RecordedStates? Recorded) SelectDirection(
        SequenceData? data, RecordedStates? recorded, int direction, int hidden)
    {
        double[][] Order(double[][] steps) => direction == 0 ? steps : [.. Enumerable.Reverse(steps)];
        bool hasBoth = recorded?.Hidden is { } states && states[0][0].Length == 2 * hidden;
        return (
            data is null ? null : data with { Inputs = [.. data.Inputs.Select(Order)], Targets = null },
            !hasBoth ? null : new(
                [.. recorded!.Hidden!.Select(steps => Order([.. steps.Select(
                    step => step.AsSpan(direction * hidden, hidden).ToArray())]))],
                Cells: null, Outputs: null));
    }

    private static bool HasNames(ArraySequences file) => !file.Names.Contains("");

    /// <summary>The first candidate that reproduces what was recorded.</summary>
    private (NetworkCandidate Chosen, ImportCheck Check) Verify(
        ModuleSelection selection, IReadOnlyList<NetworkCandidate> candidates, SequenceData data,
        RecordedStates recorded)
    {
        var tried = new List<string>();
        foreach (NetworkCandidate candidate in candidates)
        {
            ImportCheck check = Compare(candidate, data, recorded);
            if (check.IsPassed)
                return (candidate, check);
            tried.Add(FormattableString.Invariant($"{candidate.Cell} {check.Deciding:G2}"));
        }

        foreach (NetworkCandidate candidate in NetworkCandidate.ListMisreadings(selection.Module, selection.Readout))
        {
            ImportCheck check = Compare(candidate, data, recorded);
            string passed = check.IsPassed ? " (this one fits)" : "";
            tried.Add(FormattableString.Invariant($"{candidate.Cell} {check.Deciding:G2}{passed}"));
        }

        double tolerance = Compare(candidates[0], data, recorded).Tolerance;
        throw new ValidationException(
            ModelPath, selection.Module.Name, "does not reproduce what was recorded, so nothing is said about it; " +
            FormattableString.Invariant($"largest differences (single precision explains {tolerance:G2}): ") +
            string.Join("; ", tried));
    }

    private static ImportCheck Compare(NetworkCandidate candidate, SequenceData data, RecordedStates recorded)
    {
        SequenceData some = data.Take(ComparedSequences);
        return recorded.Take(ComparedSequences).Compare(
            candidate.Network, some, NetworkTrajectories.Run(candidate.Network, some.Inputs));
    }
}
