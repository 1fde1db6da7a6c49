using System.Globalization;
using LatchLab.Diagnosis.Questions;
using LatchLab.Dynamics;
using LatchLab.Models.Interchange;
using LatchLab.Models.Interchange.Readers;
using Xunit;

namespace LatchLab.Tests.Diagnosis;

/// <summary>Models that others published compute what PyTorch computed for their authors.</summary>
public sealed class PublicModelTests
{
    [Theory]
    [InlineData("gru_torch", "GRU")]
    [InlineData("lstm_torch", "LSTM")]
    public void Four_layers_in_a_JSON_file_give_the_published_outputs(string name, string operation)
    {
        string folder = ReferenceModel.Folder("rtneural");
        ImportedModel model = ModelFile.Read(Path.Combine(folder, $"{name}.json"));
        Assert.Equal("JSON", model.Format);
        ModuleSelection selection = ModuleSelection.Create(model, name: null);
        Assert.Equal([operation, operation, operation, operation],
            selection.Module.Layers.Select(layer => layer.Operation));
        NetworkCandidate network = Assert.Single(
            NetworkCandidate.ListAll(selection.Module, selection.Readout, cell: null));
        double[][] rows =
        [
            .. File.ReadLines(Path.Combine(folder, $"{name}.csv")).Select(line => line.Split(',')
                .Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray()),
        ];
        Assert.Equal(200, rows.Length);
        double[][][] inputs = [[.. rows.Select(row => new[] { row[0] })]];
        var recorded = new RecordedStates(null, null, [[.. rows.Select(row => new[] { row[1] })]]);
        ImportCheck check = recorded.Compare(
            network.Network, new($"{name}.csv", inputs), NetworkTrajectories.Run(network.Network, inputs));
        // The outputs are below 1/4, where neighbours in single precision are 2⁻²⁶ apart; a step sums 17 products and a
        // contracting layer passes on less than it is given.
        Assert.All(rows, row => Assert.InRange(Math.Abs(row[1]), 0.0, 0.25));
        Assert.InRange(check.Outputs!.Value, 0.0, 17 * Math.ScaleB(1.0, -26));
    }
}
