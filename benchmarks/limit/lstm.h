// Long short-term memory of n cells with one input and a linear readout: one on-line presentation to eight trials, one
// per lane, each with its own parameters: forward, cost ½(y_T − d)², back-propagation through time, then the update.
// Parameters: [W | V | b | r | c], the rows of W, V and b those of i, f, g and o.
#pragma once

#include <algorithm>

#include "cell_work.h"
#include "vectors.h"

template <int n>
struct Lstm
{
    static constexpr int rows = 4 * n, parameterCount = rows * (n + 2) + n + 1;
    static constexpr double operations = static_cast<double>(length) * lanes * parameterCount;

    // Steps whose gradient terms are summed in registers before the sums are stored.
    static constexpr int stepsTogether = 20;

    Vector parameters[parameterCount], gradients[parameterCount];
    Vector inputs[length];
    Vector hidden[length + 1][n], cells[length + 1][n], gates[length][rows], squashed[length][n];
    Vector deltas[stepsTogether][rows];
    Vector output;

    const Vector *weights(int row) const { return parameters + row * n; }
    const Vector *inputWeights() const { return parameters + rows * n; }
    const Vector *biases() const { return inputWeights() + rows; }
    const Vector *readout() const { return biases() + rows; }

    __attribute__((noinline)) void forward()
    {
        for (int j = 0; j < n; j++)
            hidden[0][j] = cells[0][j] = broadcast(0.0);
        for (int t = 0; t < length; t++)
        {
            activate(t);
            computeGates(t);
            computeState(t);
        }

        output = readout()[n];
        for (int j = 0; j < n; j++)
            output = _mm512_fmadd_pd(readout()[j], hidden[length][j], output);
    }

    // Four rows at a time; the sums of the next four do not depend on them. Those of i, f and o are halved for the
    // logistic function, ½ + ½·tanh(a/2).
    inline __attribute__((always_inline)) void activate(int t)
    {
        for (int row = 0; row < rows; row += 4)
        {
            Vector sum[4];
#pragma GCC unroll 4
            for (int q = 0; q < 4; q++)
                sum[q] = _mm512_fmadd_pd(inputWeights()[row + q], inputs[t], biases()[row + q]);
#pragma GCC unroll 16
            for (int j = 0; j < n; j++)
            {
                const Vector h = hidden[t][j];
#pragma GCC unroll 4
                for (int q = 0; q < 4; q++)
                    sum[q] = _mm512_fmadd_pd(weights(row + q)[j], h, sum[q]);
            }

#pragma GCC unroll 4
            for (int q = 0; q < 4; q++)
                gates[t][row + q] = isTangent(row + q) ? sum[q] : _mm512_mul_pd(broadcast(0.5), sum[q]);
        }
    }

    static constexpr bool isTangent(int row) { return row >= 2 * n && row < 3 * n; }

    KEEP_OPERATION_ORDER void computeGates(int t)
    {
        for (int row = 0; row < rows; row += 4)
        {
            hyperbolicTangents<4, 3>(
                [&](int k, int, Vector &x) { x = gates[t][row + k]; },
                [&](int k, Vector x) { gates[t][row + k] = x; });
        }

        for (int row = 0; row < rows; row++)
        {
            if (!isTangent(row))
                gates[t][row] = _mm512_fmadd_pd(broadcast(0.5), gates[t][row], broadcast(0.5));
        }
    }

    KEEP_OPERATION_ORDER void computeState(int t)
    {
        const Vector *i = gates[t], *f = i + n, *g = f + n, *o = g + n;
        for (int j = 0; j < n; j++)
            cells[t + 1][j] = _mm512_fmadd_pd(f[j], cells[t][j], _mm512_mul_pd(i[j], g[j]));
        constexpr int together = n % 4 == 0 ? 4 : n;
        for (int first = 0; first < n; first += together)
        {
            hyperbolicTangents<together, 3>(
                [&](int k, int, Vector &x) { x = cells[t + 1][first + k]; },
                [&](int k, Vector x)
                {
                    squashed[t][first + k] = x;
                    hidden[t + 1][first + k] = _mm512_mul_pd(o[first + k], x);
                });
        }
    }

    __attribute__((noinline)) void backward()
    {
        const Vector error = _mm512_sub_pd(output, broadcast(target));
        Vector *const sums = gradients, *const readoutSums = gradients + rows * (n + 2);
        Vector adjoint[n], cellAdjoint[n];
        for (int k = 0; k < rows * (n + 2); k++)
            sums[k] = broadcast(0.0);
        for (int j = 0; j < n; j++)
        {
            adjoint[j] = _mm512_mul_pd(error, readout()[j]);
            cellAdjoint[j] = broadcast(0.0);
            readoutSums[j] = _mm512_mul_pd(error, hidden[length][j]);
        }

        readoutSums[n] = error;
        for (int last = length - 1; last >= 0; last -= stepsTogether)
        {
            for (int s = 0; s < stepsTogether; s++)
            {
                computeDeltas(last - s, adjoint, cellAdjoint, deltas[s]);
                pullBack(deltas[s], adjoint);
            }

            for (int row = 0; row < rows; row += 4)
                sumProducts(last, row);
        }
    }

