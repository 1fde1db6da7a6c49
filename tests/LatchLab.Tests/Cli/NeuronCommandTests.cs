using System.Globalization;
using System.Text.Json.Nodes;
using Xunit;

namespace LatchLab.Tests.Cli;

public sealed class NeuronCommandTests : IDisposable
{
    private static readonly string[] Members = ["status", "weight", "attractor", "criticalInput", "derivative",
        "transientLength", "report"];

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void The_neuron_of_the_paper_has_its_exact_numbers()
    {
        JsonObject neuron = Neuron("--weight 1.25");
        Assert.Equal(Members, neuron.Select(member => member.Key));
        Assert.Equal(1.25, (double)neuron["weight"]!);
        Assert.Equal(0.7104117834878705, (double)neuron["attractor"]!, 1e-15);
        Assert.Equal(0.0778051693153440, (double)neuron["criticalInput"]!, 1e-16);
        Assert.Equal(0.619143872, (double)neuron["derivative"]!, 1e-9);
        Assert.Null(neuron["transientLength"]);
    }

    [Theory]
    [InlineData("2 --input 0.1",
        "--input: the magnitude of this input is not above the critical input h*; it never switches the neuron.")]
    [InlineData("0.5 --input 3", "--input: the neuron stores no bit that an input could switch.")]
    public void An_input_that_switches_nothing_is_noted(string arguments, string note)
        => Assert.Equal(note, _sandbox.Run($"dynamics neuron --weight {arguments}").Error.TrimEnd());

    [Theory]
    [InlineData("1.25", 51, 14)]
    [InlineData("2", 16, 4)]
    public void The_transient_is_counted_above_the_critical_input_only(string weight, long slow, long fast)
    {
        var critical = (double)Neuron($"--weight {weight}")["criticalInput"]!;
        Assert.Equal(slow, Transient(1.1));
        Assert.Equal(fast, Transient(2.0));
        Assert.Equal(fast, Transient(-2.0));
        Assert.Null(Transient(1.0));

        long? Transient(double factor)
        {
            string input = (factor * critical).ToString("R", CultureInfo.InvariantCulture);
            return (long?)Neuron($"--weight {weight} --input {input}")["transientLength"];
        }
    }

    [Theory]
    [InlineData("--weight -2 --input -1e-3", -2.0)]
    [InlineData("--weight=-.5", -0.5)]
    [InlineData("--weight 1 --input 3", 1.0)]
    public void A_neuron_that_stores_no_bit_has_only_its_weight(string arguments, double weight)
    {
        JsonObject neuron = Neuron(arguments);
        Assert.Equal(Members, neuron.Select(member => member.Key));
        Assert.Equal(weight, (double)neuron["weight"]!);
        Assert.All(Members.Skip(2), member => Assert.Null(neuron[member]));
    }

    [Theory]
    [InlineData("1.25 --input 0.07", "is not above h*: the bit is kept.")]
    [InlineData("1.25 --input -0.1", "the bit is lost: after 29 steps the state is beyond the other attractor.")]
    [InlineData("1.25", "Without input the bit is kept.")]
    [InlineData("0.5", "It stores no bit: without input it goes to 0 from every start.")]
    [InlineData("0.5 --input 0.5", // tanh(0.5·0.6879 + 0.5) = 0.6879
        "It stores no bit: under this input it goes to 0.6879 from every start, and without it back to 0.")]
    [InlineData("-2", "without input x alternates between -0.9575 and 0.9575 from every start but 0.")]
    [InlineData("-2 --input 0.5", "Under this input it alternates between -0.8976 and 0.9799 from every start but " +
        "one; after it, as before, in the same phase.")]
    [InlineData("-1.1 --input 0.6", "Under this input it alternates between 0.1005 and 0.4537 from every start but " +
        "one; after it, as before, in a phase that no longer depends on the start.")]
    [InlineData("-1.1 --input -0.7", "Under this input it goes to -0.3274 from every start; after it, x alternates " +
        "again, in a phase that no longer depends on the start.")]
    public void What_the_neuron_does_under_the_input_is_said(string arguments, string sentence)
        => Assert.EndsWith(
            sentence, _sandbox.Run($"dynamics neuron --weight {arguments}").Output.TrimEnd(), StringComparison.Ordinal);

    [Fact]
    public void The_table_is_the_same_in_every_culture()
    {
        SlowTests.SkipUnlessRequested();
        const string arguments = "dynamics neuron --weight 1.25 --input 0.1";
        CommandResult table = _sandbox.RunAlone(arguments, ("LC_ALL", "C.UTF-8"));
        Assert.Equal((0, ""), (table.ExitCode, table.Error));
        Assert.Contains("0.710412", table.Output, StringComparison.Ordinal);
        Assert.Equal(table, _sandbox.RunAlone(arguments, ("LC_ALL", "de_DE.UTF-8"), ("LANG", "de_DE")));
    }

    private JsonObject Neuron(string arguments)
    {
        CommandResult result = _sandbox.Run($"dynamics neuron --json {arguments}");
        Assert.Equal(0, result.ExitCode);
        return result.Json();
    }
}
