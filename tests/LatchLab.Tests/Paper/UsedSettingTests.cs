using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper;
using LatchLab.Paper.Experiments;
using LatchLab.Training;
using Xunit;
using static LatchLab.Tests.Paper.TinyReproduction;

namespace LatchLab.Tests.Paper;

/// <summary>An experiment names exactly the settings that change its trials, figures or claims.</summary>
public sealed class UsedSettingTests
{
    public static TheoryData<string> Ids => [.. KnownExperiments.All.Select(experiment => experiment.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_setting_is_used_where_it_changes_something(string id)
    {
        SlowTests.SkipUnlessRequested();
        IExperiment experiment = KnownExperiments.All.Single(known => known.Id == id);
        HashSet<string> used = [.. experiment.GetUsedSettings(Tiny)];
        IReadOnlyList<SweepOutcomes> outcomes = Run(experiment.Plan(Tiny));
        string text = Describe(experiment.Analyze(Tiny, seed: 3, outcomes));
        Assert.Empty(used.Except(Tiny.GetSettings().Select(setting => setting.Path)));
        foreach (Setting setting in Tiny.GetSettings())
        {
            // Without trials, an experiment has the resolution of the theory alone.
            if (outcomes.Count == 0 && id != "figure-1a" && !used.Contains(setting.Path)
                && setting.Name is not ("random-systems" or "basin-grid" or "curve-points" or "length" or "seed"))
                continue;
            // A configuration holds a setting without effect, too; SettingEffectTests probe that it has none.
            if (!used.Contains(setting.Path) && Settings.FindIdle(Tiny).ContainsKey(setting.Path))
                continue;
            ReproductionSettings changed = Change(setting);
            IReadOnlyList<Sweep> plan = experiment.Plan(changed);
            bool hasEffect = Describe(plan) != Describe([.. outcomes.Select(one => one.Sweep)])
                || Describe(experiment.Analyze(changed, seed: 3, outcomes)) != text;
            Assert.True(hasEffect == used.Contains(setting.Path), $"{setting.Path}: effect {hasEffect}");
        }
    }

    [Fact]
    public void A_setting_without_effect_is_refused_with_the_figures_that_it_has_an_effect_on()
    {
        IExperiment figure4 = KnownExperiments.All.Single(known => known.Id == "figure-4");
        Assert.Equal(
            ["learner.learning-rate: has no effect on figure-4, only on figure-1b, figure-2a, figure-2b"],
            ReproductionRun.FindUnused(new(), [figure4], ["learner.learning-rate", "resolution.compared-length"])
                .Select(error => error.ToString()));
    }

    private static ReproductionSettings Change(Setting setting)
    {
        var errors = new List<ValidationError>();
        ReproductionSettings changed = Settings.With(
            Tiny, new Dictionary<string, string> { [setting.Path] = setting.Probe }, errors);
        Assert.Empty(errors);
        return changed;
    }

    private static IReadOnlyList<SweepOutcomes> Run(IReadOnlyList<Sweep> plan)
        => TrialRunner.Run(plan, new RunOptions(Seed: 3, Threads: 1, LaneKind.Widest));

    private static string Describe(IReadOnlyList<Sweep> plan)
        => string.Join('\n', plan.Select(sweep => $"{sweep.Name} {sweep.TrialsPerConfiguration} "
            + string.Join(' ', sweep.Configurations)));

    private static string Describe(ExperimentResult result)
        => string.Join('\n', result.Figures.Select(figure => $"{figure.Title} {figure.Caption} {figure.Remark} "
            + string.Join(';', figure.Panels.Select(panel => panel.Title))
            + string.Join(';', figure.Data.Rows.Select(row => string.Join(',', row))))
            .Concat(result.Claims.Select(claim => claim.ToString())));
}