    inline __attribute__((always_inline)) void computeDeltas(
        int t, const Vector *adjoint, Vector *cellAdjoint, Vector *delta)
    {
        const Vector one = broadcast(1.0), *const gate = gates[t];
        for (int j = 0; j < n; j++)
        {
            const Vector i = gate[j], f = gate[n + j], g = gate[2 * n + j], o = gate[3 * n + j], h = squashed[t][j];
            const Vector dc = _mm512_fmadd_pd(
                _mm512_mul_pd(adjoint[j], o), _mm512_fnmadd_pd(h, h, one), cellAdjoint[j]);
            delta[j] = _mm512_mul_pd(_mm512_mul_pd(dc, g), _mm512_fnmadd_pd(i, i, i));
            delta[n + j] = _mm512_mul_pd(_mm512_mul_pd(dc, cells[t][j]), _mm512_fnmadd_pd(f, f, f));
            delta[2 * n + j] = _mm512_mul_pd(_mm512_mul_pd(dc, i), _mm512_fnmadd_pd(g, g, one));
            delta[3 * n + j] = _mm512_mul_pd(_mm512_mul_pd(adjoint[j], h), _mm512_fnmadd_pd(o, o, o));
            cellAdjoint[j] = _mm512_mul_pd(dc, f);
        }
    }

    // ∂C/∂h_{t−1} = Wᵀ·δ: the sums of up to eight columns stay in registers.
    inline __attribute__((always_inline)) void pullBack(const Vector *delta, Vector *adjoint)
    {
        constexpr int columns = n < 8 ? n : 8;
        for (int first = 0; first < n; first += columns)
        {
            Vector sum[columns];
#pragma GCC unroll 8
            for (int j = 0; j < columns; j++)
                sum[j] = broadcast(0.0);
            for (int row = 0; row < rows; row++)
            {
                const Vector d = delta[row], *const w = weights(row) + first;
#pragma GCC unroll 8
                for (int j = 0; j < columns; j++)
                    sum[j] = _mm512_fmadd_pd(w[j], d, sum[j]);
            }

#pragma GCC unroll 8
            for (int j = 0; j < columns; j++)
                adjoint[first + j] = sum[j];
        }
    }

    // Four rows and four columns at a time: 16 sums in registers.
    inline __attribute__((always_inline)) void sumProducts(int last, int row)
    {
        constexpr int columns = n % 4 == 0 ? 4 : n;
        for (int first = 0; first < n; first += columns)
        {
            Vector sum[4][columns];
#pragma GCC unroll 4
            for (int q = 0; q < 4; q++)
#pragma GCC unroll 8
                for (int j = 0; j < columns; j++)
                    sum[q][j] = gradients[(row + q) * n + first + j];
            for (int s = 0; s < stepsTogether; s++)
            {
                const Vector *const x = hidden[last - s] + first;
#pragma GCC unroll 4
                for (int q = 0; q < 4; q++)
#pragma GCC unroll 8
                    for (int j = 0; j < columns; j++)
                        sum[q][j] = _mm512_fmadd_pd(deltas[s][row + q], x[j], sum[q][j]);
            }

#pragma GCC unroll 4
            for (int q = 0; q < 4; q++)
#pragma GCC unroll 8
                for (int j = 0; j < columns; j++)
                    gradients[(row + q) * n + first + j] = sum[q][j];
        }

        for (int q = row; q < row + 4; q++)
        {
            Vector input = gradients[rows * n + q], bias = gradients[rows * (n + 1) + q];
            for (int s = 0; s < stepsTogether; s++)
            {
                input = _mm512_fmadd_pd(deltas[s][q], inputs[last - s], input);
                bias = _mm512_add_pd(bias, deltas[s][q]);
            }

            gradients[rows * n + q] = input;
            gradients[rows * (n + 1) + q] = bias;
        }
    }

    __attribute__((noinline)) void update()
    {
        for (int k = 0; k < parameterCount; k++)
            parameters[k] = _mm512_fnmadd_pd(broadcast(rate), gradients[k], parameters[k]);
    }

    void present()
    {
        forward();
        backward();
        update();
    }

    void prepare(const CellWork &work)
    {
        for (int i = 0; i < lanes; i++)
        {
            for (int k = 0; k < parameterCount; k++)
                lane(parameters[k], i) = work.parameters(i)[k];
            for (int t = 0; t < length; t++)
                lane(inputs[t], i) = work.inputs(i)[t];
        }
    }

    // The outputs and gradients are those that LatchLab has written.
    bool matches(const CellWork &work)
    {
        forward();
        backward();
        bool matches = true;
        for (int i = 0; i < lanes; i++)
        {
            matches &= areClose(lane(output, i), *work.outputs(i));
            for (int k = 0; k < parameterCount; k++)
                matches &= areClose(lane(gradients[k], i), work.gradients(i)[k]);
        }

        return matches;
    }
};
