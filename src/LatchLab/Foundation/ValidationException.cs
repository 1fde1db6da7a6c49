namespace LatchLab.Foundation;

/// <summary>An error in the user's input, with its location and the expected value.</summary>
/// <param name="Location">File and line (<c>net.json:3</c>), or the option; empty if there is only one input.</param>
/// <param name="Field">The field at this location; empty if the location is specific enough.</param>
/// <param name="Message">What is invalid and what is expected, in one line.</param>
public sealed record ValidationError(string Location, string Field, string Message)
{
    /// <summary>One line: location, field, message.</summary>
    public override string ToString()
        => string.Join(": ", new[] { Location, Field, Message }.Where(part => part.Length > 0));
}

/// <summary>Thrown once, with all validation errors, before anything runs.</summary>
public sealed class ValidationException : Exception
{
    /// <summary>Creates the exception for several errors.</summary>
    public ValidationException(IReadOnlyList<ValidationError> errors)
        : base(string.Join(Environment.NewLine, errors))
        => Errors = errors;

    /// <summary>Creates the exception for a single error.</summary>
    public ValidationException(string location, string field, string message)
        : this([new ValidationError(location, field, message)])
    {
    }

    /// <summary>The errors, in the order of the input.</summary>
    public IReadOnlyList<ValidationError> Errors { get; }
}
