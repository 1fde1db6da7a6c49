using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Numerics;

/// <summary>
/// Results have the same bits on every processor. This test executable starts itself with instruction sets disabled.
/// The child process prints its checksums and its supported lane types and exits before any test runs.
/// </summary>
public class HardwareTests
{
    private const string PrintChecksums = "LATCHLAB_TESTS_PRINT_CHECKSUMS";

    private static string Checksums => string.Join(
        ' ',
        Lanes.Checksum<Scalar>(), Lanes.Checksum<Wide128>(), Lanes.Checksum<Wide256>(), Lanes.Checksum<Wide512>());

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "512")]
    [InlineData("DOTNET_EnableAVX2", "256")]
    [InlineData("DOTNET_EnableHWIntrinsic", "128")]
    public async Task Disabling_an_instruction_set_changes_no_bit(string variable, string disabledLane)
    {
        SlowTests.SkipUnlessRequested();
        string executable = Path.ChangeExtension(
            typeof(HardwareTests).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);
        var start = new ProcessStartInfo(executable) { RedirectStandardOutput = true };
        start.Environment[PrintChecksums] = "1";
        start.Environment[variable] = "0";
        using Process child = Process.Start(start)!;
        string printed = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        string[] lines = printed.Split('\n');
        Assert.Equal(Checksums, lines[0]);
        if (X86Base.IsSupported)
            Assert.DoesNotContain(disabledLane, lines[1..]); // the variable took effect in the child
    }

    [ModuleInitializer]
    internal static void PrintChecksumsIfRequested()
    {
        if (Environment.GetEnvironmentVariable(PrintChecksums) is null)
            return;
        string[] lines = [Checksums, .. LaneKind.All.Where(kind => kind.IsSupported).Select(kind => kind.Name)];
        Console.Out.Write(string.Join('\n', lines));
        Console.Out.Flush();
        Environment.Exit(0);
    }
}
