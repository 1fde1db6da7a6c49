using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using Perfolizer.Horology;

namespace LatchLab.Benchmarks;

/// <summary>
/// A few seconds for each benchmark: iterations of 100 ms. Shows minimum and median, because the mean is not meaningful
/// on a shared machine.
/// </summary>
internal sealed class ShortRunConfig : ManualConfig
{
    public ShortRunConfig()
    {
        AddJob(Job.ShortRun
            .WithIterationTime(TimeInterval.FromMilliseconds(100))
            .WithIterationCount(9)
            .WithEnvironmentVariable("DOTNET_TieredCompilation", "0"));
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddColumn(StatisticColumn.Min, StatisticColumn.Median);
        AddLogger(ConsoleLogger.Default);
        AddExporter(MarkdownExporter.GitHub);
    }
}
