using System.Text;

namespace LatchLab.CommandServer;

/// <summary>
/// A console that keeps what is written. It stays the same object from command to command: libraries remember the
/// console that they first met.
/// </summary>
internal sealed class CapturedConsole : TextWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>As of the console of a user, so that the same characters can be shown.</summary>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override void Write(char value)
    {
        lock (_text)
            _text.Append(value);
    }

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        lock (_text)
            _text.Append(value);
    }

    /// <summary>All that was written since the last time.</summary>
    public string TakeOutput()
    {
        lock (_text)
        {
            string captured = _text.ToString();
            _text.Clear();
            return captured;
        }
    }
}
