using LatchLab.Foundation;
using LatchLab.Models;
using LatchLab.Networks;
using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Models;

/// <summary>The section of a network file with what the network needs to read raw data.</summary>
public sealed class NetworkDataTests
{
    private const string Network = "{\"network\":\"fully-connected\",\"units\":2,\"unit\":\"tanh\"," +
        "\"outputs\":[0,1],\"weights\":[[1,0],[0,1]],\"input-weights\":[[1,0.5],[0,1]]";

    private const string Classes =
        """
        ,"data":{"columns":["x","a, \"b\""],"offsets":[1e-300,-0],"factors":[0.1,3],"labels":["kind"],
        "classes":["rock","mine"],"targets":[-0.8,0.8],"length":3,"delay":2}
        """;

    private const string Values =
        """
        ,"data":{"columns":["x","y"],"offsets":[1,2],"factors":[1,0],"labels":["v","w"],"label-range":[-5,0.1],
        "targets":[0.1,0.9]}
        """;

    private const string Steps =
        """
        ,"data":{"columns":["x","y"],"offsets":[1,2],"factors":[1,0],"labels":["v"],"classes":["a","b"],
        "targets":[-0.8,0.8],"label-per":"step","missing":"mean","missing-inputs":[0.1,-0],"sequence":"id","step":"t"}
        """;

    [Theory]
    [InlineData(Classes)]
    [InlineData(Values)]
    [InlineData(Steps)]
    public void A_section_reads_back_to_the_same_bits(string section)
    {
        NetworkDefinition network = NetworkFile.Parse(Network + section + "}", "n", out NetworkData? data);
        string text = NetworkFile.Serialize(network, data);
        NetworkFile.Parse(text, "n", out NetworkData? read);
        Assert.Equal(text, NetworkFile.Serialize(network, read));
        Assert.Equal(data!.Scaling.Offset.Select(BitConverter.DoubleToInt64Bits),
            read!.Scaling.Offset.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal((data.Targets, data.LabelRange, data.Length, data.Delay),
            (read.Targets, read.LabelRange, read.Length, read.Delay));
        Assert.Equal((data.HasStepLabels, data.Missing, data.SequenceColumn, data.StepColumn),
            (read.HasStepLabels, read.Missing, read.SequenceColumn, read.StepColumn));
        Assert.Equal(data.Scaling.Missing, read.Scaling.Missing);
        Assert.Equal(data.Columns.Concat(data.Classes), read.Columns.Concat(read.Classes));
    }

    [Fact]
    public void A_file_without_sections_has_none()
    {
        NetworkFile.Parse(Network + "}", "n", out NetworkData? data);
        Assert.Null(data);
    }

    [Theory]
    [InlineData("\"data\":3", "n:1: data: the number 3, where an object is needed")]
    [InlineData("\"training\":[]", "n:1: training: a list, where an object is needed")]
    [InlineData(
        "\"data\":{\"columns\":[\"x\",\"y\"],\"offsets\":[0,0],\"factors\":[1,1],\"labels\":[\"l\"]," +
        "\"classes\":[\"a\",\"b\"],\"targets\":[-1,1],\"missing\":\"mean\",\"sequence\":\"\"}",
        "n:1: missing-inputs: missing; a list of 2 finite numbers is needed",
        "n:1: sequence: the string \"\", where a string that is not empty is needed")]
    [InlineData(
        "\"data\":{\"columns\":[\"x\"],\"offsets\":[0],\"factors\":[1],\"labels\":[\"l\"],\"classes\":[\"a\",\"a\"]," +
        "\"targets\":[1,-1]}",
        "n:1: columns: a list of length 1, where a list of 2 strings is needed",
        "n:1: offsets: a list of length 1, where a list of 2 finite numbers is needed",
        "n:1: factors: a list of length 1, where a list of 2 finite numbers is needed",
        "n:1: classes: element 2 is the same as element 1",
        "n:1: targets: the first number is not below the second")]
    [InlineData(
        "\"data\":{\"columns\":[\"x\",1],\"offsets\":[0,0],\"factors\":[1,1],\"labels\":[\"l\",\"m\"],\"detail\":1," +
        "\"targets\":[-1,1]}",
        "n:1: columns: element 2 is the number 1, where a string is needed",
        "n:1: detail: unknown field; data has columns, offsets, factors, labels, classes, label-range, targets, " +
        "length, delay, label-per, missing, missing-inputs, sequence, step",
        "n:1: classes: missing; either it or \"label-range\" is needed")]
    public void Invalid_sections_are_reported(string section, params string[] expected)
    {
        var exception = Assert.Throws<ValidationException>(() => NetworkFile.Parse($"{Network},{section}}}", "n"));
        Assert.Equal(expected.Order(StringComparer.Ordinal),
            exception.Errors.Select(error => error.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Raw_steps_are_cut_normalised_and_delayed()
    {
        var data = new NetworkData(["x", "y"], new([1.0, 10.0], [2.0, 0.5]), ["l"]) { Length = 2, Delay = 1 };
        Assert.Equal([2.0, -4.0, 4.0, -3.0, 0.0, 0.0], data.CreateInputs([9, 9, 2, 2, 3, 4]));
        Assert.Equal([4.0, -3.0, 0.0, 0.0], data.CreateInputs([3, 4]));
    }

    /// <summary>The inverse of the scale of the training, for outputs between 0 and 1.</summary>
    [Fact]
    public void A_value_is_the_label_whose_target_is_the_output()
    {
        var scale = new LabelScale(-5.0, 0.1, Target: 0.8);
        var data = new NetworkData(["x"], new([0.0], [1.0]), ["l"])
        {
            LabelRange = (-5.0, 0.1),
            Targets = (0.5 - (0.5 * 0.8), 0.5 + (0.5 * 0.8)),
        };
        foreach (double label in new[] { -5.0, -1.25, 0.0, 0.1 }) // at most five rounded operations on |v| ≤ 5.1
            Assert.Equal(label, data.ToLabel(0.5 + (0.5 * scale.ToTarget(label))), 1e-14);
    }

    [Fact]
    public void The_class_is_that_of_the_largest_output_and_none_if_there_are_two()
    {
        Assert.Equal(1, NetworkData.FindClass([0.1, 0.7, -1.0]));
        Assert.Equal(-1, NetworkData.FindClass([0.7, 0.7, -1.0]));
        Assert.Equal(-1, NetworkData.FindClass([0.7, double.NaN]));
        Assert.Equal(-1, NetworkData.FindClass([double.NaN, 0.7]));
    }
}
