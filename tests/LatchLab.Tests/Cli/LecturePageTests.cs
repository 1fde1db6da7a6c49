using System.Text.RegularExpressions;
using LatchLab.Tests.Architecture;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>
/// The commands of docs/lecture.md run as they are written, and each draws the picture beside it to the byte.
/// </summary>
public sealed partial class LecturePageTests : IDisposable
{
    private const int MaximumPictureBytes = 150_000;

    private static readonly string Folder = Path.Combine(Repository.Root, "docs");

    private static readonly string Page = File.ReadAllText(Path.Combine(Folder, "lecture.md"));

    private readonly Sandbox _sandbox = new();

    public LecturePageTests()
    {
        foreach (string folder in (string[])["networks", "sequences"])
        {
            foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, "examples", folder)))
                _sandbox.Write($"examples/{folder}/{Path.GetFileName(file)}", File.ReadAllText(file));
        }
    }

    public static TheoryData<string> Names
        => [.. CommandPattern().Matches(Page).Select(match => match.Groups[2].Value)];

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void The_page_has_five_commands_with_a_picture_each()
    {
        Assert.Equal(5, Names.Count);
        Assert.Equal(
            Names.Select(row => row.Data)
                .SelectMany(name => (string[])[$"lecture-{name}-dark.png", $"lecture-{name}.png"])
                .Order(StringComparer.Ordinal),
            Directory.GetFiles(Path.Combine(Folder, "images"), "lecture-*").Select(file => Path.GetFileName(file)!)
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_command_draws_its_picture(string name)
    {
        string command = CommandPattern().Matches(Page).Single(match => match.Groups[2].Value == name).Groups[1].Value;
        CommandResult result = _sandbox.Run(command);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        string figure = Regex.Match(Page, $"`lecture/{name}/figures/([a-z]+)\\.png`").Groups[1].Value;
        foreach (string theme in (string[])["", "-dark"])
        {
            byte[] expected = File.ReadAllBytes(Path.Combine(Folder, "images", $"lecture-{name}{theme}.png"));
            Assert.InRange(expected.Length, 1, MaximumPictureBytes);
            Assert.True(
                expected.AsSpan().SequenceEqual(
                    File.ReadAllBytes(_sandbox.Below($"lecture/{name}/figures/{figure}{theme}.png"))),
                $"docs/images/lecture-{name}{theme}.png is not what the command draws");
            Assert.Contains($"images/lecture-{name}{theme}.png", Page, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("^latchlab (.*--out lecture/([a-z]+))$", RegexOptions.Multiline)]
    private static partial Regex CommandPattern();
}
