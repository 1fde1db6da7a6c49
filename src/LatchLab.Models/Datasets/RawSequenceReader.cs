using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Models.Datasets;

/// <summary>
/// Reads the sequences of a file for a network that is already trained, one after another: the file may exceed memory.
/// It finds the inputs by their names; the labels may be missing, and what else the file has is ignored. Missing
/// numbers are treated as in the training.
/// </summary>
public abstract class RawSequenceReader : IDisposable
{
    private const int MaximumNames = 1000;

    private readonly List<string> _droppedNames = [];

    /// <summary>Begins a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="data">What the network needs.</param>
    protected RawSequenceReader(string path, NetworkData data) => (Path, Data) = (path, data);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Whether the file has all labels.</summary>
    public bool HasLabels { get; private protected init; }

    /// <summary>The names of columns that are neither inputs nor labels of the network.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; private protected init; } = [];

    /// <summary>The number of missing numbers so far that zero or the mean replaces.</summary>
    public long ReplacedNumbers { get; private set; }

    /// <summary>The number of sequences so far that were dropped, because they have a missing number.</summary>
    public long DroppedSequences { get; private set; }

    /// <summary>The names of the first thousand of them.</summary>
    public IReadOnlyList<string> DroppedNames => _droppedNames;

    /// <summary>The share of the file that has been read.</summary>
    public abstract double ReadShare { get; }

    /// <summary>What the network needs.</summary>
    protected NetworkData Data { get; }

    /// <summary>Opens a file and finds its columns or arrays.</summary>
    /// <param name="path">A table, or arrays of NumPy.</param>
    /// <param name="data">What the network needs.</param>
    /// <param name="isSequenceOptional">Whether the rows of a table without names are one sequence.</param>
    /// <exception cref="ValidationException">The file cannot be read, or does not have an input.</exception>
    public static RawSequenceReader Open(string path, NetworkData data, bool isSequenceOptional = false)
        => new DatasetTask { File = path }.HasArrays ? new RawArrayReader(path, data)
            : new RawTableReader(path, data, isSequenceOptional);

    /// <summary>Whether a file has named arrays or columns, and is no text.</summary>
    public static bool IsBinary(string path)
        => new DatasetTask { File = path }.HasArrays || path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the sequences. After the first invalid row it only collects errors.</summary>
    /// <exception cref="ValidationException">The file has an invalid row, or no sequence.</exception>
    public abstract IEnumerable<RawSequence> ReadAll();

    /// <summary>Reads one sequence, and no further.</summary>
    /// <param name="name">Its name; null for the only one of the file.</param>
    /// <exception cref="ValidationException">
    /// The file has an invalid row, no sequence of this name, or several although no name is given.
    /// </exception>
    public RawSequence ReadOne(string? name)
    {
        List<string> first = [];
        RawSequence? only = null;
        foreach (RawSequence sequence in ReadAll())
        {
            if (sequence.Name == name)
                return sequence;
            only = sequence;
            if (first.Count < 5)
                first.Add(sequence.Name);
            else if (name is null)
                break;
        }

        if (name is null && first.Count == 1)
            return only!;
        string? dropped = _droppedNames.Find(one => name is null || one == name);
        string problem = dropped is not null && (name is not null || first.Count == 0)
            ? $"the sequence {Escape.Quote(dropped)} has a missing number, and the network was trained with " +
                "missing=drop"
            : name is not null ? $"has no sequence {Escape.Quote(name)}; its first are {JoinNames(first)}"
            : $"has several sequences, such as {JoinNames(first.Take(3))}: choose one with --sequence-name";
        throw new ValidationException(Path, "", problem);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Applies the rule of missing numbers to a sequence; null if it is dropped.</summary>
    private protected RawSequence? ReplaceMissing(RawSequence sequence)
    {
        if (Data.Missing == MissingNumbers.Drop)
        {
            DroppedSequences++;
            if (_droppedNames.Count < MaximumNames)
                _droppedNames.Add(sequence.Name);
            return null;
        }

        double[] steps = sequence.Steps;
        for (int i = 0; i < steps.Length; i++)
        {
            if (!double.IsNaN(steps[i]))
                continue;
            ReplacedNumbers++;
            if (Data.Missing == MissingNumbers.Zero)
                steps[i] = 0.0;
        }

        return sequence;
    }

    private static string JoinNames(IEnumerable<string> names) => string.Join(", ", names.Select(Escape.Text));
}
