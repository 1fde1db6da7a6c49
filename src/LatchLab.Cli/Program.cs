using LatchLab.Cli;

return CommandLine.Run(
    "Learning long-term dependencies with gradient descent is difficult: the 1994 paper of Bengio, Simard and " +
    "Frasconi, running. Its figures are computed anew and its claims judged.",
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
