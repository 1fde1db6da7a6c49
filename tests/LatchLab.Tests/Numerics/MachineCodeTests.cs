using System.Text.RegularExpressions;
using LatchLab.Numerics;
using LatchLab.Tests.Cli;
using Xunit;

namespace LatchLab.Tests.Numerics;

/// <summary>
/// The machine code of inner loops computes and calls nothing. The compiler stops to inline where a method grows too
/// long, and says nothing: the results are the same, and the time is several times as long.
/// </summary>
public sealed partial class MachineCodeTests
{
    private const string Loops = "Forward BackwardInStep Carry CarryThroughOpening OfBlocks Transform Compare Decided";

    [Theory]
    [InlineData("latch", "back-propagation")]
    [InlineData("two-sequence", "back-propagation")]
    [InlineData("parity", "back-propagation")]
    [InlineData("two-sequence", "pseudo-newton")]
    [InlineData("latch", "random-guessing")]
    [InlineData("parity", "simulated-annealing")]
    public void Inner_loops_call_no_operation_of_a_lane(string task, string learner)
    {
        Assert.SkipUnless(LaneKind.Wide256.IsSupported, "without vectors, operations are calls by nature");
        using var sandbox = new Sandbox();
        Ended ended = sandbox.RunAlone(
            $"train --task {task} --learner {learner} --length 8 --trials 4 --set presentations=60 --noise 0.1",
            ("DOTNET_JitDisasm", Loops),
            ("DOTNET_JitStdOutFile", sandbox.Below("listing.txt")));
        Assert.Equal((0, ""), (ended.ExitCode, ended.ExitCode == 0 ? "" : ended.Error));

        string[] methods = File.ReadAllText(sandbox.Below("listing.txt")).Split("; Assembly listing for method ");
        string[] onLanes = [.. methods.Where(method => OnLanes().IsMatch(FirstLine(method)))];
        Assert.Contains(onLanes, method => FirstLine(method).Contains(":Forward(", StringComparison.Ordinal));
        foreach (string method in onLanes)
        {
            Assert.Empty(
                from line in method.Split('\n')
                where CallOfOperation().IsMatch(line)
                select $"{FirstLine(method)}: {line.Trim()}");
        }
    }

    private static string FirstLine(string method) => method.Split('\n')[0];

    [GeneratedRegex(@"(Quad`1|Wide\d+)\b")]
    private static partial Regex OnLanes();

    [GeneratedRegex(@"\bcall\s+\[LatchLab\.(Numerics\.(Quad|Wide\d+|Elementary)|Networks\.(Derivatives|Units))\b")]
    private static partial Regex CallOfOperation();
}
