using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace LatchLab.Tasks;

/// <summary>
/// The numbers of many sequences, one after another, each held once: in memory as long as they are few, otherwise in a
/// scratch file in the folder for temporary files, of which the system keeps as much in memory as it has to spare. The
/// file has no name on Unix and goes with the process on Windows, so that nothing is left behind however it ends.
/// </summary>
/// <remarks>
/// The file is read by position and not mapped into memory: that costs a microsecond a sequence, but a disk that fails
/// is then an <see cref="IOException"/> and not the end of the process, and a large file needs no address space.
/// Reading is safe from several threads.
/// </remarks>
/// <param name="mostInMemory">Numbers that may lie in memory.</param>
public sealed class SequenceValues(int mostInMemory = SequenceValues.MostInMemory) : IDisposable
{
    /// <summary>256 MB.</summary>
    public const int MostInMemory = 1 << 25;

    private const int PieceBits = 13, Piece = 1 << PieceBits; // 64 KB: no large object, which would not be moved

    private readonly List<double[]> pieces = [];    // all whole ones, unless they are in the file
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private double[] last = new double[Piece];
    private int inLast;
    private long whole;                             // numbers in whole pieces
    private SafeFileHandle? scratch;

    /// <summary>How many numbers there are.</summary>
    public long Count => whole + inLast;

    /// <summary>Whether they lie in a scratch file.</summary>
    public bool IsInFile => scratch is not null;

    /// <summary>Adds numbers at the end.</summary>
    /// <exception cref="IOException">The disk for temporary files is full, say.</exception>
    public void Append(ReadOnlySpan<double> numbers)
    {
        while (numbers.Length >= Piece - inLast)
        {
            numbers[..(Piece - inLast)].CopyTo(last.AsSpan(inLast));
            numbers = numbers[(Piece - inLast)..];
            inLast = Piece;
            EndPiece();
        }

        numbers.CopyTo(last.AsSpan(inLast));
        inLast += numbers.Length;
    }

    /// <summary>No more numbers will come.</summary>
    /// <returns>SHA-256 of all numbers.</returns>
    /// <exception cref="IOException">The disk for temporary files is full, say.</exception>
    public byte[] Complete()
    {
        EndPiece();
        last = [];
        return hash.GetHashAndReset();
    }

    /// <summary>Reads numbers, once all are there.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="numbers">Receives them.</param>
    /// <exception cref="IOException">The disk for temporary files failed.</exception>
    public void Read(long first, Span<double> numbers)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + numbers.Length, Count);
        if (scratch is not null)
        {
            ReadFromFile(scratch, first * sizeof(double), MemoryMarshal.AsBytes(numbers));
            return;
        }

        while (!numbers.IsEmpty)
        {
            ReadOnlySpan<double> piece = pieces[(int)(first >> PieceBits)].AsSpan((int)(first & (Piece - 1)));
            int count = Math.Min(piece.Length, numbers.Length);
            piece[..count].CopyTo(numbers);
            numbers = numbers[count..];
            first += count;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        scratch?.Dispose();
        hash.Dispose();
    }

    private static void ReadFromFile(SafeFileHandle file, long offset, Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int read = RandomAccess.Read(file, bytes, offset);
            if (read == 0)
                throw new IOException("the scratch file of the sequences has lost its end");
            offset += read;
            bytes = bytes[read..];
        }
    }

    private void EndPiece()
    {
        Span<double> numbers = last.AsSpan(0, inLast);
        hash.AppendData(MemoryMarshal.AsBytes(numbers));
        if (scratch is null && Count > mostInMemory)
            MoveToFile();
        if (scratch is not null)
            RandomAccess.Write(scratch, MemoryMarshal.AsBytes(numbers), whole * sizeof(double));
        else
            pieces.Add(inLast == Piece ? last : numbers.ToArray());
        if (scratch is null)
            last = new double[Piece];
        whole += inLast;
        inLast = 0;
    }

    private void MoveToFile()
    {
        scratch = CreateScratch();
        foreach ((int index, double[] piece) in pieces.Index())
            RandomAccess.Write(scratch, MemoryMarshal.AsBytes<double>(piece), (long)index * Piece * sizeof(double));
        pieces.Clear();
    }

    private static SafeFileHandle CreateScratch()
    {
        string path = Path.Combine(
            Path.GetTempPath(), $"latchlab-{Environment.ProcessId}-{Path.GetRandomFileName()}");
        bool isWindows = OperatingSystem.IsWindows();
        SafeFileHandle handle = File.OpenHandle(
            path,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.Delete,
            isWindows ? FileOptions.DeleteOnClose : FileOptions.None);
        if (!isWindows)
            File.Delete(path);
        return handle;
    }
}
