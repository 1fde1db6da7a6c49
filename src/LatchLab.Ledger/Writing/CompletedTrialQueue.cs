using System.Diagnostics;

namespace LatchLab.Ledger.Writing;

/// <summary>
/// Trials that wait to be written. Any number of threads add; one takes all that there are, writes
/// them, and comes back for more. It holds a bounded number of
/// rows: whoever adds to a full one waits until they have been taken.
/// </summary>
/// <param name="maximumRows">The bound; a single trial with more rows than that is let in when nothing else
/// waits.</param>
internal sealed class CompletedTrialQueue(int maximumRows)
{
    private readonly object _syncRoot = new();
    private List<RecordedTrial> _pending = [];
    private int _pendingRows;
    private bool _isFlushRequested;
    private bool _isBeingWritten;
    private bool _isAddingCompleted;
    private Exception? _failure;

    /// <summary>Adds a trial, as soon as there is room.</summary>
    /// <exception cref="IOException">Those before it could not be written.</exception>
    public void Add(in RecordedTrial trial)
    {
        lock (_syncRoot)
        {
            while (_pendingRows > 0 && _pendingRows + trial.RowCount > maximumRows && _failure is null)
            {
                if (!_isFlushRequested)
                {
                    _isFlushRequested = true;
                    Monitor.PulseAll(_syncRoot);
                }

                Monitor.Wait(_syncRoot);
            }

            ThrowIfFailed();
            if (_isAddingCompleted)
                throw new InvalidOperationException("The ledger is complete.");
            _pending.Add(trial);
            _pendingRows += trial.RowCount;
        }
    }

    /// <summary>
    /// Takes what has been added: once it is full or has ended, and otherwise after some time, even if that is nothing.
    /// </summary>
    /// <param name="batch">A list for the queue to go on with; replaced by the trials.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <returns>False if nothing will come after these.</returns>
    public bool TakeBatch(ref List<RecordedTrial> batch, TimeSpan timeout)
    {
        batch.Clear();
        long started = Stopwatch.GetTimestamp();
        lock (_syncRoot)
        {
            _isBeingWritten = false;
            Monitor.PulseAll(_syncRoot);
            while (!_isFlushRequested && !_isAddingCompleted)
            {
                TimeSpan remaining = timeout - Stopwatch.GetElapsedTime(started);
                if (remaining <= TimeSpan.Zero || !Monitor.Wait(_syncRoot, remaining))
                    break;
            }

            (_pending, batch) = (batch, _pending);
            (_pendingRows, _isFlushRequested, _isBeingWritten) = (0, false, batch.Count > 0);
            Monitor.PulseAll(_syncRoot);
            return !_isAddingCompleted;
        }
    }

    /// <summary>Waits until everything that was added has been written.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Flush()
    {
        lock (_syncRoot)
        {
            while ((_pendingRows > 0 || _isBeingWritten) && _failure is null)
            {
                _isFlushRequested = _pendingRows > 0;
                Monitor.PulseAll(_syncRoot);
                Monitor.Wait(_syncRoot);
            }
        }

        ThrowIfFailed();
    }

    /// <summary>Nothing more will be added.</summary>
    public void CompleteAdding()
    {
        lock (_syncRoot)
        {
            _isAddingCompleted = true;
            Monitor.PulseAll(_syncRoot);
        }
    }

    /// <summary>What was taken could not be written: whoever adds or waits is told.</summary>
    public void Fail(Exception exception)
    {
        lock (_syncRoot)
        {
            _failure ??= exception;
            Monitor.PulseAll(_syncRoot);
        }
    }

    /// <summary>Throws if anything could not be written.</summary>
    /// <exception cref="IOException">It says why.</exception>
    public void ThrowIfFailed()
    {
        if (_failure is not null)
            throw new IOException(_failure.Message, _failure);
    }
}
