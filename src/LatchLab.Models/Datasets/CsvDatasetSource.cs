using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Models.Datasets;

/// <summary>
/// The labelled sequences of CSV files (docs/sequences.md), read as a stream: a file need not fit into memory, and what
/// is read of it is held once. Every file is read once: tasks that name the same file and the same columns share a set.
/// </summary>
/// <param name="folder">From where relative names of files are looked for; null for the present folder.</param>
/// <param name="maximumInMemory">Numbers of a set that may lie in memory; beyond it they go to a scratch file.</param>
public sealed class CsvDatasetSource(string? folder = null, int maximumInMemory = SpillableBuffer.DefaultMemoryLimit)
    : IDatasetSource, IDisposable
{
    private readonly Dictionary<object, (Dataset? Set, List<ValidationError> Errors)> _cache = [];

    /// <inheritdoc/>
    public Dataset? Read(DatasetTask task, ICollection<ValidationError> errors)
    {
        if (string.IsNullOrWhiteSpace(task.File))
        {
            errors.Add(new("--file", "", "is missing; name the CSV file of the sequences (docs/sequences.md)"));
            return null;
        }

        object key = (task.File, task.Labels, task.Label, task.LabelKind, task.Inputs, task.Split);
        if (!_cache.TryGetValue(key, out (Dataset? Set, List<ValidationError> Errors) cached))
        {
            cached = (null, []);
            cached.Set = Read(task, cached.Errors);
            _cache.Add(key, cached);
        }

        foreach (ValidationError error in cached.Errors)
            errors.Add(error);
        return cached.Set;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((Dataset? set, _) in _cache.Values)
            set?.Dispose();
    }

    private string ResolvePath(string name) => folder is null ? name : Path.Combine(folder, name);

    /// <summary>Everything that is wrong with both files is found before either is given up.</summary>
    private Dataset? Read(DatasetTask task, List<ValidationError> errors)
    {
        string path = ResolvePath(task.File), labelPath = ResolvePath(task.Labels);
        ValidationErrors rowErrors = new(path), labelRowErrors = new(labelPath);
        try
        {
            LabelTable? labelTable = task.Labels.Length == 0 ? null
                : LabelTable.Read(labelPath, task, labelRowErrors, errors);
            using var file = new CsvReader(path, rowErrors);
            ColumnIndices columns = ResolveColumns(file, path, task, labelTable, errors);
            if (errors.Count > 0)
                return null;
            using var builder = new DatasetBuilder(
                Path.GetFileName(path),
                [.. columns.InputColumns.Select(column => file.Header[column])],
                columns.LabelNames,
                task.LabelKind,
                columns.HasSplit,
                maximumInMemory);
            new CsvDatasetReader(file, columns, task, labelTable, rowErrors, builder).ReadAll();
            return rowErrors.HasErrors || labelRowErrors.HasErrors ? null : builder.Build();
        }
        catch (ValidationException exception)
        {
            errors.AddRange(exception.Errors);
            return null;
        }
        finally
        {
            errors.InsertRange(0, [.. rowErrors.GetErrors(), .. labelRowErrors.GetErrors()]);
        }
    }

    private static ColumnIndices ResolveColumns(
        CsvReader file, string path, DatasetTask task, LabelTable? labelTable, List<ValidationError> errors)
    {
        var columns = new ColumnResolver(file, path, errors);
        int step = columns.Find(ColumnResolver.StepColumnName);
        IReadOnlyList<string> labelNames = DatasetTask.SplitNames(task.Label);
        int[] labels = [.. labelNames.Select(name => labelTable is not null ? -1
            : columns.Require(name, "label", "; or give a second file of labels"))];
        if (labelNames.Count == 0)
            errors.Add(new("--label", "", "names no column; give the name of the label's"));
        if (labelNames.Count > 1 && task.LabelKind == LabelKind.Classes)
        {
            errors.Add(new("--label", "", $"names {labelNames.Count} columns, and a class has one: give one, or " +
                "label-kind=values"));
        }

        bool hasSplit = task.Split.Length > 0;
        int split = hasSplit && labelTable is not { HasSplit: true } ? columns.Require(task.Split, "split") : -1;
        int[] inputs = columns.ResolveInputs(task, [columns.Sequence, step, .. labels, split]);
        return new(path, columns.Sequence, step, labels, labelNames, split, hasSplit, inputs);
    }
}
