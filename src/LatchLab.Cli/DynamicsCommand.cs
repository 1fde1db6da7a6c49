using System.CommandLine;

namespace LatchLab.Cli;

/// <summary><c>latchlab dynamics</c>: the theory of Sections III and IV, asked of a neuron or of a network.</summary>
internal static class DynamicsCommand
{
    public static Command Create()
        => new("dynamics", "The theory of Sections III and IV, computed.")
        {
            NeuronCommand.Create(),
            NetworkCommand.Create(),
            OrbitCommand.Create(),
            GradientTermsCommand.Create(),
            CheckCommand.Create(),
        };
}
