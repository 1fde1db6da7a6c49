// Prints sequences of the adding problem (Hochreiter and Schmidhuber 1997, Section 5.4) as a CSV file. Each step has a
// value from [-1, 1] and a marker. The label is 0.5 + (X1 + X2)/4, where X1 and X2 are the two values with marker 1.
// The first and the last step have marker -1, all others 0. A network must store X1, and then the sum.
//     dotnet run -c Release examples/adding-problem.cs -- 1000 20 1 > adding.csv
// The arguments are the number of sequences, their shortest length T (the longest is T + T/10), and a seed; the
// defaults are 20, 10 and 1.
#:project ../src/LatchLab/LatchLab.csproj

using System.Globalization;
using LatchLab.Numerics;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int sequences = Given(0, 20), shortest = Given(1, 10);
if (sequences < 1 || shortest < 4)
    throw new ArgumentException("at least one sequence and four steps are required");
var random = new TrialRandom((ulong)Given(2, 1), RandomWord: 0, Trial: 0);
Console.WriteLine("sequence,step,label,value,marker");
for (int sequence = 0; sequence < sequences; sequence++)
{
    UniformStream uniforms = random.CreateUniformStream(Purpose.TrainingSequences, sequence);
    int length = shortest + Choose(uniforms, (shortest / 10) + 1);
    double[] values = [.. Enumerable.Range(0, length).Select(_ => uniforms.Next(-1.0, 1.0))];
    int first = Choose(uniforms, Math.Min(10, length / 2)), second = Choose(uniforms, (shortest / 2) - 1);
    if (second >= first)
        second++; // skips the marked step
    double sum = (first == 0 ? 0.0 : values[first]) + (second == 0 ? 0.0 : values[second]); // "in the rare case"
    for (int t = 0; t < length; t++)
    {
        int marker = t == 0 || t == length - 1 ? -1 : t == first || t == second ? 1 : 0;
        string label = t == 0 ? (0.5 + (sum / 4.0)).ToString("R") : "";
        Console.WriteLine($"{sequence + 1},{t + 1},{label},{values[t]:R},{marker}");
    }
}

int Given(int index, int standard) => args.Length > index ? int.Parse(args[index]) : standard;

static int Choose(UniformStream uniforms, int count) => (int)(uniforms.Next() * count);
