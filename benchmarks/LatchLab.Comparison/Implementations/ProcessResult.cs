using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace LatchLab.Comparison.Implementations;

/// <summary>The output and the exit code of a program.</summary>
/// <param name="ExitCode">Its exit code; null if it could not be started or timed out.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error, or why it did not complete.</param>
internal sealed record ProcessResult(int? ExitCode, string Output, string Error)
{
    /// <summary>The last line of standard error, where most programs report the error.</summary>
    public string LastErrorLine => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault("").Trim();

    /// <summary>Runs a program and waits until it exits.</summary>
    /// <param name="seconds">The timeout.</param>
    /// <param name="command">The program and its arguments.</param>
    public static ProcessResult Run(double seconds, params IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment["BENCHMARK_STARTED"] = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds
            .ToString("F6", CultureInfo.InvariantCulture);
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(TimeSpan.FromSeconds(seconds)))
            {
                process.Kill(entireProcessTree: true);
                return new(null, "", $"timed out after {seconds} s");
            }

            return new(process.ExitCode, output.Result, error.Result);
        }
        catch (Win32Exception e)
        {
            return new(null, "", e.Message);
        }
    }

    /// <summary>The first line of a program's output; null if it fails or cannot be started.</summary>
    public static string? ReadFirstLine(params IReadOnlyList<string> command)
    {
        ProcessResult result = Run(seconds: 60, command);
        return result.ExitCode == 0 ? result.Output.Split('\n')[0].Trim() : null;
    }
}
