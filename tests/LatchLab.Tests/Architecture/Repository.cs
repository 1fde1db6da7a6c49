using System.Runtime.CompilerServices;

namespace LatchLab.Tests.Architecture;

/// <summary>The location of the sources from which these tests were built.</summary>
internal static class Repository
{
    /// <summary>The folder that contains the solution.</summary>
    public static string Root { get; } =
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));

    /// <summary>The text of a page of the documentation, named by its path in <c>docs</c>.</summary>
    public static string ReadPage(string path) => File.ReadAllText(Path.Combine(Root, "docs", path));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
