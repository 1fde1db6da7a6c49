using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace LatchLab.Tasks;

/// <summary>
/// The numbers of many sequences, one after another, each stored once: in memory up to a limit, otherwise in a scratch
/// file in the folder for temporary files, which the operating system caches in free memory. The file has no name on
/// Unix and is deleted on close on Windows, so that no file remains however the process ends.
/// </summary>
/// <remarks>
/// The file is read by position and not mapped into memory. This costs a microsecond per sequence, but a disk failure
/// then raises an <see cref="IOException"/> and does not end the process, and a large file needs no address space.
/// Several threads may read.
/// </remarks>
/// <param name="memoryLimit">Largest count of numbers in memory.</param>
public sealed class SpillableBuffer(int memoryLimit = SpillableBuffer.DefaultMemoryLimit) : IDisposable
{
    /// <summary>256 MB.</summary>
    public const int DefaultMemoryLimit = 1 << 25;

    private const int ChunkBits = 13, ChunkLength = 1 << ChunkBits; // 64 KB: below the size of large objects

    private readonly List<double[]> _chunks = [];    // the flushed chunks, unless they are in the file
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private double[] _currentChunk = new double[ChunkLength];
    private int _currentCount;
    private long _flushedCount;    // numbers in flushed chunks
    private SafeFileHandle? _spillFile;

    /// <summary>Count of the numbers.</summary>
    public long Count => _flushedCount + _currentCount;

    /// <summary>Whether the numbers are in a scratch file.</summary>
    public bool IsSpilledToDisk => _spillFile is not null;

    /// <summary>Adds numbers at the end.</summary>
    /// <exception cref="IOException">
    /// The scratch file cannot be written, for example because the disk is full.
    /// </exception>
    public void Append(ReadOnlySpan<double> numbers)
    {
        while (numbers.Length >= ChunkLength - _currentCount)
        {
            numbers[..(ChunkLength - _currentCount)].CopyTo(_currentChunk.AsSpan(_currentCount));
            numbers = numbers[(ChunkLength - _currentCount)..];
            _currentCount = ChunkLength;
            FlushChunk();
        }

        numbers.CopyTo(_currentChunk.AsSpan(_currentCount));
        _currentCount += numbers.Length;
    }

    /// <summary>Completes the buffer: no more numbers may be added.</summary>
    /// <returns>SHA-256 of all numbers.</returns>
    /// <exception cref="IOException">
    /// The scratch file cannot be written, for example because the disk is full.
    /// </exception>
    public byte[] Complete()
    {
        FlushChunk();
        _currentChunk = [];
        return _hash.GetHashAndReset();
    }

    /// <summary>Reads numbers from the completed buffer.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="numbers">Receives the numbers.</param>
    /// <exception cref="IOException">The scratch file cannot be read.</exception>
    public void Read(long first, Span<double> numbers)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + numbers.Length, Count);
        if (_spillFile is not null)
        {
            ReadFromFile(_spillFile, first * sizeof(double), MemoryMarshal.AsBytes(numbers));
            return;
        }

        while (!numbers.IsEmpty)
        {
            ReadOnlySpan<double> chunk = _chunks[(int)(first >> ChunkBits)].AsSpan((int)(first & (ChunkLength - 1)));
            int count = Math.Min(chunk.Length, numbers.Length);
            chunk[..count].CopyTo(numbers);
            numbers = numbers[count..];
            first += count;
        }
    }

    public void Dispose()
    {
        _spillFile?.Dispose();
        _hash.Dispose();
    }

    private static void ReadFromFile(SafeFileHandle file, long offset, Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int read = RandomAccess.Read(file, bytes, offset);
            if (read == 0)
                throw new IOException("the scratch file of the sequences is truncated");
            offset += read;
            bytes = bytes[read..];
        }
    }

    private void FlushChunk()
    {
        Span<double> numbers = _currentChunk.AsSpan(0, _currentCount);
        _hash.AppendData(MemoryMarshal.AsBytes(numbers));
        if (_spillFile is null && Count > memoryLimit)
            SpillToFile();
        if (_spillFile is not null)
            RandomAccess.Write(_spillFile, MemoryMarshal.AsBytes(numbers), _flushedCount * sizeof(double));
        else
            _chunks.Add(_currentCount == ChunkLength ? _currentChunk : numbers.ToArray());
        if (_spillFile is null)
            _currentChunk = new double[ChunkLength];
        _flushedCount += _currentCount;
        _currentCount = 0;
    }

    private void SpillToFile()
    {
        _spillFile = CreateSpillFile();
        foreach ((int index, double[] chunk) in _chunks.Index())
            RandomAccess.Write(_spillFile, MemoryMarshal.AsBytes<double>(chunk),
                (long)index * ChunkLength * sizeof(double));
        _chunks.Clear();
    }

    private static SafeFileHandle CreateSpillFile()
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
