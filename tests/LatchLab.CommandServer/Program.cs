using System.Reflection;
using System.Text.Json;
using LatchLab.CommandServer;

// A line on standard input is a JSON array of strings: the folder to be in, then the words of a command line. The
// answer is a line on standard output: the exit code, and what the program has printed on standard output and standard
// error. The program is the whole of it, from its entry point on.
MethodInfo entryPoint = Assembly.Load("latchlab").EntryPoint!;
string initialFolder = Environment.CurrentDirectory;
using var answers = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
using var requests = new StreamReader(Console.OpenStandardInput());
var output = new CapturedConsole();
var error = new CapturedConsole();
Console.SetOut(output);
Console.SetError(error);
while (requests.ReadLine() is { } request)
{
    string[] arguments = JsonSerializer.Deserialize<string[]>(request)!;
    Environment.CurrentDirectory = arguments[0];
    object exitCode = entryPoint.Invoke(null, [arguments[1..]])!;
    Environment.CurrentDirectory = initialFolder; // so that the folder can be deleted
    answers.WriteLine(JsonSerializer.Serialize(new[] { $"{exitCode}", output.TakeOutput(), error.TakeOutput() }));
}
