using System.Buffers.Binary;

namespace LatchLab.Comparison.Contestants;

/// <summary>
/// TorchSharp with libtorch from NuGet. Its native half asks for a libstdc++ of GCC 13 because of a single function; on
/// systems with an older one that function is supplied, and the demand for the version made a wish, in the copy that
/// was built here.
/// </summary>
internal sealed class TorchSharp() : Contestant("TorchSharp")
{
    private const string Folder = "peers/LatchLab.TorchPeer", Native = "runtimes/linux-x64/native/libLibTorchSharp.so";

    private readonly DotNetProject project = new("TorchSharp", Folder, version: "");
    private IReadOnlyList<string> before = [];

    public override string Version => Child.FirstLine([.. Command, "version"]) ?? "none";

    public override IReadOnlyList<string> Command => [.. before, .. project.Command];

    protected override string? Build()
    {
        project.Prepare();
        if (project.Missing is not null || Version != "none")
            return project.Missing;
        if (OperatingSystem.IsLinux() && SupplyFunction() is { } library)
            before = ["env", $"LD_PRELOAD={library}"];
        Child child = Child.Run(60, [.. Command, "version"]);
        return child.ExitCode == 0 ? null : $"does not load: {child.Error.Split('\n')[0]}";
    }

    /// <summary>The library with the function; null if that could not be done.</summary>
    private static string? SupplyFunction()
    {
        string source = Path.Combine(Folders.Benchmarks, Folder, "older-libstdc++.cpp");
        string library = Path.Combine(Artifacts, "older-libstdc++.so");
        string native = Path.Combine(Folders.Benchmarks, Folder, "bin", "Release", "net10.0", Native);
        if (!File.Exists(native) || Child.Run(60, "g++", "-shared", "-fPIC", "-o", library, source).ExitCode != 0)
            return null;
        byte[] bytes = File.ReadAllBytes(native);
        MakeWish(bytes, "GLIBCXX_3.4.32");
        File.WriteAllBytes(native, bytes);
        return library;
    }

    /// <summary>
    /// Sets the flag VER_FLG_WEAK in the demand for a version (Elf64_Vernaux: hash of its name, 4 bytes; flags, 2; …):
    /// the loader then goes on where there is none.
    /// </summary>
    private static void MakeWish(Span<byte> file, string version)
    {
        Span<byte> hash = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(hash, ElfHash(version));
        for (int at = file.IndexOf(hash); at >= 0;)
        {
            Span<byte> flags = file.Slice(at + hash.Length, 2);
            if (flags is [0, 0])
                flags[0] = 2;
            int next = file[(at + 1)..].IndexOf(hash);
            at = next < 0 ? -1 : at + 1 + next;
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
