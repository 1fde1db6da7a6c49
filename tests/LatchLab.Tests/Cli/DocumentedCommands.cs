using System.Text.RegularExpressions;
using LatchLab.Tests.Architecture;

namespace LatchLab.Tests.Cli;

/// <summary>
/// The command lines of the documentation: in code blocks of Markdown pages and in the comments of example sweeps.
/// </summary>
internal static partial class DocumentedCommands
{
    /// <summary>The pages and sweeps that have such a command line, as paths from the root of the repository.</summary>
    public static IEnumerable<string> Pages
        => Files().Where(page => Lines(page).Any());

    /// <summary>
    /// The arguments of <c>latchlab</c> in each command line of the code blocks, in order, continued lines joined.
    /// </summary>
    public static IEnumerable<string> Lines(string page)
        => Blocks(page).SelectMany(block => Command().Matches(Continuation().Replace(block, " "))
            .Select(match => Spaces().Replace(match.Groups["arguments"].Value.Trim(), " ")));

    /// <summary>The options of each command line inside a sentence, with the command that they belong to.</summary>
    public static IEnumerable<string> InlineLines(string page)
        => InlineCode().Matches(CodeBlock().Replace(Read(page), ""))
            .Select(match => Spaces().Replace(match.Groups["arguments"].Value, " "));

    /// <summary>The code blocks of a page; of a sweep its comment.</summary>
    public static IEnumerable<string> Blocks(string page)
        => page.EndsWith(".toml", StringComparison.Ordinal)
            ? [string.Join('\n', Read(page).Split('\n').Where(line => line.StartsWith('#')).Select(line => line[1..]))]
            : CodeBlock().Matches(Read(page)).Select(match => match.Groups["text"].Value);

    private static string Read(string page)
        => File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n");

    private static IEnumerable<string> Files()
        => Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "examples", "sweeps"), "*.toml"))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Prepend("README.md")
            .Order(StringComparer.Ordinal);

    [GeneratedRegex("^```[a-z ]*\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\\\n#? *")]
    private static partial Regex Continuation();

    [GeneratedRegex(
        @"(?:^|[\s(])(?:latchlab|dotnet run -c Release --project src/LatchLab\.Cli --) (?<arguments>[a-z][^#\n)]*)",
        RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("`latchlab (?<arguments>[^`]+)`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
