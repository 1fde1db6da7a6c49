using System.Reflection;
using System.Text.Json;
using LatchLab.CommandServer;

// Each line on standard input is a JSON array of strings: the working directory, then the command-line arguments. The
// response is a line on standard output: a JSON array of the exit code, the standard output and the standard error of
// the command. Each command runs from the program's entry point.
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
    Environment.CurrentDirectory = initialFolder; // allows the test to delete the folder
    answers.WriteLine(JsonSerializer.Serialize(new[] { $"{exitCode}", output.TakeOutput(), error.TakeOutput() }));
}
