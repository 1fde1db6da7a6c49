using LatchLab.Foundation;
using LatchLab.Models;
using Xunit;

namespace LatchLab.Tests.Files;

/// <summary>Errors of an input file that are detected before its content is parsed.</summary>
public class InputFileTests
{
    private const string Network = "network", Sequence = "sequence";

    [Theory]
    [InlineData(Network)]
    [InlineData(Sequence)]
    public void A_missing_file_is_reported(string kind)
    {
        Assert.Equal("no/such.json: there is no such file", MessageOf(kind, "no/such.json"));
        Assert.Equal("no-such.json: there is no such file", MessageOf(kind, "no-such.json"));
        Assert.Equal("this is not a valid file name", MessageOf(kind, ""));
    }

    [Theory]
    [InlineData(Network)]
    [InlineData(Sequence)]
    public void A_directory_is_not_a_file(string kind)
    {
        using var file = new TemporaryFile([]);
        Assert.Equal($"{file.Folder}: is a directory; a file is needed", MessageOf(kind, file.Folder));
    }

    [Theory]
    [InlineData(Network)]
    [InlineData(Sequence)]
    public void An_empty_file_is_reported_as_empty(string kind)
    {
        Assert.Equal("file: is empty", MessageOf(kind, []));
        Assert.Equal("file: is empty", MessageOf(kind, " \r\n\t\n"u8));
        Assert.Equal("file: is empty", MessageOf(kind, [0xEF, 0xBB, 0xBF]));
    }

    [Theory]
    [InlineData(Network)]
    [InlineData(Sequence)]
    public void A_file_in_another_encoding_is_reported_with_the_line(string kind)
    {
        const string problem = "is not UTF-8 text; save the file with that encoding";
        Assert.Equal($"file:2: {problem}", MessageOf(kind, [(byte)'1', (byte)'\n', 0xE9]));
        Assert.Equal($"file:1: {problem}", MessageOf(kind, [0xFF, 0xFE, (byte)'1', 0]));
    }

    [Theory]
    [InlineData(Network)]
    [InlineData(Sequence)]
    public void A_file_that_another_program_has_locked_cannot_be_read(string kind)
    {
        using var file = new TemporaryFile("1"u8);
        using FileStream lockedFile = File.Open(file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(
            $"{file.Path}: the system cannot read this file; another program may have locked it",
            MessageOf(kind, file.Path));
    }

    [Theory]
    [InlineData(Network)]
    [InlineData(Sequence)]
    public void A_file_above_the_limit_is_not_read(string kind)
    {
        using var file = new TemporaryFile([]);
        using (FileStream stream = File.OpenWrite(file.Path))
            stream.SetLength((64L << 20) + 1);
        Assert.Equal(
            $"{file.Path}: is larger than the limit of 64 MiB; is it the intended file?", MessageOf(kind, file.Path));
    }

    private static string MessageOf(string kind, string path)
        => Assert.Throws<ValidationException>(
            object? () => kind == Network ? NetworkFile.Read(path) : InputSequenceFile.Read(path)).Message;

    private static string MessageOf(string kind, ReadOnlySpan<byte> content)
    {
        using var file = new TemporaryFile(content);
        return MessageOf(kind, file.Path).Replace(file.Path, "file", StringComparison.Ordinal);
    }
}
