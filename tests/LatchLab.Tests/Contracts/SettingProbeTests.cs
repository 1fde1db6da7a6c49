using System.Reflection;
using LatchLab.Diagnosis;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Learning.Optimizers;
using LatchLab.Paper.Experiments;
using LatchLab.Sweeps;
using Xunit;

namespace LatchLab.Tests.Contracts;

/// <summary>
/// The probes of the schema: a setting without one does not compile, and each is run by a test, which is that of its
/// definition: <see cref="SettingEffectTests"/>, <see cref="DynamicsSettingEffectTests"/>,
/// <see cref="Learning.UpdateRuleTests"/> or <see cref="Paper.UsedSettingTests"/>.
/// </summary>
public sealed class SettingProbeTests
{
    private static readonly Setting[] ProbedSettings =
    [
        .. SettingEffectTests.Templates.Select(row => row.Data).SelectMany(row => SettingEffectTests.GetProbedSettings(
            ConfigurationTemplate.Get(row.Item1, row.Item2, row.Item3))),
        .. Settings.GetAll(new ReproductionSettings()),
        .. Settings.GetAll(new NetworkDiagnosisOptions()),
        .. Settings.GetAll(new LyapunovOptions()),
        .. KnownUpdateRules.All.SelectMany(rule => Settings.GetAll(rule)),
    ];

    [Fact]
    public void Every_setting_of_every_definition_is_probed()
    {
        string[] declared =
        [
            .. from name in typeof(SettingProbeTests).Assembly.GetReferencedAssemblies()
               where name.Name!.StartsWith("LatchLab", StringComparison.OrdinalIgnoreCase)
               from type in Assembly.Load(name).GetTypes()
               where !type.IsAbstract
               from property in type.GetProperties()
               where property.GetCustomAttribute<SettingAttribute>() is not null
               select $"{Settings.KebabCase(type.Name).Replace('-', ' ')}: {Settings.KebabCase(property.Name)}",
        ];
        Assert.NotEmpty(declared);
        Assert.Equal(
            declared.Order(StringComparer.Ordinal).Distinct(),
            ProbedSettings.Select(setting => $"{setting.Group}: {setting.Name}").Order(StringComparer.Ordinal)
                .Distinct());
    }

    [Fact]
    public void A_probe_names_a_value_of_its_setting_and_other_settings_with_theirs()
    {
        HashSet<string> paths = [.. ProbedSettings.Select(setting => setting.Path)];
        foreach (Setting setting in ProbedSettings)
        {
            Assert.NotEqual("", setting.Probe);
            if (setting.Kind == SettingKind.Choice)
            {
                Assert.Contains(setting.Probe,
                    setting.Choices);
            }

            foreach (string beside in setting.ProbeBeside.Split("; ", StringSplitOptions.RemoveEmptyEntries))
            {
                string[] pair = beside.Split('=');
                Assert.Contains(pair[0], paths);
                Assert.Contains(ProbedSettings, known => known.Path == pair[0] && known.Value != pair[1]);
            }
        }
    }
}
