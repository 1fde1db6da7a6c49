using System.Text;
using CsCheck;
using LatchLab.Verification;
using Xunit;

namespace LatchLab.Tests.Verification;

/// <summary>Any text that is not a valid certificate is rejected with a reason.</summary>
public class DoubtfulCertificateTests
{
    private const string Valid = """
        {"certificate": "latchlab-noise", "version": 1,
         "network": {"network": "latch", "unit": "tanh", "weight": 2, "inputs": []},
         "held-inputs": [0], "noise": 0.25, "noise-at": "units",
         "sets": [{"boxes": [{"lower": [1], "upper": [3]}]}, {"boxes": [{"lower": [-3], "upper": [-1]}]}]}
        """;

    [Theory]
    [InlineData("\"upper\": [-1]", "\"upper\": [2]", "boxes 0 and 1 (counted through all sets) have a point in common")]
    [InlineData("\"upper\": [-1]", "\"upper\": [1]", "boxes 0 and 1 (counted through all sets) have a point in common")]
    [InlineData("[-3], \"upper\": [-1]", "[3], \"upper\": [5]", "boxes 0 and 1 (counted through all sets)")]
    [InlineData("\"upper\": [3]", "\"upper\": [1e999]", "set 0, box 0: must be a finite number")]
    [InlineData("\"upper\": [3]", "\"upper\": [0]", "set 0, box 0: a lower end lies above the upper one")]
    [InlineData("\"upper\": [3]", "\"upper\": []", "set 0, box 0: must have 1 numbers, not 0")]
    [InlineData("\"upper\": [3]", "\"upper\": [3, 3]", "set 0, box 0: must have 1 numbers, not 2")]
    [InlineData("\"upper\": [3]", "\"upper\": [\"3\"]", "set 0, box 0: must be a finite number")]
    [InlineData("\"upper\": [3]", "\"upper\": [null]", "set 0, box 0: must be a finite number")]
    [InlineData("\"upper\": [3]", "\"upper\": 3", "set 0, box 0: must be a list")]
    [InlineData("\"noise\": 0.25", "\"noise\": -0.25", "noise: must not be negative")]
    [InlineData("\"noise\": 0.25", "\"noise\": 1e308", "set 0: box 0 is not mapped into box 0")]
    [InlineData("\"noise\": 0.25, ", "", "noise: is missing")]
    [InlineData("\"noise\": 0.25", "\"noise\": 0.25, \"noise\": 0", "not a certificate")]
    [InlineData("\"noise\": 0.25", "\"noise\": 0.25, \"n\\u006fise\": 0", "not a certificate")]
    [InlineData("\"weight\": 2", "\"weight\": 2, \"weight\": 3", "not a certificate")]
    [InlineData("\"weight\": 2", "\"weight\": 1e308", "set 0: box 0 is not mapped into box 0")]
    [InlineData("\"weight\": 2", "\"weight\": 1.2", "set 0: box 0 is not mapped into box 0")]
    [InlineData("\"inputs\": []", "\"inputs\": [], \"biases\": [1]", "network: has a field other than network, unit")]
    [InlineData("\"tanh\"", "\"threshold\"", "unit: must be tanh, logistic or relu")]
    [InlineData("\"tanh\"", "\"tanh,tanh\"", "unit: must name one, or each of 1")]
    [InlineData("\"tanh\"", "\"\\ud800\"", "not a certificate")]
    [InlineData("\"latch\"", "7", "network: must be \"latch\", \"fully-connected\" or \"parity\"")]
    [InlineData("[0]", "[]", "held-inputs: must have 1 numbers, not 0")]
    [InlineData("\"units\"", "\"nowhere\"", "noise-at: must be \"units\" or \"inputs\"")]
    [InlineData("\"version\": 1", "\"version\": 2", "version: must be 1")]
    [InlineData("latchlab-noise", "another", "certificate: must be \"latchlab-noise\"")]
    public void A_defect_is_reported(string original, string replacement, string reason)
    {
        Assert.True(CertificateVerifier.Verify(Valid).IsValid);
        string text = Valid.Replace(original, replacement, StringComparison.Ordinal);
        Assert.NotEqual(Valid, text);
        VerificationResult verdict = CertificateVerifier.Verify(text);
        Assert.False(verdict.IsValid);
        Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{\"boxes\": []}]")]
    [InlineData("[{\"boxes\": [{\"lower\": [1], \"upper\": [3]}]}]")]
    public void Fewer_than_two_boxes_store_no_bit(string sets)
    {
        string text = Valid[..(Valid.IndexOf("\"sets\": ", StringComparison.Ordinal) + 8)] + sets + "}";
        VerificationResult verdict = CertificateVerifier.Verify(text);
        Assert.Equal((false, "fewer than two boxes store no bit"), (verdict.IsValid, verdict.Reason));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("{\"network\": {}}")]
    [InlineData("\ud800")]
    [InlineData("NaN")]
    public void Text_that_is_not_a_certificate_is_reported(string text)
        => Assert.StartsWith("not a certificate: ", CertificateVerifier.Verify(text).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_byte_order_mark_and_deep_nesting_are_handled()
    {
        Assert.True(CertificateVerifier.Verify("\uFEFF" + Valid).IsValid);
        Assert.False(CertificateVerifier.Verify(new string('[', 100_000)).IsValid);
    }

    [Fact]
    public void A_damaged_certificate_gives_a_verdict_and_a_valid_one_has_disjoint_boxes()
    {
        Gen<char> symbol = Gen.OneOf(
            Gen.Char, Gen.OneOf("{}[]:,\"\\/-+.eE0123456789 \n".ToCharArray().Select(Gen.Const).ToArray()));
        Gen<(int Kind, double Place, int Length, char[] Inserted)> damage =
            Gen.Select(Gen.Int[0, 2], Gen.Double[0.0, 1.0], Gen.Int[1, 6], symbol.Array[1, 3]);
        damage.Array[1, 3].Sample(
            damages =>
            {
                var text = new StringBuilder(Valid);
                foreach ((int kind, double place, int length, char[] inserted) in damages)
                {
                    int start = (int)(place * text.Length);
                    if (kind > 0)
                        text.Remove(start, Math.Min(length, text.Length - start));
                    if (kind < 2)
                        text.Insert(start, inserted);
                }

                VerificationResult verdict = CertificateVerifier.Verify(text.ToString());
                return verdict.Reason.Length > 0 && (!verdict.IsValid || verdict is { Boxes: 2, Margin: >= 0.0 });
            },
            iter: 3000);
    }
}
