using LatchLab.Formats.Csv;
using LatchLab.Tasks;

namespace LatchLab.Formats;

/// <summary>
/// The labelled sequences of CSV files (docs/sequences.md), read as a stream: a file need not fit into memory, and what
/// is read of it is held once. Every file is read once: tasks that name the same file and the same columns share a set.
/// </summary>
/// <param name="folder">From where relative names of files are looked for; null for the present folder.</param>
/// <param name="mostInMemory">Numbers of a set that may lie in memory; beyond it they go to a scratch file.</param>
public sealed class SequenceFiles(string? folder = null, int mostInMemory = SequenceValues.MostInMemory)
    : ISequenceSource, IDisposable
{
    private readonly Dictionary<object, (SequenceSet? Set, List<InputError> Errors)> _read = [];

    /// <inheritdoc/>
    public SequenceSet? Read(SequencesTask task, ICollection<InputError> errors)
    {
        if (string.IsNullOrWhiteSpace(task.File))
        {
            errors.Add(new("--file", "", "is missing; name the CSV file of the sequences (docs/sequences.md)"));
            return null;
        }

        object key = (task.File, task.Labels, task.Label, task.LabelKind, task.Inputs, task.Split);
        if (!_read.TryGetValue(key, out (SequenceSet? Set, List<InputError> Errors) known))
        {
            known = (null, []);
            known.Set = Read(task, known.Errors);
            _read.Add(key, known);
        }

        foreach (InputError error in known.Errors)
            errors.Add(error);
        return known.Set;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((SequenceSet? set, _) in _read.Values)
            set?.Dispose();
    }

    private string PathOf(string name) => folder is null ? name : Path.Combine(folder, name);

    /// <summary>Everything that is wrong with both files is found before either is given up.</summary>
    private SequenceSet? Read(SequencesTask task, List<InputError> errors)
    {
        string path = PathOf(task.File), labelPath = PathOf(task.Labels);
        Mistakes mistakes = new(path), labelMistakes = new(labelPath);
        try
        {
            LabelTable? table = task.Labels.Length == 0 ? null
                : LabelTable.Read(labelPath, task, labelMistakes, errors);
            using var file = new CsvFile(path, mistakes);
            SequencePlaces places = Places(file, path, task, table, errors);
            if (errors.Count > 0)
                return null;
            using var builder = new SequenceSetBuilder(
                Path.GetFileName(path),
                [.. places.Inputs.Select(column => file.Header[column])],
                places.LabelNames,
                task.LabelKind,
                places.HasSplit,
                mostInMemory);
            new SequenceReader(file, places, task, table, mistakes, builder).ReadAll();
            return mistakes.Any || labelMistakes.Any ? null : builder.Build();
        }
        catch (InputException wrong)
        {
            errors.AddRange(wrong.Errors);
            return null;
        }
        finally
        {
            errors.InsertRange(0, [.. mistakes.All(), .. labelMistakes.All()]);
        }
    }

    private static SequencePlaces Places(
        CsvFile file, string path, SequencesTask task, LabelTable? table, List<InputError> errors)
    {
        var columns = new SequenceColumns(file, path, errors);
        int step = columns.Find(SequenceColumns.StepName);
        IReadOnlyList<string> labelNames = SequencesTask.Names(task.Label);
        int[] labels = [.. labelNames.Select(name => table is not null ? -1
            : columns.Require(name, "label", "; or give a second file of labels"))];
        if (labelNames.Count == 0)
            errors.Add(new("--label", "", "names no column; give the name of the label's"));
        if (labelNames.Count > 1 && task.LabelKind == LabelKind.Classes)
        {
            errors.Add(new("--label", "", $"names {labelNames.Count} columns, and a class has one: give one, or " +
                "label-kind=values"));
        }

        bool hasSplit = task.Split.Length > 0;
        int split = hasSplit && table is not { HasSplit: true } ? columns.Require(task.Split, "split") : -1;
        int[] inputs = columns.Inputs(task, [columns.Sequence, step, .. labels, split]);
        return new(path, columns.Sequence, step, labels, labelNames, split, hasSplit, inputs);
    }
}
