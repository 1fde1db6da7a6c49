using System.Globalization;
using System.Runtime.CompilerServices;

namespace LatchLab.Diagnosis.Questions;

/// <summary>Sentences with numbers, which read the same in every culture.</summary>
[InterpolatedStringHandler]
internal ref struct InvariantText(int literalLength, int formattedCount)
{
    private DefaultInterpolatedStringHandler _text = new(literalLength, formattedCount, CultureInfo.InvariantCulture);

    /// <summary>The text of an interpolated string.</summary>
    public static string Format(ref InvariantText text) => text._text.ToStringAndClear();

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string format) => _text.AppendFormatted(value, format);
}
