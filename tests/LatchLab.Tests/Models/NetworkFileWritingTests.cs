using CsCheck;
using LatchLab.Foundation;
using LatchLab.Models;
using LatchLab.Networks;
using Xunit;

namespace LatchLab.Tests.Models;

public sealed class NetworkFileWritingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");

    public static TheoryData<string> Examples =>
    [
        .. KnownNetworks.All.Select(network => network.Example),
        """{"network":"latch","unit":"logistic","weight":1.3,"inputs":[0.5,0.4],"class-0-inputs":[-0.5,1e-300]}""",
        """{"network":"latch","unit":"threshold","weight":-0,"inputs":[],"class-0-inputs":[]}""",
        """{"network":"parity","unit":"tanh,threshold","initial-output":-1,"weights":[10,10,-15,10,10,-20,-15]}""",
        """{"network":"parity","unit":"logistic","initial-output":0.25,"weights":[10,10,-15,10,10,-20,-15]}""",
        Biases,
        InputWeights,
        """
        {"network":"fully-connected","units":2,"unit":"tanh","output":1,"weights":[[1.2,0.1],[-0.3,1.4]],
        "input-weights":[[1,-0,1e-300],[0.1,0.5,3]],"biases":[-0,1e-310]}
        """,
        """
        {"network":"fully-connected","units":3,"unit":"tanh,logistic,relu","outputs":[2,0],"input":1,
        "weights":[[1,2,3],[4,5,6],[7,8,9]],"initial-state":[-1,1e-310,7e9]}
        """,
    ];

    private const string Biases =
        """
        {"network":"fully-connected","units":1,"unit":"tanh","input":0,"output":0,"weights":[[1.5]],"biases":[0.25]}

        """;

    private const string InputWeights =
        """
        {"network":"fully-connected","units":1,"unit":"logistic","output":0,"weights":[[1]],"input-weights":[[5,-1]]}

        """;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_written_network_reads_back_unchanged(string example)
    {
        NetworkDefinition network = NetworkFile.Parse(example, "example");
        NetworkFile.Write(Below("n.json"), network);
        NetworkDefinition read = NetworkFile.Read(Below("n.json"));
        Assert.Equal(network.Parameters.Select(Bits), read.Parameters.Select(Bits));
        Assert.Equal(network.InitialState?.Select(Bits), read.InitialState?.Select(Bits));
        Assert.Equal(NetworkFile.Serialize(network), NetworkFile.Serialize(read));
        Assert.Equal((network.GetType(), network.Kind, network.Unit), (read.GetType(), read.Kind, read.Unit));
        Assert.Equal(["n.json"], Entries());
    }

    /// <summary>A file without optional fields stays the same, byte for byte.</summary>
    [Theory]
    [InlineData(Biases)]
    [InlineData(InputWeights)]
    [InlineData(
        """
        {"network":"fully-connected","units":2,"unit":"tanh","input":0,"output":1,"weights":[[1.2,0.1],[-0.3,1.4]]}

        """)]
    public void Optional_fields_are_written_only_if_they_were_given(string text)
        => Assert.Equal(text, NetworkFile.Serialize(NetworkFile.Parse(text, "text")));

    [Fact]
    public void A_former_field_name_is_read_with_a_note()
    {
        File.WriteAllText(
            Below("n.json"), """{"network":"latch","unit":"tanh","weight":1,"inputs":[2],"other-inputs":[3]}""");
        var notes = new List<string>();
        NetworkDefinition network = NetworkFile.Read(Below("n.json"), notes.Add);
        Assert.Equal([1.0, 2.0, 3.0], network.Parameters);
        Assert.Equal(
            $"{Below("n.json")}:1: the field \"other-inputs\" is now called \"class-0-inputs\"",
            Assert.Single(notes));
    }

    [Fact]
    public void Every_finite_number_is_written_to_its_last_bit()
        => Gen.Double.Where(double.IsFinite).Array[21].Sample(numbers =>
        {
            double[] w = numbers[..9], v = numbers[9..18], b = numbers[18..];
            return ReadsBack(new("tanh", units: 3, input: 1, outputs: [2], w), 1, numbers[..9])
                && ReadsBack(new("tanh", units: 3, input: 1, outputs: [2], w, b), 1, [.. w, .. b])
                && ReadsBack(new("tanh", units: 3, v, outputs: [2], w), null, numbers[..18])
                && ReadsBack(new("tanh", units: 3, v, outputs: [2, 0], w, b), null, numbers);
        });

    [Fact]
    public void A_network_file_is_replaced_and_a_link_to_one_stays_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "not every user may make links on Windows");
        NetworkFile.Write(Below("n.json"), Latch(1.0));
        NetworkFile.Write(Below("n.json"), Latch(2.0));
        File.CreateSymbolicLink(Below("link.json"), Below("n.json"));
        NetworkFile.Write(Below("link.json"), Latch(3.0));
        Assert.Equal([3.0], NetworkFile.Read(Below("n.json")).Parameters);
        Assert.NotNull(new FileInfo(Below("link.json")).LinkTarget);
        Assert.Equal(["link.json", "n.json"], Entries());
    }

    [Fact]
    public void A_file_that_is_not_a_network_file_is_never_overwritten()
    {
        File.WriteAllText(Below("thesis.tex"), "years of work");
        AssertRejected("thesis.tex", "exists and is not a network file; move it or name another file");
        Assert.Equal("years of work", File.ReadAllText(Below("thesis.tex")));
        Assert.Equal(["thesis.tex"], Entries());
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_detected_before_writing()
    {
        AssertRejected("", "is a directory; name a file in it");
        AssertRejected(
            Path.Combine("no", "n.json"),
            $"cannot be written: there is no directory '{Below("no")}'; create it first");
        Assert.Throws<ValidationException>(() => NetworkFile.EnsureWritable(" "));
        Assert.Throws<ValidationException>(() => NetworkFile.EnsureWritable(Below(new string('a', 300))));
        NetworkFile.EnsureWritable(Below("n.json"));
        Assert.Empty(Entries());
    }

    private static bool ReadsBack(FullyConnectedDefinition network, int? input, double[] parameters)
    {
        var read = (FullyConnectedDefinition)NetworkFile.Parse(NetworkFile.Serialize(network), "text");
        return (read.Units, read.Input, read.Inputs) == (3, input, input is null ? 3 : 1)
            && read.Outputs.SequenceEqual(network.Outputs)
            && read.Parameters.Select(Bits).SequenceEqual(parameters.Select(Bits));
    }

    private static long Bits(double number) => BitConverter.DoubleToInt64Bits(number);

    private static LatchDefinition Latch(double weight) => new("tanh", weight, []);

    private void AssertRejected(string name, string problem)
    {
        var exception = Assert.Throws<ValidationException>(() => NetworkFile.Write(Below(name), Latch(1.0)));
        Assert.Equal(new ValidationError(Below(name), "", problem), Assert.Single(exception.Errors));
    }

    private string Below(string name) => Path.Combine(_folder.FullName, name);

    private IEnumerable<string> Entries()
        => _folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal);
}
