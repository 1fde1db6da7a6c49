using System.CommandLine;
using LatchLab.Cli;

return CommandLine.Run(
    () => new RootCommand("Learning long-term dependencies with gradient descent is difficult: the 1994 paper, running.")
    {
        ReproduceCommand.Create(),
        DynamicsCommand.Create(),
        GradientsCommand.Create(),
    },
    args);
