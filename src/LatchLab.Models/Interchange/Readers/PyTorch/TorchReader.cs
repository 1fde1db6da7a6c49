using System.Text;
using LatchLab.Files;
using LatchLab.Models.Interchange.Readers.Arrays;

namespace LatchLab.Models.Interchange.Readers.PyTorch;

/// <summary>
/// Reads files of <c>torch.save</c> and <c>torch.jit.save</c>: a state_dict, a checkpoint that contains one, or a whole
/// module. Since PyTorch 1.6 they are zip archives; before, pickles one after another and then the numbers.
/// </summary>
internal sealed class TorchReader : IModelReader
{
    private const string Data = "data.pkl";

    /// <summary>The lowest 64 bits of 0x1950a86a20f9469cfc6c, with which a file before 1.6 begins.</summary>
    private const long LegacyMagic = unchecked((long)0xa86a20f9469cfc6c);

    /// <summary>Modules of Python whose classes only describe models.</summary>
    private static readonly string[] Known = ["torch", "__torch__", "collections", "builtins", "__builtin__"];

    public string Format => "PyTorch";

    public IReadOnlyList<string> Endings { get; } = [".pt", ".pth", ".bin", ".ckpt", ".jit"];

    public bool Recognizes(ReadOnlySpan<byte> start) => start.StartsWith("PK"u8) || start is [0x80, >= 2 and <= 5, ..];

    public ImportedModel Read(string path, ReadOnlyMemory<byte> content)
    {
        var findings = new ModelFindings(path);
        return content.Span.StartsWith("PK"u8) ? ReadArchive(content, findings) : ReadLegacy(content, findings);
    }

    private ImportedModel ReadArchive(ReadOnlyMemory<byte> content, ModelFindings findings)
    {
        using var entries = new ZipEntries(content, findings);
        string data = entries.Names.FirstOrDefault(name => name.EndsWith("/" + Data, StringComparison.Ordinal))
            ?? throw findings.Failure($"is no file of PyTorch: the archive has no {Data}");
        string root = data[..^Data.Length];
        string[] names = [.. entries.Names];
        var pickle = new PickleReader(new(entries.Read(data), findings));
        object? value = pickle.Read();
        var tree = new TorchTree(findings, pickle.Storages.Values.ToDictionary(
            storage => storage.Key, storage => Check(storage, entries.Read($"{root}data/{storage.Key}"), findings)))
        {
            IsBigEndian = names.Contains($"{root}byteorder")
                && entries.Read($"{root}byteorder").AsSpan().StartsWith("big"u8),
            GetSource = origin => FindSource(origin),
        };
        bool isScript = names.Any(name => name.StartsWith($"{root}code/", StringComparison.Ordinal));
        return Recognize(value, tree, pickle, findings, isScript ? "TorchScript" : Format);

        string FindSource(PickledName origin)
        {
            string name = $"{root}code/{origin.Module.Replace('.', '/')}.py";
            return names.Contains(name) ? Encoding.UTF8.GetString(entries.Read(name)) : "";
        }
    }

    private ImportedModel ReadLegacy(ReadOnlyMemory<byte> content, ModelFindings findings)
    {
        var bytes = new PickleBytes(content, findings);
        PickleReader pickle = new(bytes);
        object? Next()
        {
            pickle = new(bytes);
            return pickle.Read();
        }

        if (Next() is not LegacyMagic)
        {
            throw findings.Failure(
                "is a pickle, but not of torch.save; save the state_dict: torch.save(model.state_dict(), …)");
        }

        Next(); // the version of the format
        bool isBigEndian = (Next() as PickledDictionary)?.Find("little_endian") is false;
        object? value = Next();
        PickleReader data = pickle;
        var storages = new Dictionary<string, ReadOnlyMemory<byte>>();
        object?[] keys = [.. Next() as List<object?> ?? []];
        ReadOnlyMemory<byte> rest = content[bytes.Position..];
        foreach (object? key in keys)
        {
            PickledStorage storage = data.Storages.GetValueOrDefault(key as string ?? "")
                ?? throw findings.Damage("its numbers have no type");
            rest = TakeStorage(storage, rest, storages, findings);
        }

        return Recognize(
            value, new TorchTree(findings, storages) { IsBigEndian = isBigEndian }, data, findings, Format);
    }

    /// <summary>Takes a storage, the number of its elements before them, from the beginning of the bytes.</summary>
    private static ReadOnlyMemory<byte> TakeStorage(
        PickledStorage storage, ReadOnlyMemory<byte> rest, Dictionary<string, ReadOnlyMemory<byte>> storages,
        ModelFindings findings)
    {
        if (rest.Length < sizeof(long) || storage.Count < 0
            || storage.Count > (rest.Length - sizeof(long)) / storage.Type.Size)
        {
            throw findings.Damage("it breaks off within its numbers");
        }

        int end = sizeof(long) + ((int)storage.Count * storage.Type.Size);
        storages[storage.Key] = rest[sizeof(long)..end];
        return rest[end..];
    }

    private static ReadOnlyMemory<byte> Check(PickledStorage storage, byte[] bytes, ModelFindings findings)
        => storage.Count == bytes.Length / storage.Type.Size ? bytes
            : throw findings.Damage($"the numbers {Escape.Text(storage.Key)} are not {storage.Count} in all");

    private static ImportedModel Recognize(
        object? value, TorchTree tree, PickleReader pickle, ModelFindings findings, string format)
    {
        string[] foreign =
        [
            .. pickle.Names.Where(name => !Known.Contains(name.Module.Split('.')[0])).Select(name => name.ToString()),
        ];
        string names = ModelFindings.Summarize(foreign);
        tree.Collect(value);
        if (tree.Tensors.Count == 0)
        {
            throw findings.Failure(
                "has no tensors" + (names.Length == 0 ? "" : $"; it names {names}, which are never loaded or run") +
                    "; save the state_dict: torch.save(model.state_dict(), …)");
        }

        if (names.Length > 0)
            findings.Remark($"named by the file, but neither loaded nor run: {names}");
        return new NamedLayers(findings, tree.Tensors) { Modules = tree.Modules }.Recognize(format, producer: "");
    }
}
