// The Parity network, h_t = tanh(w1·u_t + w2·y_{t−1} + b1), y_t = tanh(w3·u_t + w4·y_{t−1} + w5·h_t + b2), y_0 = 0:
// one on-line presentation to 64 trials, one per lane: forward, cost ½(y_T − d)², back-propagation through time to the
// seven parameters, then the update.
#pragma once

#include "vectors.h"

struct Parity
{
    static constexpr int bundles = 8;       // vectors in flight, as in the latch
    static constexpr int parameters = 7;
    static constexpr int unitSteps = 2 * length * bundles * lanes;

    enum Parameter { w1, w2, b1, w3, w4, w5, b2 };

    Vector weights[bundles][parameters];
    Vector inputs[length][bundles];                 // u_t
    Vector hidden[length + 1][bundles];             // h_t
    Vector outputs[length + 1][bundles];            // y_t
    Vector gradients[bundles][parameters];

    // The hidden units of all bundles, then their outputs. A hidden unit is known when the output of its bundle begins.
    KEEP_OPERATION_ORDER void forward()
    {
        for (int b = 0; b < bundles; b++)
            outputs[0][b] = broadcast(0.0);
        for (int t = 1; t <= length; t++)
        {
            hyperbolicTangents<2 * bundles, 3, 3>(
                [&](int k, int row, Vector &a) { computeActivation(k < bundles, t, k % bundles, row, a); },
                [&](int k, Vector x) { (k < bundles ? hidden : outputs)[t][k % bundles] = x; });
        }
    }

    inline __attribute__((always_inline)) void computeActivation(bool isHidden, int t, int b, int row, Vector &a)
    {
        const Vector (&w)[parameters] = weights[b];
        if (row == 0)
            a = _mm512_fmadd_pd(w[isHidden ? w1 : w3], inputs[t - 1][b], w[isHidden ? b1 : b2]);
        else if (row == 1)
            a = _mm512_fmadd_pd(w[isHidden ? w2 : w4], outputs[t - 1][b], a);
        else if (!isHidden)
            a = _mm512_fmadd_pd(w[w5], hidden[t][b], a);
    }

    // The whole backward pass of a few bundles before the next ones: their sums stay in registers.
    __attribute__((noinline)) void backward()
    {
        constexpr int inFlight = 2;
        for (int first = 0; first < bundles; first += inFlight)
        {
            Vector adjoint[inFlight], sums[inFlight][parameters] = {};
            for (int k = 0; k < inFlight; k++)
                adjoint[k] = _mm512_sub_pd(outputs[length][first + k], broadcast(target));
            for (int t = length; t > 0; t--)
            {
#pragma GCC unroll 2
                for (int k = 0; k < inFlight; k++)
                    stepBackward(first + k, t, adjoint[k], sums[k]);
            }

            for (int k = 0; k < inFlight; k++)
                for (int i = 0; i < parameters; i++)
                    gradients[first + k][i] = sums[k][i];
        }
    }

    inline __attribute__((always_inline)) void stepBackward(int b, int t, Vector &adjoint, Vector (&sums)[parameters])
    {
        const Vector (&w)[parameters] = weights[b];
        const Vector u = inputs[t - 1][b], previous = outputs[t - 1][b], h = hidden[t][b], y = outputs[t][b];
        const Vector one = broadcast(1.0);
        const Vector outputGradient = _mm512_mul_pd(_mm512_fnmadd_pd(y, y, one), adjoint);
        const Vector hiddenGradient =
            _mm512_mul_pd(_mm512_fnmadd_pd(h, h, one), _mm512_mul_pd(w[w5], outputGradient));
        adjoint = _mm512_fmadd_pd(w[w2], hiddenGradient, _mm512_mul_pd(w[w4], outputGradient));
        sums[w1] = _mm512_fmadd_pd(hiddenGradient, u, sums[w1]);
        sums[w2] = _mm512_fmadd_pd(hiddenGradient, previous, sums[w2]);
        sums[b1] = _mm512_add_pd(sums[b1], hiddenGradient);
        sums[w3] = _mm512_fmadd_pd(outputGradient, u, sums[w3]);
        sums[w4] = _mm512_fmadd_pd(outputGradient, previous, sums[w4]);
        sums[w5] = _mm512_fmadd_pd(outputGradient, h, sums[w5]);
        sums[b2] = _mm512_add_pd(sums[b2], outputGradient);
    }

    __attribute__((noinline)) void update()
    {
        for (int b = 0; b < bundles; b++)
            for (int i = 0; i < parameters; i++)
                weights[b][i] = _mm512_fnmadd_pd(broadcast(rate), gradients[b][i], weights[b][i]);
    }

    void present()
    {
        forward();
        backward();
        update();
    }

    void prepare()
    {
        for (int trial = 0; trial < bundles * lanes; trial++)
        {
            const int b = trial / lanes, l = trial % lanes;
            for (int i = 0; i < parameters; i++)
                lane(weights[b][i], l) = (i == w4 ? 1.25 : 0.0) + 0.5 * std::sin(7.0 * i + trial);
            for (int t = 0; t < length; t++)
                lane(inputs[t][b], l) = 0.1 * std::sin(t + 0.3 * trial);
        }
    }

    // Compares with the reference, which computes one trial after the other from the definition.
    bool matchesReference()
    {
        forward();
        backward();
        bool matches = true;
        for (int trial = 0; trial < bundles * lanes; trial++)
        {
            const int b = trial / lanes, l = trial % lanes;
            double w[parameters], u[length], h[length + 1] = {}, y[length + 1] = {}, sums[parameters] = {};
            for (int i = 0; i < parameters; i++)
                w[i] = lane(weights[b][i], l);
            for (int t = 1; t <= length; t++)
            {
                u[t - 1] = lane(inputs[t - 1][b], l);
                h[t] = std::tanh(w[w1] * u[t - 1] + w[w2] * y[t - 1] + w[b1]);
                y[t] = std::tanh(w[w3] * u[t - 1] + w[w4] * y[t - 1] + w[w5] * h[t] + w[b2]);
                matches &= areClose(lane(hidden[t][b], l), h[t]) && areClose(lane(outputs[t][b], l), y[t]);
            }

            double adjoint = y[length] - target;
            for (int t = length; t > 0; t--)
            {
                const double outputGradient = (1.0 - y[t] * y[t]) * adjoint;
                const double hiddenGradient = (1.0 - h[t] * h[t]) * w[w5] * outputGradient;
                const double terms[parameters] = {
                    hiddenGradient * u[t - 1], hiddenGradient * y[t - 1], hiddenGradient, outputGradient * u[t - 1],
                    outputGradient * y[t - 1], outputGradient * h[t], outputGradient};
                for (int i = 0; i < parameters; i++)
                    sums[i] += terms[i];
                adjoint = w[w2] * hiddenGradient + w[w4] * outputGradient;
            }

            for (int i = 0; i < parameters; i++)
                matches &= areClose(lane(gradients[b][i], l), sums[i]);
        }

        return matches;
    }
};
