namespace LatchLab.KernelTiming;

/// <summary>A fixed piece of work that can be done again and again, with all its memory allocated before.</summary>
public interface IPreparedWorkload
{
    /// <summary>Does the work once.</summary>
    void Run();
}
