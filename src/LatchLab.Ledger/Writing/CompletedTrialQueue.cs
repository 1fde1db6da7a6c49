using System.Diagnostics;
using LatchLab.Ledger.Reading;

namespace LatchLab.Ledger.Writing;

/// <summary>
/// A queue of completed trials to be written. Any number of threads add trials; one thread takes all of them at once
/// and writes them. The number of rows is bounded: adding to a full queue blocks until the trials have been taken.
/// </summary>
/// <param name="maximumRows">
/// The maximum number of rows. A single trial with more rows is accepted when the queue is empty.
/// </param>
internal sealed class CompletedTrialQueue(int maximumRows)
{
    private readonly object _syncRoot = new();
    private List<LedgerTrial> _pending = [];
    private int _pendingRows;
    private bool _isFlushRequested;
    private bool _isBeingWritten;
    private bool _isAddingCompleted;
    private Exception? _failure;

    /// <summary>Adds a trial; blocks while the queue is full.</summary>
    /// <exception cref="IOException">Earlier trials could not be written.</exception>
    public void Add(in LedgerTrial trial)
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
    /// Takes all trials: immediately if a flush is requested or adding is complete; otherwise after the timeout, even
    /// if there are none.
    /// </summary>
    /// <param name="batch">A list for the queue to reuse; replaced by the trials.</param>
    /// <param name="timeout">The maximum wait.</param>
    /// <returns>False if no trials will follow.</returns>
    public bool TakeBatch(ref List<LedgerTrial> batch, TimeSpan timeout)
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

    /// <summary>Waits until all added trials have been written.</summary>
    /// <exception cref="IOException">The trials could not be written.</exception>
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

    /// <summary>Marks the queue as complete: no more trials can be added.</summary>
    public void CompleteAdding()
    {
        lock (_syncRoot)
        {
            _isAddingCompleted = true;
            Monitor.PulseAll(_syncRoot);
        }
    }

    /// <summary>Records that trials could not be written. Threads that add or wait then throw.</summary>
    public void Fail(Exception exception)
    {
        lock (_syncRoot)
        {
            _failure ??= exception;
            Monitor.PulseAll(_syncRoot);
        }
    }

    /// <summary>Throws if trials could not be written.</summary>
    /// <exception cref="IOException">The reason of the failure.</exception>
    public void ThrowIfFailed()
    {
        if (_failure is not null)
            throw new IOException(_failure.Message, _failure);
    }
}
