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
/// <param name="memoryLimit">Numbers that may lie in memory.</param>
public sealed class SpillableBuffer(int memoryLimit = SpillableBuffer.DefaultMemoryLimit) : IDisposable
{
    /// <summary>256 MB.</summary>
    public const int DefaultMemoryLimit = 1 << 25;

    private const int ChunkBits = 13, ChunkLength = 1 << ChunkBits; // 64 KB: no large object, which would not be moved

    private readonly List<double[]> _chunks = [];    // all whole ones, unless they are in the file
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private double[] _currentChunk = new double[ChunkLength];
    private int _currentCount;
    private long _flushedCount;                             // numbers in whole pieces
    private SafeFileHandle? _spillFile;

    /// <summary>How many numbers there are.</summary>
    public long Count => _flushedCount + _currentCount;

    /// <summary>Whether they lie in a scratch file.</summary>
    public bool IsSpilledToDisk => _spillFile is not null;

    /// <summary>Adds numbers at the end.</summary>
    /// <exception cref="IOException">The disk for temporary files is full, say.</exception>
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

    /// <summary>No more numbers will come.</summary>
    /// <returns>SHA-256 of all numbers.</returns>
    /// <exception cref="IOException">The disk for temporary files is full, say.</exception>
    public byte[] Complete()
    {
        FlushChunk();
        _currentChunk = [];
        return _hash.GetHashAndReset();
    }

    /// <summary>Reads numbers, once all are there.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="numbers">Receives them.</param>
    /// <exception cref="IOException">The disk for temporary files failed.</exception>
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

    /// <inheritdoc/>
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
                throw new IOException("the scratch file of the sequences has lost its end");
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
