using LatchLab.Cli;

return CommandLine.Run(
    "LatchLab reproduces the 1994 paper of Bengio, Simard and Frasconi, “Learning Long-Term Dependencies with " +
    "Gradient Descent is Difficult”: it recomputes the figures and tests the claims.",
    () =>
    [
        ReproduceCommand.Create(),
        TrainCommand.Create(),
        RunCommand.Create(),
        StatusCommand.Create(),
        ReportCommand.Create(),
        ExportCommand.Create(),
        MergeCommand.Create(),
        SlurmCommand.Create(),
        TuneCommand.Create(),
        DynamicsCommand.Create(),
        GradientsCommand.Create(),
        BenchCommand.Create(),
    ],
    args);
