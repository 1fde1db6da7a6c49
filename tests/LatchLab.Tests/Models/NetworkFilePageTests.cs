using System.Text.RegularExpressions;
using LatchLab.Models;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Tests.Architecture;
using Xunit;

namespace LatchLab.Tests.Models;

/// <summary>docs/reference/network-files.md matches the program.</summary>
public class NetworkFilePageTests
{
    private static readonly string Page = Repository.ReadPage("reference/network-files.md");

    [Fact]
    public void The_page_has_an_example_of_every_network_and_each_can_be_read()
    {
        IEnumerable<string> examples = Regex.Matches(Page, "```json\n(.*?)```", RegexOptions.Singleline)
            .Select(match => match.Groups[1].Value);
        Assert.Equal(
            KnownNetworks.All.Select(network => network.Name),
            examples.Select(example => NetworkFile.Parse(example, "network-files.md").Kind).Distinct());
    }

    [Fact]
    public void The_page_describes_every_field()
    {
        IEnumerable<string> fields = KnownNetworks.All.SelectMany(
            network => network.RequiredFields.Concat(network.OptionalFields).Append("network"))
            .Select(field => Regex.Replace(field, "-[0-9]$", "")); // the number of a layer
        Assert.All(fields, field => Assert.Contains($"\n| `{field}` | ", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_describes_every_unit()
        => Assert.All(KnownUnits.Names, unit => Assert.Contains($"\n| `{unit}` | ", Page, StringComparison.Ordinal));
}
