using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LatchLab.Files;

namespace LatchLab.Models.Interchange.Readers.Arrays;

/// <summary>Reads the arrays of an .npz file of NumPy: a zip archive of .npy files, versions 1 to 3.</summary>
internal sealed partial class NumpyReader : IModelReader
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
        const int versionPlace = 6, lengthPlace = 8;
        if (content.Length < lengthPlace + sizeof(uint) || !content.AsSpan(1).StartsWith("NUMPY"u8))
            throw findings.Damage($"{Escape.Text(name)} is no array of NumPy");
        bool isShort = content[versionPlace] == 1;
        int start = lengthPlace + (isShort ? sizeof(ushort) : sizeof(uint));
        uint length = isShort ? BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(lengthPlace))
            : BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(lengthPlace));
        if (length > content.Length - start)
            throw findings.Damage($"the header of {Escape.Text(name)} is longer than the array");
        string header = Encoding.UTF8.GetString(content, start, (int)length);
        Match type = TypePattern().Match(header), shape = ShapePattern().Match(header);
        if (!type.Success || !shape.Success)
            throw findings.Damage($"the header of {Escape.Text(name)} has no type or shape");
        int[] sizes = [.. shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries
            | StringSplitOptions.RemoveEmptyEntries).Select(ParseSize)];
        return new(name, FindType(type.Groups[2].Value), sizes, content.AsMemory(start + (int)length))
        {
            IsBigEndian = type.Groups[1].Value == ">",
            Strides = header.Contains("'fortran_order': True", StringComparison.Ordinal) ? StrideColumns(sizes) : null,
        };
    }

    private static ElementType FindType(string name)
        => Types.FirstOrDefault(type => name == FormattableString.Invariant($"{type.Name[0]}{type.Size}"))
            ?? new(name, 1);

    /// <summary>A size that is too large does not fit the bytes either.</summary>
    private static int ParseSize(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size : int.MaxValue;

    private static long[] StrideColumns(int[] sizes)
    {
        var strides = new long[sizes.Length];
        long stride = 1;
        for (int axis = 0; axis < sizes.Length; axis++)
            (strides[axis], stride) = (stride, unchecked(stride * Math.Max(1, sizes[axis])));
        return strides;
    }

    [GeneratedRegex(@"'descr':\s*'([<>|=]?)([A-Za-z][0-9]*)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"'shape':\s*\(([0-9, ]*)\)")]
    private static partial Regex ShapePattern();
}
