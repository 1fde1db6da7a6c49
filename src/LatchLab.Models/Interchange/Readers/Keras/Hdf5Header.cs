namespace LatchLab.Models.Interchange.Readers.Keras;

/// <summary>A message of an object: its shape, its type, an attribute, …</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Address">Its first byte.</param>
/// <param name="Size">Its bytes.</param>
internal sealed record Hdf5Message(int Type, long Address, int Size);

/// <summary>The messages of a group or an array (object header, version 1).</summary>
internal sealed class Hdf5Header
{
    private const int ContinuationMessage = 0x10, MessageStart = 16, MessageHeader = 8;

    private readonly List<Hdf5Message> _messages = [];

    /// <summary>Reads all messages.</summary>
    public Hdf5Header(Hdf5Bytes bytes, long address)
    {
        if (bytes.Byte(address) != 1)
        {
            throw bytes.Failure(
                $"has an object of the unknown version {bytes.Byte(address)}; write it with h5py or Keras");
        }

        int count = bytes.UInt16(address + 2);
        var blocks = new Queue<(long Start, long Length)>([(address + MessageStart, bytes.UInt32(address + 8))]);
        while (blocks.TryDequeue(out (long Start, long Length) block))
        {
            long place = block.Start, end = place + bytes.Slice(place, block.Length).Length;
            while (place + MessageHeader <= end && _messages.Count < count)
            {
                var message = new Hdf5Message(
                    bytes.UInt16(place), place + MessageHeader, bytes.UInt16(place + sizeof(ushort)));
                _messages.Add(message);
                bytes.Slice(message.Address, message.Size);
                if (message.Type == ContinuationMessage)
                    blocks.Enqueue((bytes.Int64(message.Address), bytes.Int64(message.Address + sizeof(long))));
                place = message.Address + message.Size;
            }
        }
    }

    /// <summary>All messages; every continuation is one of them, so that they end.</summary>
    public IReadOnlyList<Hdf5Message> Messages => _messages;

    /// <summary>The message of a kind; null if there is none.</summary>
    public Hdf5Message? Find(int type) => _messages.Find(message => message.Type == type);
}
