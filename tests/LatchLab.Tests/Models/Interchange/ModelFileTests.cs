using System.Buffers.Binary;
using System.Text;
using LatchLab.Foundation;
using LatchLab.Models.Interchange;
using LatchLab.Models.Interchange.Readers;
using Xunit;

namespace LatchLab.Tests.Models.Interchange;

/// <summary>What the readers make of names, shapes and types, and what they refuse.</summary>
public sealed class ModelFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Layers_are_recognized_by_their_names_and_shapes()
    {
        ImportedModel model = Read(
            ("encoder.rnn.weight_ih_l0", "F64", [8, 3]), ("encoder.rnn.weight_hh_l0", "F64", [8, 2]),
            ("encoder.rnn.weight_ih_l1", "F64", [8, 2]), ("encoder.rnn.weight_hh_l1", "F64", [8, 2]),
            ("cell.weight_ih", "F64", [6, 2]), ("cell.weight_hh", "F64", [6, 2]), ("cell.bias_ih", "F64", [6]),
            ("cell.initial_state", "F64", [2]),
            ("embed.weight", "F64", [9, 3]), ("head.weight", "F64", [4, 2]), ("conv.weight", "F64", [1, 1, 3]));
        Assert.Equal(["encoder.rnn", "cell"], model.Modules.Select(module => module.Name));
        Assert.Equal(["LSTM", "LSTM", "GRU"], model.Modules.SelectMany(module => module.Layers)
            .Select(layer => layer.Operation));
        Assert.Equal(2, model.Modules[1].Layers[0].InitialState!.Length);
        Assert.Equal((9, 3), (Assert.Single(model.Embeddings).Shape[0], model.Embeddings[0].Shape[1]));
        Assert.Equal(("head", 4, 2), (Assert.Single(model.DenseLayers).Name, model.DenseLayers[0].Outputs,
            model.DenseLayers[0].Inputs));
        Assert.Contains("ignored arrays: conv.weight [1, 1, 3]", model.Remarks);
    }

    /// <summary>0x3E00 is 1.5 in float16, 0x3FC0 in bfloat16; both are exact in 64 bits.</summary>
    [Theory]
    [InlineData("F16", 0x3E00)]
    [InlineData("BF16", 0x3FC0)]
    public void Numbers_of_16_bits_are_widened_exactly(string type, int bits)
    {
        ImportedModel model = ModelFile.Read(Write(
            bytes => BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)bits),
            ("weight_ih_l0", type, [1, 1]), ("weight_hh_l0", type, [1, 1])));
        Assert.Equal(1.5, model.Modules[0].Layers[0].InputWeights[0]);
        Assert.Contains(model.Remarks, remark => remark.Contains("float16", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"weight_ih_l0": [[1], [2, 3]], "weight_hh_l0": [["x"]]}""",
        "weight_ih_l0: is not a list of numbers of the shape [2, 1] of its first elements; every weight must be a " +
        "finite number",
        "weight_hh_l0: is not a list of numbers of the shape [1, 1] of its first elements; every weight must be a " +
        "finite number")]
    [InlineData("""{"weight_ih_l0": [[1e999]], "weight_hh_l0": [[1]]}""",
        "weight_ih_l0: is not a list of numbers of the shape [1, 1] of its first elements; every weight must be a " +
        "finite number")]
    [InlineData("{\n\"weight_hh_l0\": [[NaN]]}", "line 2 is not JSON; every weight must be a finite number")]
    [InlineData("""{"weight_hh_l0": {}, "a": {"b": {"weight_hh_l0": [[1]]}}}""",
        "has no recurrent layer: it has no arrays; those of a layer of PyTorch are weight_ih_l0, weight_hh_l0, …")]
    public void Lists_of_a_JSON_file_that_are_no_arrays_are_refused(string text, params string[] problems)
    {
        string path = Path.Combine(_folder.FullName, "model.json");
        File.WriteAllText(path, text);
        AssertRefused(problems, path);
    }

    [Fact]
    public void Arrays_of_a_JSON_file_may_stand_within_an_object()
    {
        string path = Path.Combine(_folder.FullName, "model.json");
        File.WriteAllText(
            path, """{"epoch": 3, "state_dict": {"rec.weight_ih_l0": [[0.1]], "rec.weight_hh_l0": [[-2]]}}""");
        RecurrentModule module = Assert.Single(ModelFile.Read(path).Modules);
        Assert.Equal(("rec", 0.1, -2.0),
            (module.Name, module.Layers[0].InputWeights[0], module.Layers[0].RecurrentWeights[0]));
    }

    [Fact]
    public void Everything_that_does_not_fit_is_reported_at_once()
        => AssertRefused(
            [
                "rnn.weight_ih_l0: has the shape [8, 3, 1]; [8, 3] is needed",
                "rnn.bias_hh_l0: has the shape [7]; [8] is needed",
                "dec.weight_hh_l0: has the shape [5, 2]; [4·n, n] of an LSTM, [3·n, n] of a GRU or [n, n] of an RNN " +
                    "is needed, with n > 0",
                "enc.weight_ih_l0: is missing",
            ],
            Write(_ => { }, ("rnn.weight_ih_l0", "F64", [8, 3, 1]), ("rnn.weight_hh_l0", "F64", [8, 2]),
                ("rnn.bias_hh_l0", "F64", [7]), ("dec.weight_ih_l0", "F64", [5, 2]),
                ("dec.weight_hh_l0", "F64", [5, 2]),
                ("enc.weight_hh_l0", "F64", [8, 2])));

    [Fact]
    public void Layers_and_directions_that_do_not_fit_are_refused()
        => AssertRefused(
            [
                "rnn: has layers of different kinds; all must be LSTM, GRU or RNN",
                "rnn: has directions of different sizes",
                "rnn: layer 1 reads 5 values, but layer 0 has 4",
            ],
            Write(_ => { }, ("rnn.weight_ih_l0", "F64", [8, 3]), ("rnn.weight_hh_l0", "F64", [8, 2]),
                ("rnn.weight_ih_l0_reverse", "F64", [8, 4]), ("rnn.weight_hh_l0_reverse", "F64", [8, 2]),
                ("rnn.weight_ih_l1", "F64", [6, 5]), ("rnn.weight_hh_l1", "F64", [6, 2]),
                ("rnn.weight_ih_l1_reverse", "F64", [6, 5]), ("rnn.weight_hh_l1_reverse", "F64", [6, 2])));

    [Fact]
    public void Quantised_weights_and_files_without_recurrent_layers_are_refused()
    {
        AssertRefused(
            [
                "weight_ih_l0: is of the type int8: quantised weights are not read; save the model in float32 or " +
                    "float64",
                "weight_hh_l0: is of the type F8_E4M3: quantised weights are not read; save the model in float32 or " +
                    "float64",
            ],
            Write(_ => { }, ("weight_ih_l0", "I8", [2, 2]), ("weight_hh_l0", "F8_E4M3", [2, 2])));
        AssertRefused(
            [
                "has no recurrent layer: its arrays are fc.weight [3, 2]; those of a layer of PyTorch are " +
                    "weight_ih_l0, weight_hh_l0, …",
            ],
            Write(_ => { }, ("fc.weight", "F64", [3, 2])));
    }

    [Fact]
    public void A_weight_that_is_not_finite_is_named_with_its_index()
        => AssertRefused(
            [
                "weight_ih_l0: [0, 0] is NaN; every weight must be a finite number",
                "weight_hh_l0: [0, 0] is NaN; every weight must be a finite number",
            ],
            Write(bytes => BinaryPrimitives.WriteDoubleLittleEndian(bytes, double.NaN),
                ("weight_ih_l0", "F64", [2, 2]), ("weight_hh_l0", "F64", [2, 2])));

    [Theory]
    [InlineData("lstm_l1", "safetensors")]
    [InlineData("lstm_l1", "npz")]
    public void A_file_that_breaks_off_is_refused(string name, string ending)
    {
        byte[] content = File.ReadAllBytes(TrainedNetworks.GetPath($"formats/{name}", ending));
        string path = Path.Combine(_folder.FullName, $"model.{ending}");
        foreach (int length in new[] { 0, 1, 9, 300, content.Length - 1 })
        {
            File.WriteAllBytes(path, content[..length]);
            ValidationException refused = Assert.Throws<ValidationException>(() => ModelFile.Read(path));
            Assert.Matches("incomplete|damaged", Assert.Single(refused.Errors).Message);
        }
    }

    [Fact]
    public void A_flipped_bit_of_an_archive_is_found_by_its_checksum()
    {
        byte[] content = File.ReadAllBytes(TrainedNetworks.GetPath("formats/lstm_l1", "npz"));
        content[300] ^= 1;
        string path = Path.Combine(_folder.FullName, "model.npz");
        File.WriteAllBytes(path, content);
        AssertRefused(
            ["is incomplete or damaged: rnn.weight_ih_l0.npy differs from its checksum; write or copy it again"], path);
    }

    [Fact]
    public void The_content_selects_the_reader_and_the_ending_decides_between_archives()
    {
        string path = Path.Combine(_folder.FullName, "model.pt");
        File.Copy(TrainedNetworks.GetPath("formats/lstm_l1", "safetensors"), path);
        Assert.Equal("safetensors", ModelFile.Read(path).Format);
        File.WriteAllText(path, "years of work");
        Assert.Throws<ValidationException>(() => ModelFile.Read(path));
    }

    private static void AssertRefused(string[] errors, string path)
    {
        ValidationException refused = Assert.Throws<ValidationException>(() => ModelFile.Read(path));
        Assert.All(refused.Errors, error => Assert.Equal(path, error.Location));
        Assert.Equal(errors, refused.Errors.Select(error => (error with { Location = "" }).ToString()));
    }

    private ImportedModel Read(params (string Name, string Type, int[] Shape)[] tensors)
        => ModelFile.Read(Write(_ => { }, tensors));

    /// <summary>Writes a safetensors file of zeros.</summary>
    /// <param name="fill">Writes the first element of each array.</param>
    /// <param name="tensors">The arrays.</param>
    private string Write(Action<byte[]> fill, params (string Name, string Type, int[] Shape)[] tensors)
    {
        var entries = new List<string>();
        var data = new List<byte>();
        foreach ((string name, string type, int[] shape) in tensors)
        {
            byte[] bytes = new byte[shape.Aggregate(1, (count, size) => count * size) * type switch
            {
                "F64" => 8,
                "F16" or "BF16" => 2,
                _ => 1,
            }];
            fill(bytes);
            entries.Add($$"""
                "{{name}}":{"dtype":"{{type}}","shape":[{{string.Join(',', shape)}}],
                "data_offsets":[{{data.Count}},{{data.Count + bytes.Length}}]}
                """);
            data.AddRange(bytes);
        }

        byte[] header = Encoding.UTF8.GetBytes($"{{{string.Join(',', entries)}}}"), length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        string path = Path.Combine(_folder.FullName, "model.safetensors");
        File.WriteAllBytes(path, [.. length, .. header, .. data]);
        return path;
    }
}
