namespace LatchLab.Benchmarks;

/// <summary>A fixed piece of work that can be done again and again, with all its memory allocated before.</summary>
internal interface IWorkload
{
    /// <summary>Does the work once.</summary>
    void Do();
}
