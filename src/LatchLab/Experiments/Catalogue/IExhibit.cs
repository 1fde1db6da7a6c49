using LatchLab.Experiments.Results;

namespace LatchLab.Experiments.Catalogue;

/// <summary>
/// A figure of the paper with the claims that it supports: what it is, which trials it needs, and what follows from
/// their outcomes. To add one: a folder with these members in it, and a line in <see cref="KnownExhibits"/>.
/// </summary>
public interface IExhibit
{
    /// <summary>Name on the command line, for example <c>figure-2b</c>.</summary>
    string Id { get; }

    /// <summary>One line.</summary>
    string Title { get; }

    /// <summary>The trials it needs.</summary>
    IReadOnlyList<Sweep> Plan(Study study);

    /// <summary>Settings that are neither options nor the same in all of its runs, for the report.</summary>
    IEnumerable<ReportedSetting> Choices => [];

    /// <summary>What follows from their outcomes.</summary>
    /// <param name="study">The same study.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="outcomes">The outcomes of the planned sweeps, in their order.</param>
    Findings Analyse(Study study, ulong seed, IReadOnlyList<SweepOutcomes> outcomes);
}

/// <summary>What an exhibit adds to the report.</summary>
/// <param name="Figures">Its figures.</param>
/// <param name="Claims">The claims it judges.</param>
public sealed record Findings(IReadOnlyList<Figure> Figures, IReadOnlyList<Claim> Claims);
