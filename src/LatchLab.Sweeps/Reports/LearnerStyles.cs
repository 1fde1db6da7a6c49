using LatchLab.Figures;
using LatchLab.Learning;

namespace LatchLab.Sweeps.Reports;

/// <summary>
/// The marker and the colour of each learner in a figure that compares learners: everywhere those of Figure 4.
/// </summary>
public static class LearnerStyles
{
    private static readonly Dictionary<string, CurveStyle> Styles = new()
    {
        [new Backpropagation().Name] = new(Marker.Square, 0),
        [new PseudoNewton().Name] = new(Marker.TriangleDown, 5),
        [new TimeWeightedPseudoNewton().Name] = new(Marker.TriangleUp, 2),
        [new DiscreteErrorPropagation().Name] = new(Marker.Circle, 1),
        [new MultigridRandomSearch().Name] = new(Marker.Disc, 3),
        [new SimulatedAnnealing().Name] = new(Marker.FilledSquare, 4),
        [new RandomGuessing().Name] = new(Marker.Cross, Series.Grey),
    };

    private const int Colours = 8; // of the palette

    private static readonly Marker[] Markers = Enum.GetValues<Marker>();

    /// <summary>The style of a learner.</summary>
    /// <param name="learner">The name of the learner.</param>
    public static CurveStyle Get(string learner) => Styles.GetValueOrDefault(learner, new(Marker.FilledDiamond, 6));

    /// <summary>
    /// The style of each curve of a figure, by its learner. Further curves of a learner have colours that no learner of
    /// the figure has, while there are some, and another marker.
    /// </summary>
    /// <param name="learners">The name of the learner of each curve.</param>
    public static IReadOnlyList<CurveStyle> Assign(IReadOnlyList<string> learners)
    {
        if (learners.Distinct().Count() == 1)
            return [.. learners.Select((_, i) => new CurveStyle(Markers[i % Markers.Length], i))];
        var used = new Dictionary<string, int>();
        var free = new Queue<int>(
            Enumerable.Range(0, Colours).Except(learners.Select(learner => Get(learner).Colour)));
        var styles = new List<CurveStyle>();
        foreach (string learner in learners)
        {
            int earlier = used.GetValueOrDefault(learner);
            used[learner] = earlier + 1;
            CurveStyle first = Get(learner);
            styles.Add(earlier == 0 ? first : new(
                Markers[((int)first.Marker + earlier) % Markers.Length],
                free.TryDequeue(out int colour) ? colour : first.Colour));
        }

        return styles;
    }
}

/// <summary>How a curve is drawn.</summary>
/// <param name="Marker">The marker at each point.</param>
/// <param name="Colour">The colour, as in <see cref="Series.Colour"/>.</param>
public readonly record struct CurveStyle(Marker Marker, int Colour);
