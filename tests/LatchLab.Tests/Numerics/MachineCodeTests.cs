using System.Text.RegularExpressions;
using LatchLab.Numerics;
using LatchLab.Tests.Cli;
using Xunit;

namespace LatchLab.Tests.Numerics;

/// <summary>
/// The machine code of inner loops computes and calls nothing of a lane, a network or a unit. The compiler stops to
/// inline where a method grows too long, and says nothing: the results are the same, and the time is several times as
/// long.
/// </summary>
public sealed partial class MachineCodeTests
{
    [Theory]
    [InlineData("latch", "back-propagation", "Forward Carry CarryThroughOpening Compare")]
    [InlineData("two-sequence", "back-propagation", "Forward BackwardInStep Compare")]
    [InlineData("parity", "back-propagation", "Forward BackwardInStep Compare")]
    [InlineData("two-sequence", "pseudo-newton", "Forward BackwardInStep Compare")]
    [InlineData("latch", "random-guessing", "Forward Compare Decided")]
    [InlineData("parity", "simulated-annealing", "Forward Compare Decided")]
    public void Inner_loops_call_nothing_of_a_lane_or_a_network(string task, string learner, string loops)
        => AssertCallsNothing(
            $"train --task {task} --learner {learner} --length 8 --trials 4 --set presentations=60 --noise 0.1", loops);

    [Fact]
    public void Drawing_normal_numbers_calls_nothing_of_a_lane()
        => AssertCallsNothing($"reproduce --only figure-2a --out report {Sandbox.Tiny}", "OfBlocks Transform");

    private static void AssertCallsNothing(string command, string loops)
    {
        Assert.SkipUnless(LaneKind.Wide256.IsSupported, "without vectors, operations are calls by nature");
        using var sandbox = new Sandbox();
        Ended ended = sandbox.RunAlone(
            command, ("DOTNET_JitDisasm", loops), ("DOTNET_JitStdOutFile", sandbox.Below("listing.txt")));
        Assert.Equal((0, ""), (ended.ExitCode, ended.ExitCode == 0 ? "" : ended.Error));

        string[] methods =
        [
            .. File.ReadAllText(sandbox.Below("listing.txt")).Split("; Assembly listing for method ")
                .Where(method => OnLanes().IsMatch(FirstLine(method))),
        ];
        foreach (string loop in loops.Split(' '))
            Assert.Contains(methods, method => Regex.IsMatch(FirstLine(method), $@":{loop}[\[(]"));
        foreach (string method in methods)
        {
            Assert.Empty(
                from line in method.Split('\n')
                where Call().IsMatch(line) && !OncePerStep().IsMatch(line)
                select $"{FirstLine(method)}: {line.Trim()}");
        }
    }

    private static string FirstLine(string method) => method.Split('\n')[0];

    [GeneratedRegex(@"(Quad`1|Wide\d+)\b")]
    private static partial Regex OnLanes();

    [GeneratedRegex(@"\bcall\s+\[LatchLab\.")]
    private static partial Regex Call();

    /// <summary>What is done before the loops, or once for a step of all bundles, or once for a bundle.</summary>
    [GeneratedRegex(@"Unfolding`2\[.*\]:(Begin|KeepWaiting|Silence|HasFaded|SignalAt|UniformsAt)\b" +
        @"|LaneMemory`1\[.*\]:Row|:(CarryThroughOpening|GiveToClasses|Transform)\[|Learner`1\[.*\]:Output|:get_" +
        @"|Signal`1\[.*\]:\.ctor|OutputComparison`1\[.*\]:Compare(Sign|Targets)\b")]
    private static partial Regex OncePerStep();
}
