namespace LatchLab.Cli;

/// <summary>What the process says to its caller.</summary>
internal static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>A failure of ours or of the machine: a full disk, say.</summary>
    public const int Failure = 1;

    /// <summary>What the user gave is wrong.</summary>
    public const int InvalidInput = 2;

    /// <summary>Ended because its terminal was closed.</summary>
    public const int HungUp = 129;

    /// <summary>Ended by Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM.</summary>
    public const int Terminated = 143;
}
