using System.IO.Compression;
using LatchLab.Files;
using LatchLab.Foundation;

namespace LatchLab.Models.Datasets;

/// <summary>A .npz file, whose arrays have names, or a .npy file, which is one array.</summary>
internal sealed class NumpyFile : IDisposable
{
    private const string Ending = ".npy";

    private readonly string _path;
    private readonly List<IDisposable> _opened = [];
    private readonly FileStream _file;
    private readonly ZipArchive? _archive;

    /// <summary>Opens a file.</summary>
    /// <exception cref="ValidationException">It cannot be read.</exception>
    public NumpyFile(string path)
    {
        _path = path;
        IsArchive = path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase);
        _file = InputFile.Open(path);
        try
        {
            _archive = IsArchive ? new(_file) : null;
        }
        catch (InvalidDataException)
        {
            _file.Dispose();
            throw new ValidationException(path, "", "is no .npz file; write it with numpy.savez");
        }
    }

    /// <summary>Whether it is a .npz file.</summary>
    public bool IsArchive { get; }

    /// <summary>The names of its arrays; one empty name for a .npy file.</summary>
    public IEnumerable<string> Names => _archive is null ? [""]
        : _archive.Entries.Where(entry => entry.FullName.EndsWith(Ending, StringComparison.Ordinal))
            .Select(entry => entry.FullName[..^Ending.Length]);

    /// <summary>Whether it has an array of a name.</summary>
    public bool Has(string name) => _archive?.GetEntry($"{name}.npy") is not null;

    /// <summary>Opens an array; of a .npy file the only one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="setting">The setting that names it; null if none does.</param>
    /// <exception cref="ValidationException">There is no such array.</exception>
    public NumpyArray Open(string name, string? setting = null)
    {
        if (_archive is null)
            return new(_file, _path, "");
        if (_archive.GetEntry($"{name}.npy") is { } entry)
        {
            Stream stream = entry.Open();
            _opened.Add(stream);
            return new(stream, _path, name);
        }

        string[] known = [.. _archive.Entries.Select(array => Path.ChangeExtension(array.FullName, null))];
        string problem = $"has no array {Escape.Quote(name)}; it has {string.Join(", ", known.Select(Escape.Text))}" +
            NearestName.FormatSuggestion(name, known);
        throw setting is null ? new ValidationException(_path, "", problem)
            : new ValidationException("", $"task.{setting}", $"{_path} {problem}");
    }

    public void Dispose()
    {
        foreach (IDisposable opened in _opened)
            opened.Dispose();
        _archive?.Dispose();
        _file.Dispose();
    }
}
