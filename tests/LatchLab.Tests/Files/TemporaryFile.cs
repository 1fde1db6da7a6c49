namespace LatchLab.Tests.Files;

/// <summary>A file for one test, in its own temporary folder.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");

    public TemporaryFile(ReadOnlySpan<byte> content)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "file");
        File.WriteAllBytes(Path, content);
    }

    public string Path { get; }

    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
