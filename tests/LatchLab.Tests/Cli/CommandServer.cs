using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>
/// The program in long-running processes (tests/LatchLab.CommandServer). Small commands spend most of their time on
/// process start and compilation, so tests that do not need a separate process share these. They end with the tests,
/// when their standard input closes.
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

    /// <summary>Runs a command line in a folder, on a process that is otherwise idle.</summary>
    public static CommandResult Run(string folder, string[] arguments)
    {
        CommandServer server = Idle.TryTake(out CommandServer? idle) ? idle : new CommandServer();
        CommandResult result = server.Answer([folder, .. arguments]);
        Idle.Add(server);
        return result;
    }

    private CommandResult Answer(string[] request)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        _process.StandardInput.Flush();
        string? answer = _process.StandardOutput.ReadLine();
        Assert.True(answer is not null, $"the program ended the process: {string.Join(' ', request)}");
        string[] parts = JsonSerializer.Deserialize<string[]>(answer)!;
        return new(int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), parts[1], parts[2]);
    }
}
