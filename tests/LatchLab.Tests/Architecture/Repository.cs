using System.Runtime.CompilerServices;

namespace LatchLab.Tests.Architecture;

/// <summary>The location of the sources from which these tests were built.</summary>
internal static class Repository
{
    /// <summary>The folder that contains the solution.</summary>
    public static string Root { get; } =
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
