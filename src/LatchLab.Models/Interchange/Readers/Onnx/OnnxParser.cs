using System.Buffers.Binary;
using System.Text;
using LatchLab.Files;
using LatchLab.Models.Interchange.Readers.Arrays;

namespace LatchLab.Models.Interchange.Readers.Onnx;

/// <summary>
/// Reads the messages of a model of ONNX. The numbers of the fields are those of onnx.proto
/// (https://github.com/onnx/onnx); fields that no reader needs are skipped.
/// </summary>
/// <param name="findings">Receives errors.</param>
internal sealed class OnnxParser(ModelFindings findings)
{
    private const int MaximumDepth = 16;

    /// <summary>The types of tensors, at their numbers.</summary>
    private static readonly Dictionary<long, ElementType> Types = new()
    {
        [1] = ElementType.Float32,
        [2] = ElementType.UInt8,
        [3] = ElementType.Int8,
        [5] = ElementType.Int16,
        [6] = ElementType.Int32,
        [7] = ElementType.Int64,
        [9] = ElementType.Boolean,
        [10] = ElementType.Float16,
        [11] = ElementType.Float64,
        [16] = ElementType.BFloat16,
    };

    /// <summary>The graph of a model, its producer and its operator set.</summary>
    public (OnnxGraphContent Graph, string Producer, long OperatorSet) ReadModel(ReadOnlyMemory<byte> content)
    {
        var graph = new OnnxGraphContent([], [], []);
        (string name, string version, long operatorSet) = ("", "", 0);
        foreach (ProtobufField field in ProtobufFields.Read(content, findings))
        {
            switch (field.Number)
            {
                case 2: name = ReadText(field); break;
                case 3: version = ReadText(field); break;
                case 7: graph = ReadGraph(field.Content, depth: 0); break;
                case 8:
                    (string domain, long number) = ReadOperatorSet(field.Content);
                    operatorSet = domain.Length == 0 ? number : operatorSet;
                    break;
            }
        }

        return (graph, $"{name} {version}".Trim(), operatorSet);
    }

    private (string Domain, long Version) ReadOperatorSet(ReadOnlyMemory<byte> content)
    {
        List<ProtobufField> fields = ProtobufFields.Read(content, findings);
        return (ReadText(Find(fields, 1)), Find(fields, 2).Value);
    }

    private OnnxGraphContent ReadGraph(ReadOnlyMemory<byte> content, int depth)
    {
        if (depth > MaximumDepth)
            throw findings.Failure($"nests more than {MaximumDepth} graphs");
        List<ProtobufField> fields = ProtobufFields.Read(content, findings);
        return new(
            [.. Messages(fields, 1).Select(field => ReadNode(field.Content, depth))],
            [.. Messages(fields, 5).Select(field => ReadTensor(field.Content))],
            [.. Messages(fields, 11).Select(field => ReadText(Find(ProtobufFields.Read(field.Content, findings), 1)))]);
    }

    private OnnxNode ReadNode(ReadOnlyMemory<byte> content, int depth)
    {
        List<ProtobufField> fields = ProtobufFields.Read(content, findings);
        var attributes = new Dictionary<string, OnnxAttribute>();
        foreach (ProtobufField field in Messages(fields, 5))
        {
            List<ProtobufField> parts = ProtobufFields.Read(field.Content, findings);
            attributes[ReadText(Find(parts, 1))] = ReadAttribute(parts, depth);
        }

        return new(
            ReadText(Find(fields, 4)), ReadText(Find(fields, 3)), [.. Messages(fields, 1).Select(ReadText)],
            [.. Messages(fields, 2).Select(ReadText)], attributes);
    }

    private OnnxAttribute ReadAttribute(List<ProtobufField> fields, int depth) => new()
    {
        Number = ToSingle(Find(fields, 2).Value),
        Integer = Find(fields, 3).Value,
        Text = ReadText(Find(fields, 4)),
        Tensor = Messages(fields, 5).Select(field => ReadTensor(field.Content)).FirstOrDefault(),
        Graph = Messages(fields, 6).Select(field => ReadGraph(field.Content, depth + 1)).FirstOrDefault(),
        Numbers = [.. ReadSingles(fields, 7)],
        Integers = ReadIntegers(fields, 8),
        Texts = [.. Messages(fields, 9).Select(ReadText)],
    };

    /// <summary>The numbers are raw bytes, or packed in the field of their type.</summary>
    private SourceTensor ReadTensor(ReadOnlyMemory<byte> content)
    {
        const int external = 1;
        List<ProtobufField> fields = ProtobufFields.Read(content, findings);
        string name = ReadText(Find(fields, 8));
        long type = Find(fields, 2).Value;
        int[] shape = [.. ReadIntegers(fields, 1).Select(size => (int)Math.Clamp(size, -1, int.MaxValue))];
        ElementType element = Types.GetValueOrDefault(type) ?? new($"ONNX {type}", 1);
        if (Find(fields, 14).Value == external)
        {
            string[] texts = [.. Messages(fields, 13).Select(field => ProtobufFields.Read(field.Content, findings))
                .Where(entry => ReadText(Find(entry, 1)) == "location").Select(entry => ReadText(Find(entry, 2)))];
            findings.Refuse(name, $"is in another file, {Escape.Text(texts.FirstOrDefault() ?? "")}: save the model " +
                "with its weights, for example onnx.save(model, path, save_as_external_data=False)");
            return new(name, element, [0], default);
        }

        ReadOnlyMemory<byte> raw = Find(fields, 9).Content;
        return new(name, element, shape, raw.Length > 0 ? raw : PackNumbers(fields, element));
    }

    private byte[] PackNumbers(List<ProtobufField> fields, ElementType type)
        => type == ElementType.Float32 ? [.. ReadBytes(fields, 4)]
            : type == ElementType.Float64 ? [.. ReadBytes(fields, 10)]
            : [.. ReadIntegers(fields, type == ElementType.Int64 ? 7 : 5)
                .SelectMany(value => BitConverter.GetBytes(value)[..Math.Min(type.Size, sizeof(long))])];

    /// <summary>Floating-point numbers, each in a field or all in one.</summary>
    private static IEnumerable<byte> ReadBytes(List<ProtobufField> fields, int number)
        => fields.Where(field => field.Number == number).SelectMany(field => field.IsMessage ? field.Content.ToArray()
            : number == 4 ? BitConverter.GetBytes((int)field.Value) : BitConverter.GetBytes(field.Value));

    private static IEnumerable<double> ReadSingles(List<ProtobufField> fields, int number)
        => fields.Where(field => field.Number == number).SelectMany(field => field.IsMessage
            ? field.Content.ToArray().Chunk(sizeof(float)).Where(bytes => bytes.Length == sizeof(float))
                .Select(bytes => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes))
            : [ToSingle(field.Value)]);

    private long[] ReadIntegers(List<ProtobufField> fields, int number)
        => [.. fields.Where(field => field.Number == number).SelectMany(field => field.IsMessage
            ? ProtobufFields.ReadPacked(field.Content, findings) : [field.Value])];

    private static double ToSingle(long bits) => BitConverter.Int32BitsToSingle((int)bits);

    private static IEnumerable<ProtobufField> Messages(List<ProtobufField> fields, int number)
        => fields.Where(field => field.Number == number && field.IsMessage);

    private static ProtobufField Find(List<ProtobufField> fields, int number)
        => fields.FindLast(field => field.Number == number);

    private static string ReadText(ProtobufField field) => Encoding.UTF8.GetString(field.Content.Span);
}
