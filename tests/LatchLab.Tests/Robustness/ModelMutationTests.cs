using System.IO.Compression;
using LatchLab.Models.Interchange.Readers;
using LatchLab.Tests.Models.Interchange;
using Xunit;

namespace LatchLab.Tests.Robustness;

/// <summary>
/// Every reader of a model reads mutated files or reports ordinary errors, and allocates little memory whatever a file
/// claims.
/// </summary>
public sealed class ModelMutationTests
{
    /// <summary>64 MiB. The original files have at most 34 kB, and a reader needs a small multiple of it.</summary>
    private const long MaximumAllocation = 1 << 26;

    [Theory]
    [InlineData("safetensors")]
    [InlineData("npz")]
    [InlineData("state_dict.pt")]
    [InlineData("legacy.pt")]
    [InlineData("module.pt")]
    [InlineData("trace.pt")]
    [InlineData("script.pt")]
    [InlineData("onnx11.onnx")]
    [InlineData("onnx14_dyn.onnx")]
    public void A_model_of_PyTorch(string ending)
        => MutatedFiles.Check(
            $"model.{ending}",
            [.. TrainedNetworks.Files(ending).Select(file => ReadFile(file.Name, ending))], ReadModel);

    [Fact]
    public void A_model_of_Keras()
        => MutatedFiles.Check(
            "model.h5", [ReadFile("keras/sequential", "h5"), ReadFile("keras/weights", "h5")], ReadModel);

    [Fact]
    public void A_model_of_JSON()
        => MutatedFiles.Check("model.json", [ReadFile("rtneural/gru_torch", "json")], ReadModel);

    /// <summary>The checksums of an archive would stop most mutations: here it is written anew.</summary>
    [Theory]
    [InlineData("formats/lstm_l1", "state_dict.pt", "data.pkl")]
    [InlineData("formats/checkpoint", "bfloat16.pt", "data.pkl")]
    [InlineData("formats/gru_l2_bi_bf", "module.pt", "data.pkl")]
    [InlineData("formats/rnn_tanh_l1_bf", "script.pt", "data.pkl")]
    [InlineData("formats/lstm_l1", "npz", "rnn.weight_ih_l0.npy")]
    [InlineData("keras/functional", "keras", "config.json")]
    [InlineData("keras/functional", "keras", "model.weights.h5")]
    public void An_entry_of_an_archive(string name, string ending, string entry)
    {
        byte[] archive = ReadFile(name, ending);
        using var original = new ZipArchive(new MemoryStream(archive));
        using var content = new MemoryStream();
        original.Entries.Single(known => known.FullName.EndsWith(entry, StringComparison.Ordinal)).Open()
            .CopyTo(content);
        MutatedFiles.Check("entry", [content.ToArray()], path =>
        {
            string model = Path.Combine(Path.GetDirectoryName(path)!, $"model.{ending}");
            File.WriteAllBytes(model, Replace(archive, entry, File.ReadAllBytes(path)));
            ReadModel(model);
        });
    }

    private static byte[] ReadFile(string name, string ending)
        => File.ReadAllBytes(TrainedNetworks.GetPath(name, ending));

    private static void ReadModel(string path)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Assert.NotEmpty(ModelFile.Read(path).Modules);
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaximumAllocation);
        }
    }

    private static byte[] Replace(byte[] archive, string name, byte[] content)
    {
        using var bytes = new MemoryStream();
        bytes.Write(archive);
        using (var changed = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            ZipArchiveEntry entry = changed.Entries.Single(
                known => known.FullName.EndsWith(name, StringComparison.Ordinal));
            string fullName = entry.FullName;
            entry.Delete();
            using Stream stream = changed.CreateEntry(fullName).Open();
            stream.Write(content);
        }

        return bytes.ToArray();
    }
}
