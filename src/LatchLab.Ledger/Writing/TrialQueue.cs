using System.Diagnostics;

namespace LatchLab.Ledger;

/// <summary>
/// Trials that wait to be written. Any number of threads add; one takes all that there are, writes
/// them, and comes back for more. It holds a bounded number of
/// rows: whoever adds to a full one waits until they have been taken.
/// </summary>
/// <param name="mostRows">The bound; a single trial with more rows than that is let in when nothing else waits.</param>
internal sealed class TrialQueue(int mostRows)
{
    private readonly object gate = new();
    private List<RecordedTrial> waiting = [];
    private int rows;
    private bool isFull;
    private bool isBeingWritten;
    private bool ended;
    private Exception? failure;

    /// <summary>Adds a trial, as soon as there is room.</summary>
    /// <exception cref="IOException">Those before it could not be written.</exception>
    public void Add(in RecordedTrial trial)
    {
        lock (gate)
        {
            while (rows > 0 && rows + trial.Rows > mostRows && failure is null)
            {
                if (!isFull)
                {
                    isFull = true;
                    Monitor.PulseAll(gate);
                }

                Monitor.Wait(gate);
            }

            ThrowIfFailed();
            if (ended)
                throw new InvalidOperationException("The ledger is complete.");
            waiting.Add(trial);
            rows += trial.Rows;
        }
    }

    /// <summary>
    /// Takes what has been added: once it is full or has ended, and otherwise after some time, even if that is nothing.
    /// </summary>
    /// <param name="batch">A list for the queue to go on with; replaced by the trials.</param>
    /// <param name="patience">How long to wait.</param>
    /// <returns>False if nothing will come after these.</returns>
    public bool Take(ref List<RecordedTrial> batch, TimeSpan patience)
    {
        batch.Clear();
        long begin = Stopwatch.GetTimestamp();
        lock (gate)
        {
            isBeingWritten = false;
            Monitor.PulseAll(gate);
            while (!isFull && !ended)
            {
                TimeSpan left = patience - Stopwatch.GetElapsedTime(begin);
                if (left <= TimeSpan.Zero || !Monitor.Wait(gate, left))
                    break;
            }

            (waiting, batch) = (batch, waiting);
            (rows, isFull, isBeingWritten) = (0, false, batch.Count > 0);
            Monitor.PulseAll(gate);
            return !ended;
        }
    }

    /// <summary>Waits until everything that was added has been written.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Flush()
    {
        lock (gate)
        {
            while ((rows > 0 || isBeingWritten) && failure is null)
            {
                isFull = rows > 0;
                Monitor.PulseAll(gate);
                Monitor.Wait(gate);
            }
        }

        ThrowIfFailed();
    }

    /// <summary>Nothing more will be added.</summary>
    public void End()
    {
        lock (gate)
        {
            ended = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>What was taken could not be written: whoever adds or waits is told.</summary>
    public void Fail(Exception reason)
    {
        lock (gate)
        {
            failure ??= reason;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Throws if anything could not be written.</summary>
    /// <exception cref="IOException">It says why.</exception>
    public void ThrowIfFailed()
    {
        if (failure is not null)
            throw new IOException(failure.Message, failure);
    }
}
