using System.Runtime.InteropServices;
using LatchLab.Dynamics;
using LatchLab.Numerics;

namespace LatchLab.Tests.Dynamics;

/// <summary>Writes A_t for any t ≥ 1, row by row; always the same for the same t.</summary>
internal delegate void MatrixGenerator(long t, Span<double> matrix);

/// <summary>A sequence of given matrices.</summary>
internal sealed class MatrixSequence(int dimension, MatrixGenerator generator) : ICocycle
{
    private long _t, _savedStep;

    public int Dimension => dimension;

    public bool TryNext(Span<Scalar> matrix)
    {
        _t++;
        generator(_t, MemoryMarshal.Cast<Scalar, double>(matrix));
        return true;
    }

    public void Save() => _savedStep = _t;

    public void Restore() => _t = _savedStep;
}
