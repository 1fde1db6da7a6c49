using System.Buffers.Binary;

namespace LatchLab.Comparison.Implementations;

/// <summary>
/// TorchSharp with libtorch from NuGet. Its native library requires the libstdc++ of GCC 13 because of a single
/// function. On systems with an older libstdc++, a small library supplies that function, and the version requirement is
/// made weak in the copy in the build folder.
/// </summary>
internal sealed class TorchSharp() : Implementation("TorchSharp")
{
    private const string Folder = "peers/LatchLab.TorchPeer", Native = "runtimes/linux-x64/native/libLibTorchSharp.so";

    private readonly DotNetProject _project = new("TorchSharp", Folder, version: "");
    private IReadOnlyList<string> _environmentPrefix = [];

    public override string Version => ProcessResult.ReadFirstLine([.. CommandPrefix, "version"]) ?? "none";

    public override IReadOnlyList<string> CommandPrefix => [.. _environmentPrefix, .. _project.CommandPrefix];

    protected override string? Build()
    {
        _project.Prepare();
        if (_project.UnavailableReason is not null || Version != "none")
            return _project.UnavailableReason;
        if (OperatingSystem.IsLinux() && BuildCompatibilityLibrary() is { } library)
            _environmentPrefix = ["env", $"LD_PRELOAD={library}"];
        ProcessResult result = ProcessResult.Run(60, [.. CommandPrefix, "version"]);
        return result.ExitCode == 0 ? null : $"cannot be loaded: {result.Error.Split('\n')[0]}";
    }

    /// <summary>Builds the library with the missing function; null if that fails.</summary>
    private static string? BuildCompatibilityLibrary()
    {
        string source = Path.Combine(RepositoryFolders.Benchmarks, Folder, "older-libstdc++.cpp");
        string library = Path.Combine(ArtifactsFolder, "older-libstdc++.so");
        string native = Path.Combine(RepositoryFolders.Benchmarks, Folder, "bin", "Release", "net10.0", Native);
        if (!File.Exists(native)
            || ProcessResult.Run(60, "g++", "-shared", "-fPIC", "-o", library, source).ExitCode != 0)
            return null;
        byte[] bytes = File.ReadAllBytes(native);
        MakeVersionWeak(bytes, "GLIBCXX_3.4.32");
        File.WriteAllBytes(native, bytes);
        return library;
    }

    /// <summary>
    /// Sets the flag VER_FLG_WEAK in a version requirement (Elf64_Vernaux: hash of its name, 4 bytes; flags, 2; …): the
    /// loader then accepts a missing version.
    /// </summary>
    private static void MakeVersionWeak(Span<byte> file, string version)
    {
        Span<byte> hash = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(hash, ElfHash(version));
        for (int offset = file.IndexOf(hash); offset >= 0;)
        {
            Span<byte> flags = file.Slice(offset + hash.Length, 2);
            if (flags is [0, 0])
                flags[0] = 2;
            int next = file[(offset + 1)..].IndexOf(hash);
            offset = next < 0 ? -1 : offset + 1 + next;
        }
    }

    /// <summary>The hash of names in the System V ABI.</summary>
    private static uint ElfHash(string name)
    {
        uint hash = 0;
        foreach (char letter in name)
        {
            hash = unchecked((hash << 4) + letter);
            uint high = hash & 0xF000_0000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        return hash;
    }
}
