using LatchLab.Figures;
using LatchLab.Sweeps;
using LatchLab.Training;

namespace LatchLab.Paper.Experiments;

/// <summary>
/// A figure of the paper with the claims that it supports: its name, the trials that it needs, and the analysis of
/// their outcomes. To add one, create a folder with a class that has these members, and add a line to
/// <see cref="KnownExperiments"/>.
/// </summary>
public interface IExperiment
{
    /// <summary>The name on the command line, for example <c>figure-2b</c>.</summary>
    string Id { get; }

    /// <summary>The title, one line.</summary>
    string Title { get; }

    /// <summary>The sweeps of trials that the experiment needs.</summary>
    IReadOnlyList<Sweep> Plan(ReproductionSettings settings);

    /// <summary>
    /// The fields that the experiment varies itself, for example <c>task.length</c>; every other field of its trials
    /// can be changed (<see cref="ReproductionSettings.Changes"/>). Null if none can.
    /// </summary>
    IReadOnlyList<string>? VariedFields => null;

    /// <summary>How a sweep file of its trials is drawn; by default, a figure for each planned sweep.</summary>
    ReportOptions SweepReport => new();

    /// <summary>The paths of the settings that have an effect on the experiment.</summary>
    IEnumerable<string> GetUsedSettings(ReproductionSettings settings);

    /// <summary>Settings for the report that are neither options nor the same in all runs of the experiment.</summary>
    IEnumerable<ReportedSetting> AdditionalSettings => [];

    /// <summary>Creates the figures and tests the claims from the outcomes.</summary>
    /// <param name="settings">The settings that were passed to <see cref="Plan"/>.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="outcomes">The outcomes of the planned sweeps, in their order.</param>
    ExperimentResult Analyze(ReproductionSettings settings, ulong seed, IReadOnlyList<SweepOutcomes> outcomes);
}

/// <summary>The part of the report that one experiment creates.</summary>
/// <param name="Figures">The figures.</param>
/// <param name="Claims">The tested claims.</param>
public sealed record ExperimentResult(IReadOnlyList<Figure> Figures, IReadOnlyList<Claim> Claims);
