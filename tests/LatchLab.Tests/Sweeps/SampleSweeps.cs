using LatchLab.Models.Datasets;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Format;

namespace LatchLab.Tests.Sweeps;

/// <summary>Sweep files as the command line reads them.</summary>
internal static class SampleSweeps
{
    /// <summary>Reads a sweep file; the datasets it names are relative to its folder.</summary>
    public static SweepPlan Read(string path)
        => SweepFile.Read(path, new CsvDatasetSource(Path.GetDirectoryName(path)));
}
