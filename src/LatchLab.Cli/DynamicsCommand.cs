using System.CommandLine;

namespace LatchLab.Cli;

/// <summary><c>latchlab dynamics</c>: the theory of Sections III and IV, applied to a neuron or a network.</summary>
internal static class DynamicsCommand
{
    public static Command Create()
        => new("dynamics", "Apply the theory of Sections III and IV to a neuron or a network.")
        {
            NeuronCommand.Create(),
            NetworkCommand.Create(),
            OrbitCommand.Create(),
            BifurcationCommand.Create(),
            GradientTermsCommand.Create(),
            CheckCommand.Create(),
        };
}
