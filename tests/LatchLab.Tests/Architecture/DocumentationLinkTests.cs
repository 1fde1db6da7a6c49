using System.Text.RegularExpressions;
using Xunit;

namespace LatchLab.Tests.Architecture;

/// <summary>
/// Every relative link of a Markdown page leads to a file, and its anchor to a heading of that file; every page that a
/// source file or a help text names exists. External addresses are not visited.
/// </summary>
public sealed partial class DocumentationLinkTests
{
    /// <summary>The pages of the repository, as paths from its root.</summary>
    public static TheoryData<string> Pages { get; } = new(FilesWith(".md"));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_relative_link_leads_to_a_file_and_a_heading(string page)
    {
        string file = Path.Combine(Repository.Root, page);
        string text = CodeBlock().Replace(File.ReadAllText(file), "");
        string[] targets = [.. Link().Matches(text).Select(match => match.Groups["target"].Value)];
        Assert.All(
            targets.Where(target => !Address().IsMatch(target)),
            target => Assert.True(Exists(file, target), $"{page}: {target}"));
    }

    [Fact]
    public void Every_page_that_the_sources_name_exists()
        => Assert.Empty(
            from file in FilesWith(".cs", ".md", ".toml", ".csproj")
            from Match page in NamedPage().Matches(File.ReadAllText(Path.Combine(Repository.Root, file)))
            where !File.Exists(Path.Combine(Repository.Root, page.Value))
            select $"{file}: {page.Value}");

    [Theory]
    [InlineData("What `--json` prints", "what---json-prints")]
    [InlineData("Eq. (4): how far back the gradient reaches", "eq-4-how-far-back-the-gradient-reaches")]
    [InlineData("Quasi-periodic, chaotic or undecided", "quasi-periodic-chaotic-or-undecided")]
    public void A_heading_has_the_anchor_that_GitHub_gives_it(string heading, string anchor)
        => Assert.Equal(anchor, Anchor(heading));

    private static bool Exists(string page, string target)
    {
        string[] parts = target.Split('#', 2);
        string file = parts[0] == "" ? page
            : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(parts[0])));
        return parts.Length == 1 ? Path.Exists(file) : File.Exists(file) && Anchors(file).Contains(parts[1]);
    }

    private static IEnumerable<string> Anchors(string file)
        => Heading().Matches(CodeBlock().Replace(File.ReadAllText(file), ""))
            .Select(match => Anchor(match.Groups["text"].Value.Trim()));

    private static string Anchor(string heading)
        => NotInAnchor().Replace(heading, "").Replace(' ', '-').ToLowerInvariant();

    private static IEnumerable<string> FilesWith(params string[] extensions)
        => Directory.EnumerateFiles(Repository.Root, "*", SearchOption.AllDirectories)
            .Where(file => extensions.Contains(Path.GetExtension(file)))
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(
                part => part is "bin" or "obj" or "artifacts" or "_site" || part.StartsWith('.')));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|(?:src|srcset|href)=""(?<target>[^""]+)""")]
    private static partial Regex Link();

    [GeneratedRegex("^[a-z]+:")]
    private static partial Regex Address();

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("^#+ (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{Nd} _-]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"\bdocs/[a-z/-]+\.md\b")]
    private static partial Regex NamedPage();
}
