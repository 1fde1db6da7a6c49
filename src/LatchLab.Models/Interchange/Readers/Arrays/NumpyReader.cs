using System.Text;
using LatchLab.Files;

namespace LatchLab.Models.Interchange.Readers.Arrays;

/// <summary>Reads the arrays of an .npz file of NumPy: a zip archive of .npy files, versions 1 to 3.</summary>
internal sealed class NumpyReader : IModelReader
{
    private const string Ending = ".npy";

    private static readonly ElementType[] Types =
        [ElementType.Float64, ElementType.Float32, ElementType.Float16, ElementType.Int64, ElementType.Int32];

    public string Format => "NumPy";

    public IReadOnlyList<string> Endings { get; } = [".npz"];

    public bool Recognizes(ReadOnlySpan<byte> start) => start.StartsWith("PK"u8);

    public ImportedModel Read(string path, ReadOnlyMemory<byte> content)
    {
        var findings = new ModelFindings(path);
        using var entries = new ZipEntries(content, findings);
        SourceTensor[] tensors =
        [
            .. entries.Names.Where(name => name.EndsWith(Ending, StringComparison.Ordinal))
                .Select(name => ReadArray(name[..^Ending.Length], entries.Read(name), findings)),
        ];
        return entries.Names.Contains(NetworkConversion.NetworkEntry)
            ? OwnNetwork.Read(
                findings, Format, Encoding.UTF8.GetString(entries.Read(NetworkConversion.NetworkEntry)), path, tensors)
            : new NamedLayers(findings, tensors).Recognize(Format, producer: "");
    }

    private static SourceTensor ReadArray(string name, byte[] content, ModelFindings findings)
    {
        using var stream = new MemoryStream(content);
        var header = NumpyHeader.Read(
            stream, problem => findings.Damage($"the array {Escape.Text(name)} {problem}"));
        return new(name, FindType($"{header.Kind}{header.Size}"), [.. header.Shape],
            content.AsMemory((int)stream.Position))
        {
            IsBigEndian = header.IsBigEndian,
            Strides = header.IsFortran ? StrideColumns(header.Shape) : null,
        };
    }

    private static ElementType FindType(string name)
        => Types.FirstOrDefault(type => name == FormattableString.Invariant($"{type.Name[0]}{type.Size}"))
            ?? new(name, 1);

    private static long[] StrideColumns(IReadOnlyList<int> sizes)
    {
        var strides = new long[sizes.Count];
        long stride = 1;
        for (int axis = 0; axis < sizes.Count; axis++)
            (strides[axis], stride) = (stride, unchecked(stride * Math.Max(1, sizes[axis])));
        return strides;
    }
}
