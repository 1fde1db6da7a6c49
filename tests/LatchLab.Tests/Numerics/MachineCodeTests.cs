using System.Text.RegularExpressions;
using LatchLab.Numerics;
using LatchLab.Tests.Cli;
using Xunit;

namespace LatchLab.Tests.Numerics;

/// <summary>
/// The machine code of the inner loops contains no calls to methods of a lane, a network or a unit. The JIT compiler
/// stops inlining silently when a method grows too large: the results stay the same, but the run time multiplies.
/// </summary>
public sealed partial class MachineCodeTests
{
    [Theory]
    [InlineData("latch", "back-propagation", "Forward SumToPrefix SumThroughPrefix AssignGradients Evaluate")]
    [InlineData("two-sequence", "back-propagation", "Forward SumToPrefix SumThroughPrefix SumBackward Evaluate")]
    [InlineData("parity", "back-propagation",
        "Forward SumToPrefix SumThroughPrefix SumBackward SumHiddenGradients SumOutputGradients Evaluate")]
    [InlineData("two-sequence", "pseudo-newton", "Forward BackwardToPrefix Evaluate")]
    [InlineData("two-sequence", "time-weighted-pseudo-newton", "Forward BackwardToPrefix EvaluateBound")]
    [InlineData("latch", "pseudo-newton", "Forward BackwardToPrefix Evaluate EvaluateBound")]
    [InlineData("latch", "time-weighted-pseudo-newton", "Forward BackwardToPrefix EvaluateBound Take")]
    [InlineData("parity", "pseudo-newton", "Forward BackwardToPrefix Evaluate EvaluateBound")]
    [InlineData("parity", "time-weighted-pseudo-newton", "Forward BackwardToPrefix EvaluateBound Take")]
    [InlineData("latch", "discrete-error-propagation", "Forward BackwardToPrefix Evaluate")]
    [InlineData("two-sequence", "discrete-error-propagation", "Forward BackwardToPrefix Evaluate")]
    [InlineData("latch", "forward-propagation", "PropagateSensitivities Evaluate")]
    [InlineData("two-sequence", "forward-propagation", "PropagateSensitivities Evaluate")]
    [InlineData("parity", "forward-propagation", "PropagateSensitivities Evaluate")]
    [InlineData("latch", "curriculum", "Forward SumToPrefix Evaluate")]
    [InlineData("two-sequence", "multigrid-random-search", "Forward Evaluate ComputeDecided")]
    [InlineData("two-sequence", "simulated-annealing", "Forward Evaluate ComputeDecided")]
    [InlineData("parity", "discrete-error-propagation", "Forward BackwardToPrefix Evaluate Interleave")]
    [InlineData("latch", "random-guessing", "Forward Evaluate ComputeDecided")]
    [InlineData("parity", "simulated-annealing", "Forward Evaluate ComputeDecided")]
    public void Inner_loops_do_not_call_lane_or_network_methods(string task, string learner, string loops)
        => AssertNoCalls(
            $"train --task {task} --learner {learner} --length 8 --trials 4 --set presentations=60 --noise 0.1", loops);

    [Fact]
    public void Drawing_normal_numbers_does_not_call_lane_methods()
        => AssertNoCalls($"reproduce --out report {Sandbox.TinyOnly("figure-2a")}", "FillGaussiansPerVector Transform");

    private static void AssertNoCalls(string command, string loops)
    {
        SlowTests.SkipUnlessRequested();
        Assert.SkipUnless(LaneKind.Wide256.IsSupported, "without hardware vectors, every lane operation is a call");
        using var sandbox = new Sandbox();
        CommandResult result = sandbox.RunAlone(
            command, ("DOTNET_JitDisasm", loops), ("DOTNET_JitStdOutFile", sandbox.Below("listing.txt")));
        Assert.Equal((0, ""), (result.ExitCode, result.ExitCode == 0 ? "" : result.Error));

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

    [GeneratedRegex(@"(Unrolled4`1|Wide\d+)\b")]
    private static partial Regex OnLanes();

    [GeneratedRegex(@"\bcall\s+\[LatchLab\.")]
    private static partial Regex Call();

    /// <summary>Calls before the loops, once per step of all bundles, or once per bundle.</summary>
    [GeneratedRegex(@"BackpropagationThroughTime`2\[.*\]:(BeginForward|KeepInitialStateBeforeStart|MaskBeforeStart)\b" +
        @"|BackpropagationThroughTime`2\[.*\]:(HasUnderflowed|AdjointAt|UniformsAt|FlushToZero|FindLatestStart)\b" +
        @"|LaneMemory`1\[.*\]:Slice|RealTimeRecurrentLearning`2\[.*\]:(SensitivitiesOf|MaskBeforeStart)\b" +
        @"|:(SumBackward|SumHiddenGradients|SumOutputGradients|AssignGradients|AddGradientTerms|Transform)\[" +
        @"|Learner`1\[.*\]:Output|:get_|Adjoint`1\[.*\]:\.ctor|OutputLoss`1\[.*\]:Evaluate(Sign|LastStep|Steps)\b")]
    private static partial Regex OncePerStep();
}
