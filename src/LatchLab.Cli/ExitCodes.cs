namespace LatchLab.Cli;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCodes
{
    /// <summary>The command succeeded.</summary>
    public const int Success = 0;

    /// <summary>The program or the machine failed: for example, the disk is full.</summary>
    public const int Failure = 1;

    /// <summary>The input is invalid.</summary>
    public const int InvalidInput = 2;

    /// <summary>A condition that the user set has failed: <c>diagnose --fail-on</c>.</summary>
    public const int FailedCheck = 3;

    /// <summary>Ended by SIGHUP: the terminal was closed.</summary>
    public const int HungUp = 129;

    /// <summary>Ended by Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM.</summary>
    public const int Terminated = 143;
}
