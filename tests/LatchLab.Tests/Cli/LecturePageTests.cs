using System.Text.RegularExpressions;
using LatchLab.Tests.Architecture;
using SkiaSharp;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>
/// The commands of docs/how-to/lecture.md run as they are written, and each draws the picture beside it.
/// </summary>
public sealed partial class LecturePageTests : IDisposable
{
    private const int MaximumPictureBytes = 150_000;

    private static readonly string Folder = Path.Combine(Repository.Root, "docs");

    private static readonly string Page = File.ReadAllText(Path.Combine(Folder, "how-to", "lecture.md"));

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
        SlowTests.SkipUnlessRequested();
        string command = CommandPattern().Matches(Page).Single(match => match.Groups[2].Value == name).Groups[1].Value;
        CommandResult result = _sandbox.Run(command);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        string figure = Regex.Match(Page, $"`lecture/{name}/figures/([a-z]+)\\.png`").Groups[1].Value;
        foreach (string theme in (string[])["", "-dark"])
        {
            string picture = Path.Combine(Folder, "images", $"lecture-{name}{theme}.png");
            Assert.InRange(new FileInfo(picture).Length, 1, MaximumPictureBytes);
            AssertSamePicture(picture, _sandbox.Below($"lecture/{name}/figures/{figure}{theme}.png"));
            Assert.Contains($"images/lecture-{name}{theme}.png", Page, StringComparison.Ordinal);
        }
    }

    /// <summary>
    /// Other processors round the edges of lines differently, by a few of 255 levels: a thousandth of the pixels may
    /// differ by more. A curve in another place changes several thousands of a million and a half.
    /// </summary>
    private static void AssertSamePicture(string expectedFile, string actualFile)
    {
        using SKBitmap expected = SKBitmap.Decode(expectedFile), actual = SKBitmap.Decode(actualFile);
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        int different = expected.Pixels.Zip(actual.Pixels).Count(pair => IsDifferent(pair.First, pair.Second));
        Assert.True(different <= expected.Pixels.Length / 1000, $"{different} pixels of {expectedFile} differ");

        static bool IsDifferent(SKColor first, SKColor second)
            => Math.Abs(first.Red - second.Red) > 16 || Math.Abs(first.Green - second.Green) > 16
                || Math.Abs(first.Blue - second.Blue) > 16;
    }

    [GeneratedRegex("^latchlab (.*--out lecture/([a-z]+))$", RegexOptions.Multiline)]
    private static partial Regex CommandPattern();
}
