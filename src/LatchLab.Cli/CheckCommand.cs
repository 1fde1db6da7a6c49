using System.CommandLine;
using System.Text.Json.Nodes;
using LatchLab.Models;
using LatchLab.Verification;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab dynamics check</c>: verifies a noise certificate. The verifier shares no code with the program that
/// created the certificate.
/// </summary>
internal static class CheckCommand
{
    private static readonly Argument<string> Certificate = Options.Argument(
        "CERT.json", "the certificate (see docs/explanation/theory.md and docs/reference/diagnoses.md)");

    public static Command Create() => new RunnableCommand(
        "check",
        "Verify a noise certificate in exact arithmetic: no noise up to its bound can ever erase the stored bit.",
        Run,
        () => [Certificate, Options.Json]);

    private static int Run(ParsedOptions parsed)
    {
        string? path = parsed.GetRequired(Certificate);
        string? text = parsed.Read(path, CertificateFile.ReadAllText);
        parsed.ThrowIfInvalid();
        VerificationResult verdict = CertificateVerifier.Verify(text!);
        if (parsed.GetValue(Options.Json))
        {
            JsonOutput.WriteDocument(new JsonObject
            {
                ["holds"] = verdict.IsValid,
                ["reason"] = verdict.Reason,
                ["boxes"] = verdict.Boxes,
                ["noise"] = JsonOutput.ToJson(verdict.Noise),
            });
        }
        else if (verdict.IsValid)
        {
            Console.Out.WriteLine(verdict.Reason);
        }

        if (verdict.IsValid)
            return ExitCodes.Success;
        CommandLine.WriteError($"{path}: not verified: {verdict.Reason}");
        return ExitCodes.InvalidInput;
    }
}
