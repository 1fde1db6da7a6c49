namespace LatchLab.Tasks;

/// <summary>
/// A value of an input that is far from all others, for example one with a missing decimal point. Normalised with it,
/// the others hardly differ.
/// </summary>
/// <param name="Input">The index of the input.</param>
/// <param name="Value">The value.</param>
/// <param name="Line">Its line in the file.</param>
/// <param name="Distance">Its distance from the nearest other value, in standard deviations of the others.</param>
/// <param name="Mean">The mean of all values of the input, this one included.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="Others">The smallest and the largest of the other values.</param>
public sealed record OutlyingInput(
    int Input, double Value, int Line, double Distance, double Mean, double Deviation,
    (double Lowest, double Highest) Others);
