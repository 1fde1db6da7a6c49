using System.Text;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Models;
using LatchLab.Models.Datasets;
using LatchLab.Networks;
using LatchLab.Reporting;
using LatchLab.Sweeps.Format;
using LatchLab.Tasks;
using LatchLab.Tests.Cli;
using LatchLab.Tests.Contracts;
using LatchLab.Tests.Dynamics;
using LatchLab.Tests.Verification;
using LatchLab.Verification;
using Xunit;

namespace LatchLab.Tests.Robustness;

/// <summary>Every reader of a text that users bring or keep reads mutated files, or reports ordinary errors.</summary>
public sealed class ReaderMutationTests
{
    private static readonly string[] Sweeps =
    [
        """
        name = "a"
        trials = 2
        seed = 1994
        [task]
        name = "latch"
        [network]
        prior = 'w>=0.5'
        [learner]
        name = "curriculum"
        learner = "pseudo-newton"
        [rule]
        rule = "sign-and-cost"
        presentations = 1_000
        [[axes]]
        learner.learning-rate = { from = 0.001, to = 10, points = 5, scale = "logarithmic" }
        [[axes]]
        task.length = [5, 10]
        learner.damping = [0.1, 0.2]
        [report]
        x = "task.length"
        """,
        """
        trials = 1
        task = { name = "minimal", noise = 0.1 }
        learner.name = "back-propagation"
        [[parts]]
        name = "b"
        [[parts.axes]]
        network.initial-weight = [1, 2]
        [[parts]]
        name = "c"
        network.prior = "w:=2; u1:=3"
        """,
    ];

    private static readonly string[] Networks =
    [
        .. KnownNetworks.All.Select(network => network.Example),
        """
        {"network":"fully-connected","unit":"tanh","units":2,"input-weights":[[1,2,3],[4,5,6]],"output":1,"weights":
        [[1.2,0.1],[-0.3,1.4]],"biases":[0.5,-1]}
        """,
        """
        {"network":"fully-connected","unit":"tanh","units":1,"input-weights":[[1,2]],"output":0,"weights":[[1.2]],
        "data":{"columns":["x","y"],"offsets":[1,2],"factors":[3,0],"labels":["v"],"label-range":[0,1],
        "targets":[-0.8,0.8],"length":3,"delay":2},"training":{"seed":1,"settings":{}}}
        """,
    ];

    private const string Progress = """
        {
          "document": "latchlab-progress", "version": 1, "name": "β sweep", "state": "running", "message": "",
          "shard": "2/3", "done": 120, "planned": 400, "plannedInAll": 1200, "failures": 1, "rate": 12.5,
          "started": "2026-01-02T03:04:05Z", "updated": "9998-01-02T03:05:05Z", "host": "node7", "process": 4711
        }
        """;

    [Fact]
    public void A_sweep_file()
        => MutatedFiles.Check("s.toml", GetBytes(Sweeps), path =>
        {
            using var source = new DatasetFileSource();
            Assert.NotEmpty(SweepFile.Read(path, source).Parts);
        });

    [Fact]
    public void A_network_file()
        => MutatedFiles.Check("n.json", GetBytes(Networks), path => NetworkFile.Read(path));

    [Theory]
    [InlineData("0.5\n-3\n1e-4\n12\n", 1)]
    [InlineData("1,2\n3,-4\n5e-1,0\n", 2)]
    public void An_input_sequence(string text, int inputs)
        => MutatedFiles.Check("s.csv", GetBytes(text), path => InputSequenceFile.Read(path, inputs));

    [Theory]
    [InlineData(LabelKind.Classes)]
    [InlineData(LabelKind.Values)]
    public void A_dataset(LabelKind kind)
        => MutatedFiles.Check(
            "d.csv",
            GetBytes(
                "sequence,step,label,x,y\n1,0,1,0.5,2\n1,1,,0.25,3\n2,0,0.5,1e-3,-1\n3,0,2,4,5\n",
                "sequence;label;\"x\"\n a ; 1 ; 2 \n\n\"b\";2;-3\nb;2;4\n"),
            path => ReadDataset(new DatasetTask { File = path, LabelKind = kind }));

    [Fact]
    public void The_labels_of_a_dataset()
    {
        using var folder = new ProbeDataset();
        string file = Path.Combine(folder.Path, ProbeDataset.FileName);
        MutatedFiles.Check(
            "labels.csv",
            [File.ReadAllBytes(Path.Combine(folder.Path, "labels.csv"))],
            path => ReadDataset(new() { File = file, Labels = path, Inputs = ProbeDataset.Inputs }));
    }

    [Fact]
    public void A_certificate()
        => MutatedFiles.Check(
            "c.json",
            GetBytes(
            [
                .. new[] { SmallNetworks.Latch(1.25), SmallNetworks.Uncoupled }.Select(CreateCertificate),
                CellCertificateTests.Valid,
            ]),
            path =>
            {
                VerificationResult verdict = CertificateVerifier.Verify(CertificateFile.ReadAllText(path));
                Assert.False(string.IsNullOrEmpty(verdict.Reason));
                if (!verdict.IsValid)
                    throw new ValidationException(path, "", verdict.Reason);
            });

    [Fact]
    public void The_progress_of_a_run()
        => MutatedFiles.Check(
            LedgerFolder.ProgressFileName,
            GetBytes(Progress),
            path =>
            {
                CommandResult status = Cli.CommandServer.Run(Path.GetDirectoryName(path)!, ["status", "."]);
                if (status.ExitCode == 2)
                    throw new ValidationException(path, "", status.Error.TrimEnd());
                Assert.Equal((0, ""), (status.ExitCode, status.Error));
            });

    [Fact]
    public void The_manifest_of_a_report()
        => MutatedFiles.Check(
            ReportManifest.FileName,
            GetBytes("""{"format":"latchlab-report","version":1,"title":"a","files":["index.html","a/b.svg"]}"""),
            path =>
            {
                if (!ReportManifest.TryReadFiles(Path.GetDirectoryName(path)!, out _))
                    throw new IOException("is not a report");
            });

    private static byte[][] GetBytes(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static void ReadDataset(DatasetTask task)
    {
        var errors = new List<ValidationError>();
        using var source = new DatasetFileSource();
        Dataset? dataset = source.Read(task, errors);
        if (errors.Count > 0)
            throw new ValidationException(errors);
        Assert.True(dataset!.Count > 0);
    }

    private static string CreateCertificate(NetworkDefinition network)
        => CertificateFile.Serialize(new NoiseTolerance(
            network, [0.0], SmallNetworks.Sets(DynamicalSystem.Create(network, [0.0])).Attractors, NoiseLocation.Units)
            .FindLargest(states: 2, precision: 1e-3)!);
}
