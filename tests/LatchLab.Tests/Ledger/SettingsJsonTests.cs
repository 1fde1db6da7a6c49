using CsCheck;
using LatchLab.Ledger.Sqlite;
using Xunit;

namespace LatchLab.Tests.Ledger;

public sealed class SettingsJsonTests
{
    [Fact]
    public void Settings_read_back_character_by_character()
        => Gen.Select(Gen.String, Gen.OneOf(Gen.String, Gen.Double.Select(x => $"{x:R}"), Gen.Int.Select(i => $"{i}")))
            .Array[0, 5]
            .Where(settings => settings.DistinctBy(setting => setting.Item1).Count() == settings.Length)
            .Where(settings => settings.All(setting => IsText(setting.Item1) && IsText(setting.Item2)))
            .Sample(settings => Assert.Equal(settings, SettingsJson.Deserialize(SettingsJson.Serialize(settings))));

    [Theory]
    [InlineData("20", "20")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("1E-05", "1E-05")]
    [InlineData("007", "\"007\"")]
    [InlineData("+5", "\"+5\"")]
    [InlineData("5.", "\"5.\"")]
    [InlineData("", "\"\"")]
    [InlineData("tanh", "\"tanh\"")]
    [InlineData("½ \"x\"", "\"½ \\\"x\\\"\"")]
    public void A_number_stays_a_number_and_everything_else_is_a_string(string value, string written)
        => Assert.Equal($"{{\"task.length\":{written}}}", SettingsJson.Serialize([("task.length", value)]));

    // An unpaired surrogate is not valid text and cannot come from a file or command line.
    private static bool IsText(string text) => text.IsNormalized() && !text.Any(char.IsSurrogate);
}
