namespace LatchLab.Ledger.Folders;

/// <summary>What has become of a run.</summary>
public enum RunState
{
    /// <summary>It goes on, or was killed without a word.</summary>
    Running,

    /// <summary>Every trial is there.</summary>
    Finished,

    /// <summary>It was ended before; it goes on when it is started again.</summary>
    Interrupted,

    /// <summary>It was ended by a mistake or a failure of the machine.</summary>
    Failed,
}
