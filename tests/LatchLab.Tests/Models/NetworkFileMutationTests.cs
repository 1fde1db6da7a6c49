using System.Text;
using CsCheck;
using LatchLab.Foundation;
using LatchLab.Models;
using LatchLab.Networks;
using LatchLab.Tests.Files;
using Xunit;

namespace LatchLab.Tests.Models;

/// <summary>A damaged file gives either a definition or validation messages.</summary>
public class NetworkFileMutationTests
{
    /// <summary>Bytes that are significant in JSON, mixed with arbitrary ones.</summary>
    private static readonly Gen<byte> Byte = Gen.OneOf(
        Gen.Byte, Gen.OneOf("{}[]:,\"\\/-+.eE0123456789 \n\r\tnulltruefalseNaN"u8.ToArray()));

    private static readonly Gen<Func<byte[], byte[]>> Mutation = Gen.Select(
        Gen.Int[0, 3], Gen.Double[0, 1], Gen.Int[1, 8], Byte.Array[1, 4],
        Func<byte[], byte[]> (kind, place, length, inserted) => bytes =>
        {
            int start = (int)(place * bytes.Length);
            int end = Math.Min(bytes.Length, start + length);
            return kind switch
            {
                0 => [.. bytes[..start], .. bytes[end..]],
                1 => [.. bytes[..start], .. inserted, .. bytes[Math.Min(bytes.Length, start + inserted.Length)..]],
                2 => [.. bytes[..start], .. inserted, .. bytes[start..]],
                _ => [.. bytes[..start], .. bytes[start..end], .. bytes[start..]],
            };
        });

    private static readonly string[] Networks =
    [
        .. KnownNetworks.All.Select(network => network.Example),
        """
        {"network":"fully-connected","unit":"tanh","units":2,"input-weights":[[1,2,3],[4,5,6]],"output":1,"weights":
        [[1.2,0.1],[-0.3,1.4]],"biases":[0.5,-1]}
        """,
    ];

    [Fact]
    public void A_damaged_network_is_read_or_rejected_with_single_line_messages()
        => Gen.Select(Gen.OneOf(Networks), Mutation.Array[1, 4]).Sample(
            (network, mutations) =>
            {
                // Latin-1 maps each byte to one character, so that every byte is kept. The file tests below cover text
                // that is not UTF-8.
                string text = Encoding.Latin1.GetString(Mutate(network, mutations));
                return IsReadOrRejected("net.json", () => NetworkFile.Parse(text, "net.json"));
            },
            iter: 5000);

    [Fact]
    public void A_damaged_sequence_is_read_or_rejected_with_single_line_messages()
        => Mutation.Array[1, 4].Sample(
            mutations =>
            {
                string text = Encoding.Latin1.GetString(Mutate("0.5\n-3\n1e-4\n12\n", mutations));
                return IsReadOrRejected("file", () => InputSequenceFile.Parse(text, "file"));
            },
            iter: 5000);

    [Fact]
    public void A_damaged_file_is_read_or_rejected_with_single_line_messages()
        => Mutation.Array[1, 4].Sample(
            mutations =>
            {
                using var file = new TemporaryFile(Mutate(KnownNetworks.All[0].Example, mutations));
                return IsReadOrRejected(file.Path, () => NetworkFile.Read(file.Path));
            },
            iter: 100);

    private static byte[] Mutate(string text, Func<byte[], byte[]>[] mutations)
        => mutations.Aggregate(Encoding.UTF8.GetBytes(text), (bytes, mutation) => mutation(bytes));

    private static bool IsReadOrRejected(string name, Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (ValidationException exception)
        {
            return exception.Errors.Count > 0 && exception.Errors.All(error =>
                error.Location.StartsWith(name, StringComparison.Ordinal)
                && error.Message.Length > 0
                && !error.ToString().Any(char.IsControl));
        }
    }
}
