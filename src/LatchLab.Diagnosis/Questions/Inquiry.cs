using System.Diagnostics;

namespace LatchLab.Diagnosis.Questions;

/// <summary>Asks questions within the budget, on any thread, and remembers those that were left out.</summary>
internal sealed class Inquiry : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<string> _skipped = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly DiagnosisOptions _options;
    private readonly IProgress<string>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenSource _deadline;

    public Inquiry(DiagnosisOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        (_options, _progress, _cancellation) = (options, progress, cancellation);
        _deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _deadline.CancelAfter(options.Budget);
    }

    /// <summary>What was left out, in alphabetical order.</summary>
    public IReadOnlyList<string> Skipped => [.. _skipped.Order(StringComparer.Ordinal)];

    /// <summary>Cancelled when the budget is used up.</summary>
    public CancellationToken Deadline => _deadline.Token;

    public void Dispose() => _deadline.Dispose();

    /// <summary>Remembers a question that was left out, and why.</summary>
    public void Skip(string what, string reason)
    {
        lock (_lock)
            _skipped.Add($"{what}: {reason}");
    }

    /// <summary>The answer; null if the question was not asked, or the budget did not suffice.</summary>
    /// <exception cref="OperationCanceledException">The diagnosis was cancelled.</exception>
    public T? Ask<T>(Question question, string name, Func<T> answer)
        where T : class?
    {
        if (!_options.Only.Contains(question))
            return null;
        _progress?.Report(name);
        try
        {
            _cancellation.ThrowIfCancellationRequested();
            if (_watch.Elapsed < _options.Budget)
                return answer();
        }
        catch (OperationCanceledException) when (!_cancellation.IsCancellationRequested)
        {
            // The budget is used up: said below.
        }

        Skip(name, FormattableString.Invariant(
            $"left out, the budget of {_options.Budget.TotalSeconds:0.###} s is used up"));
        return null;
    }
}
