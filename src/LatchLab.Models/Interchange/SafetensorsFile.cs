using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace LatchLab.Models.Interchange;

/// <summary>
/// Writes arrays as a safetensors file (https://github.com/huggingface/safetensors): the length of a JSON header, the
/// header with types, shapes and offsets, and the values as 64-bit numbers.
/// </summary>
internal static class SafetensorsFile
{
    /// <summary>Returns the bytes of the file.</summary>
    /// <param name="tensors">The arrays.</param>
    /// <param name="metadata">Names with texts.</param>
    public static byte[] Serialize(IReadOnlyList<NamedTensor> tensors, IEnumerable<(string Name, string Text)> metadata)
    {
        var header = new JsonObject
        {
            ["__metadata__"] = new JsonObject(
                metadata.Select(entry => KeyValuePair.Create(entry.Name, (JsonNode?)entry.Text))),
        };
        long offset = 0;
        foreach (NamedTensor tensor in tensors)
        {
            long end = offset + (tensor.Values.Length * sizeof(double));
            header[tensor.Name] = new JsonObject
            {
                ["dtype"] = "F64",
                ["shape"] = new JsonArray([.. tensor.Shape.Select(size => (JsonNode)size)]),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }

        string text = header.ToJsonString();
        byte[] json = Encoding.UTF8.GetBytes(text.PadRight((text.Length + 7) / 8 * 8)); // the values are aligned
        byte[] length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return
        [
            .. length, .. json,
            .. tensors.SelectMany(tensor => MemoryMarshal.AsBytes(tensor.Values.AsSpan()).ToArray()),
        ];
    }
}
