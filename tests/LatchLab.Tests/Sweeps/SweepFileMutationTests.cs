using System.Text;
using CsCheck;
using LatchLab.Foundation;
using LatchLab.Sweeps.Format;
using Xunit;

namespace LatchLab.Tests.Sweeps;

/// <summary>A damaged sweep file gives either a plan or validation messages.</summary>
public class SweepFileMutationTests
{
    private static readonly string[] Texts =
    [
        """
        name = "a"
        trials = 2
        seed = 1994
        [task]
        name = "latch"
        length = 20
        [network]
        prior = 'w>=0.5'
        [learner]
        name = "curriculum"
        learner = "pseudo-newton"
        [rule]
        rule = "sign-and-cost"
        presentations = 1_000
        [[axes]]
        learner.learning-rate = { from = 0.001, to = 10, points = 5, scale = "logarithmic" }
        [[axes]]
        task.length = [5, 10]
        learner.damping = [0.1, 0.2]
        [report]
        x = "task.length"
        """,
        """
        trials = 1
        task = { name = "minimal", noise = 0.1 }
        learner.name = "back-propagation"
        [[parts]]
        name = "b"
        [[parts.axes]]
        network.initial-weight = [1, 2]
        [[parts]]
        name = "c"
        network.perfect-weight = 2.0
        network.perfect-inputs = 3.0
        """,
    ];

    /// <summary>Bytes that are significant in TOML, mixed with arbitrary ones.</summary>
    private static readonly Gen<byte> Byte = Gen.OneOf(
        Gen.Byte, Gen.OneOf("{}[]=,.\"'\\/-+eE_#0123456789 \n\r\ttrueinfnan"u8.ToArray()));

    private static readonly Gen<Func<byte[], byte[]>> Mutation = Gen.Select(
        Gen.Int[0, 4], Gen.Double[0, 1], Gen.Int[1, 12], Byte.Array[1, 4],
        Func<byte[], byte[]> (kind, place, length, inserted) => bytes =>
        {
            int start = (int)(place * bytes.Length);
            int end = Math.Min(bytes.Length, start + length);
            int nextLine = Math.Max(end, Array.IndexOf(bytes, (byte)'\n', end));
            return kind switch
            {
                0 => [.. bytes[..start], .. bytes[end..]],
                1 => [.. bytes[..start], .. inserted, .. bytes[Math.Min(bytes.Length, start + inserted.Length)..]],
                2 => [.. bytes[..start], .. inserted, .. bytes[start..]],
                3 => [.. bytes[..start], .. bytes[nextLine..]],
                _ => [.. bytes[..start], .. bytes[start..end], .. bytes[start..]],
            };
        });

    [Fact]
    public void A_damaged_sweep_is_read_or_rejected_with_single_line_messages()
        => Gen.Select(Gen.OneOf(Texts), Mutation.Array[1, 3]).Sample(
            (text, mutations) => IsReadOrRejected(Encoding.Latin1.GetString(
                mutations.Aggregate(Encoding.UTF8.GetBytes(text), (bytes, mutation) => mutation(bytes)))),
            iter: 1500);

    [Fact]
    public void Random_text_is_rejected_with_single_line_messages()
        => Byte.Array[0, 60].Sample(bytes => IsReadOrRejected(Encoding.Latin1.GetString(bytes)), iter: 1000);

    private static bool IsReadOrRejected(string text)
    {
        try
        {
            return SweepFile.Parse(text, "s.toml").Parts.Count > 0;
        }
        catch (ValidationException exception)
        {
            return exception.Errors.Count > 0 && exception.Errors.All(error =>
                error.Location.StartsWith("s.toml", StringComparison.Ordinal)
                && error.Message.Length > 0
                && !error.ToString().Any(char.IsControl));
        }
    }
}
