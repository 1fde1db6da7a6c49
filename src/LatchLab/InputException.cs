namespace LatchLab;

/// <summary>A mistake in what the user gave, with its place and the way out.</summary>
/// <param name="Place">File and line (<c>net.json:3</c>), or the option; empty where there is only one.</param>
/// <param name="Field">The field in it; empty where the place says enough.</param>
/// <param name="Problem">What is wrong and what would be right, in one line.</param>
public sealed record InputError(string Place, string Field, string Problem)
{
    /// <summary>One line: place, field, problem.</summary>
    public override string ToString()
        => string.Join(": ", new[] { Place, Field, Problem }.Where(part => part.Length > 0));
}

/// <summary>Thrown once, with every mistake that was found, before anything runs.</summary>
public sealed class InputException : Exception
{
    /// <summary>Several mistakes at once.</summary>
    public InputException(IReadOnlyList<InputError> errors)
        : base(string.Join(Environment.NewLine, errors))
        => Errors = errors;

    /// <summary>A single mistake.</summary>
    public InputException(string place, string field, string problem)
        : this([new InputError(place, field, problem)])
    {
    }

    /// <summary>What was found, in the order of the input.</summary>
    public IReadOnlyList<InputError> Errors { get; }
}
