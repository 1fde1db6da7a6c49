namespace LatchLab.KernelTiming;

/// <summary>A repeatable workload whose memory is allocated in advance.</summary>
public interface IPreparedWorkload
{
    /// <summary>Runs the workload once.</summary>
    void Run();
}
