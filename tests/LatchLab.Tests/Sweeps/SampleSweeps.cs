using LatchLab.Models.Datasets;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Format;

namespace LatchLab.Tests.Sweeps;

/// <summary>Reads sweep files in the same way as the command line.</summary>
internal static class SampleSweeps
{
    /// <summary>Reads a sweep file. Dataset paths are relative to its folder.</summary>
    public static SweepPlan Read(string path)
        => SweepFile.Read(path, new DatasetFileSource(Path.GetDirectoryName(path)));
}
