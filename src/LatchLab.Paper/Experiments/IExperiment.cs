using LatchLab.Figures;
using LatchLab.Training;

namespace LatchLab.Paper.Experiments;

/// <summary>
/// A figure of the paper with the claims that it supports: what it is, which trials it needs, and what follows from
/// their outcomes. To add one: a folder with these members in it, and a line in <see cref="KnownExperiments"/>.
/// </summary>
public interface IExperiment
{
    /// <summary>Name on the command line, for example <c>figure-2b</c>.</summary>
    string Id { get; }

    /// <summary>One line.</summary>
    string Title { get; }

    /// <summary>The trials it needs.</summary>
    IReadOnlyList<Sweep> Plan(ReproductionSettings settings);

    /// <summary>Settings that are neither options nor the same in all of its runs, for the report.</summary>
    IEnumerable<ReportedSetting> AdditionalSettings => [];

    /// <summary>What follows from their outcomes.</summary>
    /// <param name="settings">The same study.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="outcomes">The outcomes of the planned sweeps, in their order.</param>
    ExperimentResult Analyze(ReproductionSettings settings, ulong seed, IReadOnlyList<SweepOutcomes> outcomes);
}

/// <summary>What an exhibit adds to the report.</summary>
/// <param name="Figures">Its figures.</param>
/// <param name="Claims">The claims it judges.</param>
public sealed record ExperimentResult(IReadOnlyList<Figure> Figures, IReadOnlyList<Claim> Claims);
