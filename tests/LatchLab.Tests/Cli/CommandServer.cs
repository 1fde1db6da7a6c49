using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>
/// The program in processes that stay (tests/LatchLab.CommandServer): most of the time of a small command is that of
/// starting a process and compiling, so tests that do not ask for a process of their own share these. They end with
/// the tests, when their standard input does.
/// </summary>
internal sealed class CommandServer
{
    private static readonly ConcurrentBag<CommandServer> Idle = [];

    private readonly Process _process;

    private CommandServer()
    {
        var start = new ProcessStartInfo(
            Sandbox.Host, [Path.Combine(AppContext.BaseDirectory, "LatchLab.CommandServer.dll")])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        _process = Process.Start(start)!;
    }

    /// <summary>Runs a command line in a folder, on a process that does nothing else meanwhile.</summary>
    public static Ended Run(string folder, string[] words)
    {
        CommandServer server = Idle.TryTake(out CommandServer? idle) ? idle : new CommandServer();
        Ended ended = server.Answer([folder, .. words]);
        Idle.Add(server);
        return ended;
    }

    private Ended Answer(string[] request)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        _process.StandardInput.Flush();
        string? answer = _process.StandardOutput.ReadLine();
        Assert.True(answer is not null, $"the program ended the process: {string.Join(' ', request)}");
        string[] parts = JsonSerializer.Deserialize<string[]>(answer)!;
        return new(int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), parts[1], parts[2]);
    }
}
