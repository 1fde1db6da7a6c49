using System.Runtime.CompilerServices;
using LatchLab.Cli;

// Where the system gives no more files or memory, an assembly cannot be loaded or a thread cannot start: one sentence
// even then, without a stack trace.
AppDomain.CurrentDomain.UnhandledException += (_,
    failure) => Environment.Exit(LastResort.Report(failure.ExceptionObject));
try
{
    LastResort.OccupyClosedStreams();
    return Run(args);
}
catch (Exception exception)
{
    return LastResort.Report(exception);
}

[MethodImpl(MethodImplOptions.NoInlining)]
static int Run(string[] args) => CommandLine.Run(
    "LatchLab reproduces the 1994 paper of Bengio, Simard and Frasconi, “Learning Long-Term Dependencies with " +
    "Gradient Descent is Difficult”: it recomputes the figures and tests the claims.",
    () =>
    [
        ReproduceCommand.Create(),
        TrainCommand.Create(),
        DiagnoseCommand.Create(),
        PredictCommand.Create(),
        ConvertCommand.Create(),
        RunCommand.Create(),
        StatusCommand.Create(),
        ReportCommand.Create(),
        ExportCommand.Create(),
        MergeCommand.Create(),
        SlurmCommand.Create(),
        TuneCommand.Create(),
        MemoryCommand.Create(),
        PowerCommand.Create(),
        DynamicsCommand.Create(),
        GradientsCommand.Create(),
        BenchCommand.Create(),
        CompletionCommand.Create(),
        CompletionCommand.CreateHidden(),
    ],
    args);
