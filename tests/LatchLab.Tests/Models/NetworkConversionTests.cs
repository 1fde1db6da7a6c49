using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Models;
using LatchLab.Models.Interchange;
using LatchLab.Networks;
using LatchLab.Tasks;
using Microsoft.ML.OnnxRuntime;
using Xunit;

namespace LatchLab.Tests.Models;

/// <summary>Converted networks, read by ONNX Runtime, by NumPy and by plain readers, give the same outputs.</summary>
public sealed class NetworkConversionTests : IDisposable
{
    private const int Steps = 7, Batch = 3;

    /// <summary>
    /// ONNX Runtime rounds to 24 bits. The values of these networks are of magnitude 1, and 10⁻⁶ is 17 roundings of
    /// them; a step adds a few, and damps those of earlier steps.
    /// </summary>
    private const double SinglePrecision = 1e-6;

    private static readonly string[] PythonPrograms = ["python3", "/usr/bin/python3"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");

    public static TheoryData<string, int, int> Cells =>
    [
        .. from kind in KnownNetworks.All.Select(network => network.Name)
           where kind is not ("latch" or "parity" or "fully-connected")
           from layers in Enumerable.Range(1, 2)
           select (kind, layers, 3 + layers),
    ];

    public static TheoryData<string> Units =>
    [
        """{"network":"latch","unit":"tanh","weight":1.3,"inputs":[]}""",
        """{"network":"latch","unit":"logistic","weight":-0.3,"inputs":[0.5,-0.25]}""",
        """{"network":"parity","unit":"tanh","initial-output":0.25,"weights":[0.5,-0.4,0.3,0.2,0.5,0.7,-0.1]}""",
        """
        {"network":"parity","unit":"logistic,relu","initial-output":0.5,"weights":[0.5,-0.4,0.3,0.2,0.5,0.7,-0.1]}
        """,
        """
        {"network":"fully-connected","unit":"tanh","units":2,"input":0,"output":1,"weights":[[0.4,0.1],[-0.3,0.5]]}
        """,
        """
        {"network":"fully-connected","unit":"relu","units":2,"input-weights":[[0.4,0.1],[-0.3,0.5]],"outputs":[1,0],
        "weights":[[0.4,0.1],[-0.3,0.5]],"biases":[0.5,-0.25],"initial-state":[0.5,2]}
        """,
        """
        {"network":"fully-connected","unit":"tanh,logistic,relu","units":3,
        "input-weights":[[0.4,0.1],[-0.3,0.5],[0,1]],"outputs":[2,0],
        "weights":[[0.4,0.1,0.3],[-0.3,0.5,0.2],[0.1,0.2,-0.4]],"biases":[0.5,-0.25,0.1]}
        """,
        """
        {"network":"elman","units":2,"inputs":1,"outputs":1,"readout":"tanh","unit":"logistic,tanh",
        "w":[[0.5,0.1],[0,0.4]],"v":[[0.5],[1]],"b":[0.1,-0.2],"r":[[1,-1]],"c":[0.5]}
        """,
    ];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Cells))]
    public void Cells_have_the_same_outputs_in_onnx_runtime(string kind, int layers, int units)
        => AssertSameOutputs(CreateCells(kind, layers, units), data: null);

    [Theory]
    [MemberData(nameof(Units))]
    public void Units_have_the_same_outputs_in_onnx_runtime(string text)
        => AssertSameOutputs(NetworkFile.Parse(text, "n"), data: null);

    [Fact]
    public void Normalisation_length_delay_and_labels_are_part_of_the_model()
    {
        // The offset exceeds 2²⁴, where 32-bit numbers are a whole unit apart.
        var data = new NetworkData(["x", "y"], new([1e9, 10.0], [0.5, 0.25]), ["l", "m"])
        {
            Length = 4,
            Delay = 2,
            LabelRange = (-1.0, 3.0),
            Targets = (-0.8, 0.8),
        };
        AssertSameOutputs(CreateCells("gru", layers: 1, units: 4), data);
        AssertSameOutputs(NetworkFile.Parse(Units.Select(row => row.Data).ElementAt(6), "n"), data);
    }

    [Fact]
    public void What_a_format_cannot_express_is_refused()
    {
        foreach ((string text, string field) in new[]
        {
            ("""{"network":"latch","unit":"threshold","weight":1,"inputs":[]}""", "unit"),
            ("""{"network":"latch","unit":"tanh","weight":1,"inputs":[1],"class-0-inputs":[2]}""", "network"),
        })
        {
            NetworkDefinition network = NetworkFile.Parse(text, "n");
            var error = Assert.Throws<ValidationException>(
                () => NetworkConversion.Write(Below("n.onnx"), network, data: null));
            Assert.Equal(field, Assert.Single(error.Errors).Field);
            NetworkConversion.Write(Below("n.npz"), network, data: null);
        }

        Assert.Throws<ValidationException>(() => NetworkConversion.EnsureWritable(Below("n.onx")));
        Assert.Equal(["n.npz"], _folder.EnumerateFiles().Select(file => file.Name));
    }

    [Theory]
    [InlineData(".onnx")]
    [InlineData(".npz")]
    [InlineData(".safetensors")]
    public void A_conversion_is_replaced_and_another_file_is_not(string ending)
    {
        string path = Below("n" + ending);
        NetworkConversion.Write(path, CreateCells("gru", 1, 3), data: null);
        byte[] first = File.ReadAllBytes(path);
        NetworkConversion.Write(path, CreateCells("gru", 1, 3), data: null);
        Assert.Equal(first, File.ReadAllBytes(path));
        File.WriteAllText(path, "years of work");
        Assert.Throws<ValidationException>(
            () => NetworkConversion.Write(path, CreateCells("gru", 1, 3), data: null));
    }

    /// <summary>The order of the gates of PyTorch is i, f, g, o of an LSTM and r, z, n of a GRU.</summary>
    [Theory]
    [InlineData("lstm", "vi", "vf", "vg", "vo")]
    [InlineData("gru", "vr", "vz", "vg")]
    public void Arrays_have_the_names_and_the_order_of_PyTorch(string kind, params string[] blocks)
    {
        var network = (CellDefinition)CreateCells(kind, layers: 1, units: 2);
        double[] expected =
        [
            .. blocks.SelectMany(name => network.Blocks.Where(block => block.Name == name)
                .SelectMany(block => network.Parameters.Skip(block.Offset).Take(block.Count))),
        ];
        Dictionary<string, double[]> numpy = ReadNumpy(network), tensors = ReadSafetensors(network);
        string[] names =
            ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", "readout.weight", "readout.bias"];
        Assert.Equal(names, numpy.Keys);
        Assert.Equal(expected, numpy["weight_ih_l0"]);
        Assert.All(names, name => Assert.Equal(numpy[name], tensors[name]));
    }

    /// <summary>Roundings of 2⁻⁵³ in some hundred operations on numbers below 10 give less than 10⁻¹².</summary>
    [Theory]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void Numpy_computes_the_same_outputs(string kind)
    {
        SlowTests.SkipUnlessRequested();
        string python = FindPythonWithNumpy();
        Assert.SkipWhen(python.Length == 0, "python3 with numpy is not installed");
        NetworkDefinition network = CreateCells(kind, layers: 1, units: 3);
        NetworkConversion.Write(Below("n.npz"), network, data: null);
        double[] inputs = CreateInputs(network.Inputs, batch: 1), outputs = new double[network.Outputs.Count];
        OutputEvaluator.Create(network).Evaluate([inputs], [outputs]);
        const string step = """
            import json, sys, numpy as np
            w = np.load(sys.argv[1]); u = np.array(json.loads(sys.argv[2])); s = lambda a: 1 / (1 + np.exp(-a))
            h = np.zeros(w['weight_hh_l0'].shape[1]); c = h
            for x in u:
                a = w['weight_ih_l0'] @ x + w['bias_ih_l0']; b = w['weight_hh_l0'] @ h + w['bias_hh_l0']
                if sys.argv[3] == 'gru':
                    (r, z, g), (q, y, e) = np.split(a, 3), np.split(b, 3)
                    r = s(r + q); z = s(z + y); h = (1 - z) * np.tanh(g + r * e) + z * h
                else:
                    i, f, g, o = np.split(a + b, 4)
                    c = s(f) * c + s(i) * np.tanh(g); h = s(o) * np.tanh(c)
            print(json.dumps(list(w['readout.weight'] @ h + w['readout.bias'])))
            """;
        string steps = new JsonArray([.. inputs.Chunk(network.Inputs).Select(
            values => (JsonNode)new JsonArray([.. values.Select(value => (JsonNode)value)]))]).ToJsonString();
        double[] read = [.. JsonNode.Parse(Run(python, "-c", step, Below("n.npz"), steps, kind))!.AsArray()
            .Select(value => (double)value!)];
        Assert.Equal(outputs.Length, read.Length);
        for (int k = 0; k < read.Length; k++)
            Assert.Equal(outputs[k], read[k], 1e-12);
    }

    private void AssertSameOutputs(NetworkDefinition network, NetworkData? data)
    {
        string path = Below("n.onnx");
        NetworkConversion.Write(path, network, data);
        double[] inputs = CreateInputs(network.Inputs, Batch);
        for (int i = 0; data is not null && i < inputs.Length; i++)
            inputs[i] = data.Scaling.Offset[i % network.Inputs] + (2.0 * inputs[i]);
        double[] expected = Evaluate(network, inputs, Batch, data);
        long[] shape = [Steps, Batch, network.Inputs];
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(path, options);
        using OrtValue input = data is null
            ? OrtValue.CreateTensorValueFromMemory(inputs.Select(value => (float)value).ToArray(), shape)
            : OrtValue.CreateTensorValueFromMemory(inputs, shape);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(
            new RunOptions(), ["inputs"], [input], data is null ? ["outputs"] : ["outputs", "values"]);
        float[] actual = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.Equal(expected[i], actual[i], SinglePrecision);
        for (int i = 0; data is not null && i < actual.Length; i++) // a difference of 1 is one of 2.5 label units
            Assert.Equal(data.ToLabel(expected[i]), outputs[1].GetTensorDataAsSpan<float>()[i], 3.0 * SinglePrecision);
    }

    /// <summary>[sequence][output] of inputs [step][sequence][input], rounded to 32 bits unless they are raw.</summary>
    private static double[] Evaluate(NetworkDefinition network, double[] inputs, int batch, NetworkData? data = null)
    {
        int m = network.Inputs, k = network.Outputs.Count;
        var result = new double[batch * k];
        IEnumerable<double> learned = network.TrainableInputValues;
        OutputEvaluator evaluator = OutputEvaluator.Create(network is LatchDefinition latch
            ? new LatchDefinition(latch.Unit, latch.Parameters[0], []) : network);
        for (int b = 0; b < batch; b++)
        {
            double[] own =
            [
                .. Enumerable.Range(0, Steps).SelectMany(t => inputs.Skip(((t * batch) + b) * m).Take(m)
                    .Select(value => data is null ? (double)(float)value : value)),
            ];
            var outputs = new double[k];
            evaluator.Evaluate([data is null ? [.. learned, .. own] : data.CreateInputs(own)], [outputs]);
            outputs.CopyTo(result, b * k);
        }

        return result;
    }

    private static double[] CreateInputs(int inputs, int batch)
        => [.. Enumerable.Range(0, Steps * batch * inputs).Select(i => Math.Sin(1.7 * i))];

    private static NetworkDefinition CreateCells(string kind, int layers, int units)
    {
        var design = new NetworkDesign { Network = kind, Units = units, Layers = layers };
        var shape = new NetworkShape(TrainableInputs: 0, Inputs: 2, Outputs: 2);
        int count = design.GetParameterNames(shape).Count;
        return design.CreateDefinition(
            shape, [.. Enumerable.Range(0, count).Select(i => 0.5 * Math.Sin(2.3 * (i + 1)))]);
    }

    private Dictionary<string, double[]> ReadNumpy(NetworkDefinition network)
    {
        NetworkConversion.Write(Below("n.npz"), network, data: null);
        using ZipArchive archive = ZipFile.OpenRead(Below("n.npz"));
        var arrays = new Dictionary<string, double[]>();
        foreach (ZipArchiveEntry entry in archive.Entries.Skip(1)) // the first is the text of the network file
        {
            using var bytes = new MemoryStream();
            using (Stream stream = entry.Open())
                stream.CopyTo(bytes);
            int header = 10 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.ToArray().AsSpan(8));
            Assert.Equal(0, header % 64);
            arrays.Add(entry.Name[..^4], MemoryMarshal.Cast<byte, double>(bytes.ToArray().AsSpan(header)).ToArray());
        }

        return arrays;
    }

    private Dictionary<string, double[]> ReadSafetensors(NetworkDefinition network)
    {
        NetworkConversion.Write(Below("n.safetensors"), network, data: null);
        byte[] bytes = File.ReadAllBytes(Below("n.safetensors"));
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        JsonObject header = JsonNode.Parse(Encoding.UTF8.GetString(bytes, 8, length))!.AsObject();
        Assert.Equal(NetworkFile.Serialize(network), (string?)header["__metadata__"]!["network.json"]);
        header.Remove("__metadata__");
        return header.ToDictionary(tensor => tensor.Key, tensor =>
        {
            int start = (int)tensor.Value!["data_offsets"]![0]!, end = (int)tensor.Value["data_offsets"]![1]!;
            return MemoryMarshal.Cast<byte, double>(bytes.AsSpan(8 + length)[start..end]).ToArray();
        });
    }

    /// <summary>The one of the path or of the system; empty if neither has NumPy.</summary>
    private static string FindPythonWithNumpy()
        => PythonPrograms.FirstOrDefault(program =>
        {
            try
            {
                return Run(program, "-c", "import numpy; print(1)").Trim() == "1";
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false; // there is no such program
            }
        }, "");

    private static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private string Below(string name) => Path.Combine(_folder.FullName, name);
}
