using System.Diagnostics;
using System.Text.Json;
using LatchLab.Figures;
using LatchLab.Reporting;
using Xunit;

namespace LatchLab.Tests.Reporting;

/// <summary>
/// The layout of a page in headless Chromium, on a screen and on a phone, in both colour schemes. A script beside the
/// page measures it; the page itself has none. Skipped where there is no Chromium.
/// </summary>
public sealed class PageLayoutTests : IDisposable
{
    private static readonly string? Browser = FindBrowser();

    private readonly string _folder = Directory.CreateTempSubdirectory("latchlab-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(400, false)]
    [InlineData(400, true)]
    public void Nothing_is_cut_and_the_contents_lead_to_what_they_name(int width, bool isDark)
    {
        SlowTests.SkipUnlessRequested();
        Assert.SkipWhen(Browser is null, "There is no Chromium on the PATH.");
        foreach (Report report in (Report[])[SampleReports.Report, SampleReports.Network])
        {
            JsonElement page = Measure(HtmlReport.Render(report), width, isDark);
            Assert.Equal(width, page.GetProperty("width").GetInt32());
            Assert.Equal(isDark, page.GetProperty("isDark").GetBoolean());
            Assert.Equal(0, page.GetProperty("cut").GetArrayLength());
            Assert.Equal(report.Figures.Count, page.GetProperty("pictures").GetInt32());
            Assert.NotEqual(0, page.GetProperty("contents").GetArrayLength());
            Assert.All(
                page.GetProperty("contents").EnumerateArray(),
                link => Assert.InRange(
                    link.GetProperty("top").GetDouble(), 0.0, link.GetProperty("limit").GetDouble()));
        }
    }

    /// <summary>Shows a page in a frame of the given width and measures it there.</summary>
    private JsonElement Measure(string page, int width, bool isDark)
    {
        File.WriteAllText(Path.Combine(_folder, "page.html"), page);
        string harness = Path.Combine(_folder, "harness.html");
        File.WriteAllText(harness, $$"""
            <!DOCTYPE html><meta charset="utf-8">
            <iframe id="frame" style="width:{{width}}px;height:800px;border:0" src="page.html"></iframe>
            <pre id="result"></pre>
            <script>
            frame.onload = async () => {
              const inner = frame.contentWindow, page = frame.contentDocument;
              const shown = e => e.getClientRects().length > 0;
              const scrolls = e => e.closest('.scroll, nav, svg');
              const cut = [...page.querySelectorAll('main *')].filter(e => shown(e) && !scrolls(e)
                && (e.getBoundingClientRect().right > inner.innerWidth + 1 || e.getBoundingClientRect().left < -1));
              const contents = [];
              for (const link of page.querySelectorAll('nav a')) {
                link.click();
                await new Promise(resolve => setTimeout(resolve, 100));
                const target = page.querySelector(link.getAttribute('href'));
                contents.push({ top: target ? target.getBoundingClientRect().top : -1, limit: inner.innerHeight });
              }
              result.textContent = JSON.stringify({
                width: inner.innerWidth,
                isDark: inner.getComputedStyle(page.body).backgroundColor !== 'rgb(255, 255, 255)',
                cut: cut.map(e => e.outerHTML.slice(0, 80)).concat(
                  page.documentElement.scrollWidth > inner.innerWidth ? ['the page scrolls sideways'] : []),
                pictures: [...page.querySelectorAll('figure .picture svg')].filter(shown).length,
                contents,
              });
            };
            </script>
            """);
        var start = new ProcessStartInfo(Browser!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
            $"--user-data-dir={Path.Combine(_folder, "profile")}",
            $"--blink-settings=preferredColorScheme={(isDark ? 0 : 1)}", "--window-size=1400,900",
            "--virtual-time-budget=10000", "--dump-dom", new Uri(harness).AbsoluteUri,
        ])
            start.ArgumentList.Add(argument);
        using Process browser = Process.Start(start)!;
        browser.ErrorDataReceived += (_, _) => { };
        browser.BeginErrorReadLine();
        string dom = browser.StandardOutput.ReadToEnd();
        browser.WaitForExit();
        const string begin = "<pre id=\"result\">";
        int first = dom.LastIndexOf(begin, StringComparison.Ordinal) + begin.Length;
        string result = dom[first..dom.IndexOf("</pre>", first, StringComparison.Ordinal)];
        return JsonDocument.Parse(System.Net.WebUtility.HtmlDecode(result)).RootElement;
    }

    private static string? FindBrowser()
        => (from name in (string[])["chromium", "chromium-browser", "google-chrome", "chrome"]
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            let path = Path.Combine(folder, name)
            where File.Exists(path)
            select path).FirstOrDefault();
}
