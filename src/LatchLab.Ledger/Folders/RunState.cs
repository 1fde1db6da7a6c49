namespace LatchLab.Ledger.Folders;

/// <summary>The state of a run.</summary>
public enum RunState
{
    /// <summary>The run is in progress, or was killed.</summary>
    Running,

    /// <summary>Every trial is complete.</summary>
    Finished,

    /// <summary>The run was stopped early; it resumes when it is started again.</summary>
    Interrupted,

    /// <summary>The run was stopped by an error.</summary>
    Failed,
}
