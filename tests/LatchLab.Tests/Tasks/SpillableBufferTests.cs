using CsCheck;
using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Tasks;

public sealed class SpillableBufferTests
{
    private const int MemoryLimit = 20_000;    // between two and three chunks

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(MemoryLimit, false)]
    [InlineData(MemoryLimit + 1, true)]
    [InlineData(5 * MemoryLimit, true)]
    public void Numbers_are_read_back_as_appended_in_memory_and_in_a_scratch_file(int count, bool isInFile)
    {
        var random = new Random(count);
        double[] numbers = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        using var values = new SpillableBuffer(MemoryLimit);
        for (int first = 0, length = 0; first < count; first += length)
        {
            length = Math.Min(random.Next(1, 9_000), count - first);
            values.Append(numbers.AsSpan(first, length));
        }

        byte[] hash = values.Complete();
        Assert.Equal((count, isInFile), (values.Count, values.IsSpilledToDisk));
        Assert.Equal(
            System.Security.Cryptography.SHA256.HashData(
                System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers.AsSpan())), hash);
        Gen.Select(Gen.Int[0, count], Gen.Int[0, count]).Sample(
            (a, b) =>
            {
                var read = new double[Math.Abs(a - b)];
                values.Read(Math.Min(a, b), read);
                return read.AsSpan().SequenceEqual(numbers.AsSpan(Math.Min(a, b), read.Length));
            },
            iter: 200);
        Assert.Throws<ArgumentOutOfRangeException>(() => values.Read(count, new double[1]));
    }

    [Fact]
    public void A_scratch_file_is_invisible_even_during_use()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps the name of a file until it is closed");
        using (var values = new SpillableBuffer(memoryLimit: 10))
        {
            values.Append(new double[100_000]);
            values.Complete();
            Assert.True(values.IsSpilledToDisk);
            Assert.Empty(Directory.GetFiles(Path.GetTempPath(), $"latchlab-{Environment.ProcessId}-*"));
        }
    }

    [Fact]
    public void Several_threads_read_the_same_values()
    {
        double[] numbers = [.. Enumerable.Range(0, 50_000).Select(i => (double)i)];
        using var values = new SpillableBuffer(memoryLimit: 1000);
        values.Append(numbers);
        values.Complete();
        Parallel.For(0, 200, i =>
        {
            var read = new double[250];
            values.Read(250 * i, read);
            Assert.Equal(numbers[(250 * i)..(250 * (i + 1))], read);
        });
    }
}
