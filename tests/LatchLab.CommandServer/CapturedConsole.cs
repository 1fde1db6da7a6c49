using System.Text;

namespace LatchLab.CommandServer;

/// <summary>
/// A console that captures its output. All commands share one instance, because libraries cache the console of the
/// first command.
/// </summary>
internal sealed class CapturedConsole : TextWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>The encoding of a typical user console, so that the same characters are printable.</summary>
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

    /// <summary>Returns the output since the last call and clears it.</summary>
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
