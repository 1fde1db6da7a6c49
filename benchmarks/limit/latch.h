// The latching neuron of Figure 1(a), x_t = tanh(w·x_{t−1} + h_t): one on-line presentation to 64 trials, one per
// lane: forward, cost ½(x_T − d)², back-propagation through time to w and to the first three inputs, which are
// trainable, then the update.
#pragma once

#include "vectors.h"

struct Latch
{
    static constexpr int bundles = 8;       // vectors in flight: the steps of the others hide the latency of one
    static constexpr int trainable = 3;     // L: trainable inputs
    static constexpr int unitSteps = length * bundles * lanes;

    Vector w[bundles];
    Vector trainableInputs[trainable][bundles];     // h_1 … h_3
    Vector inputs[length][bundles];                 // h_t; the first three are not read
    Vector states[length + 1][bundles];             // x_t
    Vector weightGradient[bundles];
    Vector inputGradient[trainable][bundles];

    // One loop over time processes all bundles. The previous states are read from memory: copies of them in registers
    // would be stored a second time, because there are not enough registers.
    KEEP_OPERATION_ORDER void forward()
    {
        for (int b = 0; b < bundles; b++)
            states[0][b] = broadcast(0.0);
        for (int t = 1; t <= trainable; t++)
            step(trainableInputs[t - 1], t);
        for (int t = trainable + 1; t <= length; t++)
            step(inputs[t - 1], t);
    }

    inline __attribute__((always_inline)) void step(const Vector (&h)[bundles], int t)
    {
        hyperbolicTangents<bundles, 3>(
            [&](int b, int, Vector &x) { x = _mm512_fmadd_pd(w[b], states[t - 1][b], h[b]); },
            [&](int b, Vector x) { states[t][b] = x; });
    }

    __attribute__((noinline)) void backward()
    {
        Vector adjoint[bundles], sum[bundles];
        for (int b = 0; b < bundles; b++)
        {
            adjoint[b] = _mm512_sub_pd(states[length][b], broadcast(target));
            sum[b] = broadcast(0.0);
        }

        for (int t = length; t > trainable; t--)
        {
#pragma GCC unroll 8
            for (int b = 0; b < bundles; b++)
                stepBackward(adjoint[b], sum[b], b, t);
        }

        for (int t = trainable; t > 0; t--)
        {
            for (int b = 0; b < bundles; b++)
                inputGradient[t - 1][b] = stepBackward(adjoint[b], sum[b], b, t);
        }

        for (int b = 0; b < bundles; b++)
            weightGradient[b] = sum[b];
    }

    // ∂C/∂a_t = (1 − x_t²)·∂C/∂x_t
    inline __attribute__((always_inline)) Vector stepBackward(Vector &adjoint, Vector &sum, int b, int t)
    {
        const Vector x = states[t][b];
        const Vector gradient = _mm512_mul_pd(_mm512_fnmadd_pd(x, x, broadcast(1.0)), adjoint);
        sum = _mm512_fmadd_pd(gradient, states[t - 1][b], sum);
        adjoint = _mm512_mul_pd(w[b], gradient);
        return gradient;
    }

    __attribute__((noinline)) void update()
    {
        for (int b = 0; b < bundles; b++)
        {
            w[b] = _mm512_fnmadd_pd(broadcast(rate), weightGradient[b], w[b]);
            for (int i = 0; i < trainable; i++)
                trainableInputs[i][b] = _mm512_fnmadd_pd(broadcast(rate), inputGradient[i][b], trainableInputs[i][b]);
        }
    }

    void present()
    {
        forward();
        backward();
        update();
    }

    // Every trial has its own weight, trainable inputs and noise, of ordinary size.
    void prepare()
    {
        for (int b = 0; b < bundles; b++)
        {
            for (int i = 0; i < lanes; i++)
            {
                const int trial = b * lanes + i;
                lane(w[b], i) = 1.25 + 0.005 * trial;
                for (int k = 0; k < trainable; k++)
                    lane(trainableInputs[k][b], i) = 0.1 * std::sin(7.0 * k + trial);
                for (int t = 0; t < length; t++)
                    lane(inputs[t][b], i) = 0.1 * std::sin(t + 0.3 * trial);
            }
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
            const int b = trial / lanes, i = trial % lanes;
            const double weight = lane(w[b], i);
            double x[length + 1] = {};
            for (int t = 1; t <= length; t++)
            {
                const double h = t <= trainable ? lane(trainableInputs[t - 1][b], i) : lane(inputs[t - 1][b], i);
                x[t] = std::tanh(weight * x[t - 1] + h);
            }

            matches &= areClose(lane(states[length][b], i), x[length]);
            double adjoint = x[length] - target, sum = 0.0;
            for (int t = length; t > 0; t--)
            {
                const double gradient = (1.0 - x[t] * x[t]) * adjoint;
                sum += gradient * x[t - 1];
                adjoint = weight * gradient;
                if (t <= trainable)
                    matches &= areClose(lane(inputGradient[t - 1][b], i), gradient);
            }

            matches &= areClose(lane(weightGradient[b], i), sum);
        }

        return matches;
    }
};
