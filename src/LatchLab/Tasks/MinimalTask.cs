using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// The minimal task of Section II: two classes of sequences of T inputs. The first L inputs of a class are trainable
/// parameters; the others are Gaussian noise. The target at the last step is +0.8 for class 1 and −0.8 for class 0, so
/// that a bit must be stored for T − L steps in spite of the noise.
/// </summary>
/// <remarks>
/// The numbers of the noise are counted from the end of a sequence, so that a longer sequence ends with the noise of
/// the shorter one. By default the network is the latching neuron of Section III with a frozen weight.
/// </remarks>
public sealed record MinimalTask : GeneratedTask, IConditionalSettings
{
    /// <summary>Creates the task of Figure 2: 20 sequences of one length.</summary>
    public MinimalTask() => (ShortestShare, Sequences) = (1.0, 20);

    public override string Name => "minimal";

    public override string Description => "keep a bit, given by trainable inputs, through Gaussian noise (Section II)";

    public override string DefaultNetwork => "latch";

    public override string Title => FormattableString.Invariant($"{base.Title}, noise {Noise}");

    /// <summary>L ≥ 1.</summary>
    [Setting("number L of trainable inputs at the beginning of a sequence", "paper, Section III",
        Minimum = 1, Maximum = 1000, Probe = "2")]
    public int Inputs { get; init; } = 3;

    /// <summary>s ≥ 0.</summary>
    [Setting("input noise s (Figure 2(a) varies it)", "paper, Figure 2", Minimum = 0, Maximum = 1e6, Probe = "0.4")]
    public double Noise { get; init; } = 0.2;

    /// <summary>The meaning of s.</summary>
    [Setting("whether s is the variance or the standard deviation of the noise", "paper, Figure 2: variance",
        Probe = "deviation")]
    public NoiseParameter NoiseIs { get; init; } = NoiseParameter.Variance;

    /// <summary>When the noise is drawn.</summary>
    [Setting("whether noise is drawn once for each sequence or anew at every presentation", "decision",
        Probe = "afresh")]
    public NoiseDraw NoiseDrawn { get; init; } = NoiseDraw.Frozen;

    public override int TrainableInputs => Inputs;

    public override bool VariesBetweenPasses => !HasFreshSequences && NoiseDrawn == NoiseDraw.Afresh && Noise > 0.0;

    public override long MaxPasses => VariesBetweenPasses ? uint.MaxValue / BlocksPerPass : base.MaxPasses;

    public override bool MixesRanks => ShortestShare < 1.0;

    public override bool IsLearnedBySignByDefault => true;

    public override int DefaultPresentations => 20_000;

    public override double DefaultInitialRange => 0.1;

    public override bool FreezesWeightByDefault => true;

    public override string RandomWordName => "";

    public override IReadOnlyList<double> GetRandomWordParts(IReadOnlyList<double> network)
        => [Inputs, Length, Sequences, Noise, .. network];

    /// <summary>Standard deviation of the noise.</summary>
    public double StandardDeviation => NoiseIs == NoiseParameter.Variance ? Math.Sqrt(Noise) : Noise;

    private uint BlocksPerPass => (uint)(Math.Max(1, Length - Inputs) + RandomNumbers.GaussiansPerBlock - 1)
        / RandomNumbers.GaussiansPerBlock;

    IEnumerable<(string Setting, string Reason)> IConditionalSettings.FindIdleSettings()
    {
        const string reason = "there is no noise: give noise above 0, too";
        if (Noise == 0.0)
        {
            yield return (nameof(NoiseIs), reason);
            yield return (nameof(NoiseDrawn), reason);
        }
        else if (HasFreshSequences)
        {
            yield return (nameof(NoiseDrawn), "every presentation is a new sequence, with noise of its own");
        }
    }

    public override void Write(
        TrialRandom random, Purpose purpose, int number, Span<double> inputs, Span<double> targets = default)
        => new NoisySequences(this, random).WriteInputs(purpose, number, inputs);

    public override TrialSequences CreateSequences(TrialRandom random) => new NoisySequences(this, random);

    /// <summary>The sequences of a trial. It draws the noise of several sequences at once.</summary>
    private sealed class NoisySequences(MinimalTask task, TrialRandom random) : TrialSequences
    {
        private const int DrawnTogether = 10;

        private readonly int _blocks = (int)task.BlocksPerPass;
        private readonly double[] _normals = new double[
            RandomNumbers.GaussiansPerBlock * RandomNumbers.RoundUpToFill(DrawnTogether * (int)task.BlocksPerPass)];
        private readonly double _standardDeviation = task.StandardDeviation;
        private (Purpose Purpose, uint FirstBlock, int First) _drawn = (default, 0, -DrawnTogether);
        private uint _pass;

        public override TrialRandom Random => random;

        public override void BeginPass(int pass) => _pass = (uint)pass;

        public override int LengthOf(Purpose purpose, int number, int maxLength)
            => task.LengthOf(random, purpose, number, maxLength);

        public override void Write(Purpose purpose, int number, Span<double> inputs, Span<double> labels)
        {
            labels[0] = ClassOf(number) == 1 ? 1.0 : -1.0;
            WriteInputs(purpose, number, inputs);
        }

        public void WriteInputs(Purpose purpose, int number, Span<double> inputs)
        {
            DrawNoise(purpose, number);
            inputs[..task.Inputs].Clear();
            Span<double> noise = inputs[task.Inputs..];
            int rowLength = _normals.Length / RandomNumbers.GaussiansPerBlock,
                first = (number - _drawn.First) * _blocks;
            for (int j = 0; j < RandomNumbers.GaussiansPerBlock; j++)
            {
                ReadOnlySpan<double> row = _normals.AsSpan((j * rowLength) + first, _blocks);
                for (int t = noise.Length - 1 - j, block = 0; t >= 0; t -= RandomNumbers.GaussiansPerBlock)
                    noise[t] = _standardDeviation * row[block++];
            }
        }

        /// <summary>Draws the noise of a sequence, and of those that follow, if it has not been drawn.</summary>
        private void DrawNoise(Purpose purpose, int number)
        {
            bool isAfresh = task.VariesBetweenPasses && purpose == Purpose.TrainingSequences;
            (Purpose Purpose, uint FirstBlock, int First) needed = (
                isAfresh ? Purpose.PresentationNoise : GetNoisePurpose(purpose),
                isAfresh ? _pass * task.BlocksPerPass : 0, _drawn.First);
            if (needed == _drawn && number >= _drawn.First && number < _drawn.First + DrawnTogether)
                return;
            _drawn = needed with { First = number };
            random.FillGaussians(_drawn.Purpose, number, _drawn.FirstBlock, _blocks, _normals);
        }
    }
}

/// <summary>Meanings of the number s.</summary>
public enum NoiseParameter
{
    /// <summary>The variance of the noise.</summary>
    Variance,

    /// <summary>Its standard deviation.</summary>
    Deviation,
}

/// <summary>When noise is drawn.</summary>
public enum NoiseDraw
{
    /// <summary>Once for each training sequence.</summary>
    Frozen,

    /// <summary>At every presentation.</summary>
    Afresh,
}
