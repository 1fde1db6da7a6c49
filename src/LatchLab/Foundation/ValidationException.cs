namespace LatchLab.Foundation;

/// <summary>A mistake in what the user gave, with its place and the way out.</summary>
/// <param name="Location">File and line (<c>net.json:3</c>), or the option; empty where there is only one.</param>
/// <param name="Field">The field in it; empty where the place says enough.</param>
/// <param name="Message">What is wrong and what would be right, in one line.</param>
public sealed record ValidationError(string Location, string Field, string Message)
{
    /// <summary>One line: place, field, problem.</summary>
    public override string ToString()
        => string.Join(": ", new[] { Location, Field, Message }.Where(part => part.Length > 0));
}

/// <summary>Thrown once, with every mistake that was found, before anything runs.</summary>
public sealed class ValidationException : Exception
{
    /// <summary>Several mistakes at once.</summary>
    public ValidationException(IReadOnlyList<ValidationError> errors)
        : base(string.Join(Environment.NewLine, errors))
        => Errors = errors;

    /// <summary>A single mistake.</summary>
    public ValidationException(string location, string field, string message)
        : this([new ValidationError(location, field, message)])
    {
    }

    /// <summary>What was found, in the order of the input.</summary>
    public IReadOnlyList<ValidationError> Errors { get; }
}
