using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Models.Datasets;

/// <summary>
/// Reads labelled sequences from tables and from arrays of NumPy (docs/reference/sequences.md) as a stream, so that a
/// file does not have to fit in memory. Tasks with the same file and the same columns share one dataset,
/// which is read once.
/// </summary>
/// <param name="folder">The base folder of relative file names; null for the working directory.</param>
/// <param name="maximumInMemory">
/// The maximum number of values of a dataset in memory; larger datasets use a scratch file.
/// </param>
public sealed class DatasetFileSource(string? folder = null, int maximumInMemory = SpillableBuffer.DefaultMemoryLimit)
    : IDatasetSource, IDisposable
{
    private const int MaximumShownErrors = 10;

    private readonly Dictionary<object, (Dataset? Set, List<ValidationError> Errors)> _cache = [];

    /// <summary>Receives the share of a table that has been read, from time to time.</summary>
    public Action<string, double>? Progress { get; init; }

    /// <inheritdoc/>
    public Dataset? Read(DatasetTask task, ICollection<ValidationError> errors)
    {
        if (string.IsNullOrWhiteSpace(task.File))
        {
            errors.Add(new(
                "", "task.file", "is missing; name the file of the sequences (docs/reference/sequences.md)"));
            return null;
        }

        object key = (task.File, task.Labels, task.Layout, task.Sequence, task.Step, task.Label, task.LabelKind,
            task.LabelPer, task.Inputs, task.Split, task.Missing);
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

    /// <summary>Opens a table by the extension of its name.</summary>
    /// <exception cref="ValidationException">The file cannot be read.</exception>
    internal static ITable OpenTable(string path, ValidationErrors errors)
        => path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) ? new ParquetTable(path)
            : new CsvReader(path, errors);

    private string ResolvePath(string name) => folder is null ? name : Path.Combine(folder, name);

    /// <summary>Reads both files completely, so that all their errors are reported together.</summary>
    private Dataset? Read(DatasetTask task, List<ValidationError> errors)
    {
        if (task.HasArrays)
            return ReadArrays(task, errors);
        string path = ResolvePath(task.File), labelPath = ResolvePath(task.LabelFile);
        ValidationErrors rowErrors = new(path) { MaximumShown = MaximumShownErrors },
            labelRowErrors = new(labelPath) { MaximumShown = MaximumShownErrors };
        try
        {
            LabelTable? labelTable = task.LabelFile.Length == 0 ? null
                : LabelTable.Read(labelPath, task, labelRowErrors, errors);
            using ITable file = OpenTable(path, rowErrors);
            ColumnRoles columns = ResolveColumns(file, path, task, labelTable, errors);
            if (errors.Count > 0)
                return null;
            using var builder = new DatasetBuilder(
                Path.GetFileName(path),
                columns.InputNames,
                columns.LabelNames,
                task.LabelKind,
                columns.HasSplit,
                maximumInMemory)
            {
                LabelsSteps = task.LabelPer == LabelPer.Step,
            };
            var reader = new SequenceTableReader(file, columns, task, labelTable, rowErrors, builder);
            reader.ReadAll(Progress);
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

    private Dataset? ReadArrays(DatasetTask task, List<ValidationError> errors)
    {
        string path = ResolvePath(task.File);
        try
        {
            return InputFile.TranslateErrors(path, () =>
            {
                using var reader = new NumpyDatasetReader(path, ResolvePath(task.Labels), task);
                using var builder = new DatasetBuilder(
                    Path.GetFileName(path), reader.InputNames, reader.LabelNames, task.LabelKind,
                    task.Split.Length > 0, maximumInMemory)
                {
                    LabelsSteps = task.LabelPer == LabelPer.Step,
                };
                reader.ReadAll(builder);
                return builder.Build();
            });
        }
        catch (ValidationException exception)
        {
            errors.AddRange(exception.Errors);
            return null;
        }
    }

    private static ColumnRoles ResolveColumns(
        ITable file, string path, DatasetTask task, LabelTable? labelTable, List<ValidationError> errors)
    {
        bool isWide = task.Layout == TableLayout.Wide;
        var columns = new ColumnResolver(file, path, task, errors);
        if (!isWide || labelTable is not null)
            columns.RequireSequence();
        int step = isWide ? -1
            : task.Step == DatasetTask.DefaultStep ? columns.Find(task.Step) : columns.Require(task.Step, "step");
        IReadOnlyList<string> labelNames = DatasetTask.SplitNames(task.Label);
        bool labelsSteps = task.LabelPer == LabelPer.Step;
        int[] labels = isWide && labelsSteps ? columns.ResolveWideLabels(labelNames)
            : [.. labelNames.Select(name => labelTable is not null ? -1
                : columns.Require(name, "label", labelsSteps ? "" : "; or give a second file of labels"))];
        if (labelNames.Count == 0)
            errors.Add(new("", "task.label", "names no column; give the name of the label column"));
        if (labelNames.Count > 1 && task.LabelKind == LabelKind.Classes)
        {
            errors.Add(new("", "task.label", $"names {labelNames.Count} columns, but a class has one: give one, or " +
                "label-kind=values"));
        }

        bool hasSplit = task.Split.Length > 0;
        int split = hasSplit && labelTable is not { HasSplit: true } ? columns.Require(task.Split, "split") : -1;
        int[] others = [columns.Sequence, step, .. labels, split];
        (int[] inputs, IReadOnlyList<string> names) = isWide ? columns.ResolveWideInputs(task, others)
            : columns.ResolveInputs(task, others);
        if (isWide && labelsSteps && errors.Count == 0)
        {
            ColumnResolver.RequireEqualSteps(
                path, labels.Length / labelNames.Count, inputs.Length / names.Count, errors);
        }

        return new(path, columns.Sequence, step, labels, labelNames, split, hasSplit, inputs, names);
    }
}
