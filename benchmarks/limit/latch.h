// The latching neuron of Figure 1(a), x_t = tanh(w·x_{t−1} + h_t): one on-line presentation to 64 trials, one per
// lane: forward, cost ½(x_T − d)², back-propagation through time to w and to the first three inputs, which are
// parameters, then the update.
#pragma once

#include "vectors.h"

struct Latch
{
    static constexpr int bundles = 8;       // vectors in flight: they hide the latency of one another's steps
    static constexpr int trainable = 3;     // L
    static constexpr int unitSteps = length * bundles * lanes;

    Vector w[bundles];
    Vector trained[trainable][bundles];             // h_1 … h_3
    Vector inputs[length][bundles];                 // h_t; the first three are not read
    Vector states[length + 1][bundles];             // x_t
    Vector gradientOfWeight[bundles];
    Vector gradientOfTrained[trainable][bundles];

    // States are in registers, and one loop over time handles all bundles. With everything in memory it is as fast,
    // thanks to the compiler. With four bundles in flight it takes 50 % longer, with sixteen 10 %.
    __attribute__((noinline)) void forward()
    {
        Vector x[bundles];
        for (int b = 0; b < bundles; b++)
            states[0][b] = x[b] = all(0.0);
        for (int t = 1; t <= trainable; t++)
            step(x, trained[t - 1], t);
        for (int t = trainable + 1; t <= length; t++)
            step(x, inputs[t - 1], t);
    }

    inline __attribute__((always_inline)) void step(Vector (&x)[bundles], const Vector (&h)[bundles], int t)
    {
#pragma GCC unroll 8
        for (int b = 0; b < bundles; b++)
            states[t][b] = x[b] = hyperbolicTangent(_mm512_fmadd_pd(w[b], x[b], h[b]));
    }

    __attribute__((noinline)) void backward()
    {
        Vector signal[bundles], sum[bundles];
        for (int b = 0; b < bundles; b++)
        {
            signal[b] = _mm512_sub_pd(states[length][b], all(target));
            sum[b] = all(0.0);
        }

        for (int t = length; t > trainable; t--)
        {
#pragma GCC unroll 8
            for (int b = 0; b < bundles; b++)
                stepBackward(signal[b], sum[b], b, t);
        }

        for (int t = trainable; t > 0; t--)
        {
            for (int b = 0; b < bundles; b++)
                gradientOfTrained[t - 1][b] = stepBackward(signal[b], sum[b], b, t);
        }

        for (int b = 0; b < bundles; b++)
            gradientOfWeight[b] = sum[b];
    }

    // ∂C/∂a_t = (1 − x_t²)·∂C/∂x_t
    inline __attribute__((always_inline)) Vector stepBackward(Vector &signal, Vector &sum, int b, int t)
    {
        const Vector x = states[t][b];
        const Vector gradient = _mm512_mul_pd(_mm512_fnmadd_pd(x, x, all(1.0)), signal);
        sum = _mm512_fmadd_pd(gradient, states[t - 1][b], sum);
        signal = _mm512_mul_pd(w[b], gradient);
        return gradient;
    }

    __attribute__((noinline)) void update()
    {
        for (int b = 0; b < bundles; b++)
        {
            w[b] = _mm512_fnmadd_pd(all(rate), gradientOfWeight[b], w[b]);
            for (int i = 0; i < trainable; i++)
                trained[i][b] = _mm512_fnmadd_pd(all(rate), gradientOfTrained[i][b], trained[i][b]);
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
                    lane(trained[k][b], i) = 0.1 * std::sin(7.0 * k + trial);
                for (int t = 0; t < length; t++)
                    lane(inputs[t][b], i) = 0.1 * std::sin(t + 0.3 * trial);
            }
        }
    }

    // The reference: one trial after the other, from the definition.
    bool isRight()
    {
        forward();
        backward();
        bool right = true;
        for (int trial = 0; trial < bundles * lanes; trial++)
        {
            const int b = trial / lanes, i = trial % lanes;
            const double weight = lane(w[b], i);
            double x[length + 1] = {};
            for (int t = 1; t <= length; t++)
            {
                const double h = t <= trainable ? lane(trained[t - 1][b], i) : lane(inputs[t - 1][b], i);
                x[t] = std::tanh(weight * x[t - 1] + h);
            }

            right &= agree(lane(states[length][b], i), x[length]);
            double signal = x[length] - target, sum = 0.0;
            for (int t = length; t > 0; t--)
            {
                const double gradient = (1.0 - x[t] * x[t]) * signal;
                sum += gradient * x[t - 1];
                signal = weight * gradient;
                if (t <= trainable)
                    right &= agree(lane(gradientOfTrained[t - 1][b], i), gradient);
            }

            right &= agree(lane(gradientOfWeight[b], i), sum);
        }

        return right;
    }
};
