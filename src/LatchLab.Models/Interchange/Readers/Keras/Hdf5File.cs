using LatchLab.Models.Interchange.Readers.Arrays;

namespace LatchLab.Models.Interchange.Readers.Keras;

/// <summary>
/// Reads an HDF5 file as the library h5py writes it by default: superblock 0, groups with symbol tables, arrays in one
/// piece (HDF5 File Format Specification 3.0, https://docs.hdfgroup.org/hdf5/develop/_f_m_t3.html).
/// </summary>
internal sealed class Hdf5File
{
    private const int MaximumDepth = 32, RootHeader = 64, BaseAddress = 24, EndAddress = 40;

    private const int SymbolTableMessage = 0x11, AttributeMessage = 0x0C;

    private readonly Hdf5Bytes _bytes;
    private readonly HashSet<long> _visited = [];
    private readonly List<SourceTensor> _arrays = [];
    private readonly Dictionary<string, string[]> _texts = [];

    /// <summary>Reads the names, shapes and texts of a file.</summary>
    public Hdf5File(ReadOnlyMemory<byte> content, ModelFindings findings)
    {
        _bytes = new(content, findings);
        byte version = _bytes.Byte(8);
        if (version != 0)
        {
            throw findings.Failure($"has the unknown superblock {version} of HDF5; 0 is read, which h5py and Keras " +
                "write unless libver is given");
        }

        if (_bytes.Int64(BaseAddress) != 0 || _bytes.Byte(13) != sizeof(long) || _bytes.Byte(14) != sizeof(long))
            throw findings.Failure("has addresses of an unknown kind; 8 bytes from the start of the file are read");
        if (_bytes.Int64(EndAddress) > content.Length)
            throw findings.Damage($"it has {content.Length} bytes of {_bytes.Int64(EndAddress)}");
        ReadObject(_bytes.Int64(RootHeader), "", 0);
    }

    /// <summary>The arrays with their paths, such as <c>lstm/kernel:0</c>.</summary>
    public IReadOnlyList<SourceTensor> Arrays => _arrays;

    /// <summary>The texts of an attribute of the file or of a group; empty if there is none.</summary>
    public string[] FindTexts(string group, string name) => _texts.GetValueOrDefault($"{group}@{name}") ?? [];

    private void ReadObject(long address, string path, int depth)
    {
        if (depth > MaximumDepth || !_visited.Add(address))
            throw _bytes.Damage("its groups contain one another");
        var header = new Hdf5Header(_bytes, address);
        foreach (Hdf5Message attribute in header.Messages.Where(message => message.Type == AttributeMessage))
        {
            (string name, string[] texts) = Hdf5Attribute.Read(_bytes, attribute);
            _texts[$"{path}@{name}"] = texts;
        }

        if (header.Find(SymbolTableMessage) is { } table)
            ReadTree(_bytes.Int64(table.Address), _bytes.Int64(table.Address + 8), path, depth);
        else if (Hdf5Array.TryRead(_bytes, header, path) is { } array)
            _arrays.Add(array);
    }

    /// <summary>A B-tree of names: nodes of nodes down to level 0, whose children are lists of symbols.</summary>
    private void ReadTree(long node, long heap, string path, int depth)
    {
        if (depth > MaximumDepth || !_visited.Add(node))
            throw _bytes.Damage("its groups contain one another");
        _bytes.Expect(node, "TREE");
        (int level, int count) = (_bytes.Byte(node + 5), _bytes.UInt16(node + 6));
        for (int child = 0; child < count; child++)
        {
            long address = _bytes.Int64(node + 32 + (16 * child)); // after each key of eight bytes
            if (level > 0)
                ReadTree(address, heap, path, depth + 1);
            else
                ReadSymbols(address, heap, path, depth);
        }
    }

    private void ReadSymbols(long node, long heap, string path, int depth)
    {
        const int size = 40, softLink = 2;
        _bytes.Expect(node, "SNOD");
        _bytes.Expect(heap, "HEAP");
        long names = _bytes.Int64(heap + 24);
        for (int entry = 0; entry < _bytes.UInt16(node + 6); entry++)
        {
            long place = node + 8 + (size * entry);
            string name = _bytes.Text(names + _bytes.Int64(place));
            if (_bytes.UInt32(place + 16) == softLink)
                continue;
            ReadObject(_bytes.Int64(place + 8), path.Length == 0 ? name : $"{path}/{name}", depth + 1);
        }
    }
}
