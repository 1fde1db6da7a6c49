// Five fully connected units, x_t = tanh(W·x_{t−1} + e_0·u_t): one on-line presentation to 32 trials, one per lane:
// forward, cost ½(x_T − d)² at the last unit, back-propagation through time to all 25 weights, then the update.
#pragma once

#include "vectors.h"

struct FiveUnits
{
    static constexpr int n = 5;
    static constexpr int bundles = 4;
    static constexpr int unitSteps = length * bundles * lanes * n;

    Vector w[bundles][n][n];
    Vector inputs[length][bundles];                 // u_t
    Vector states[length + 1][bundles][n];          // x_t
    Vector gradients[bundles][n][n];

    // All activations of a step are computed before its tangents: this takes 0.82 ns on an Intel Xeon, one unit after
    // the other takes 0.92 ns, and one bundle in flight 1.27 ns.
    __attribute__((noinline)) void forward()
    {
        for (int b = 0; b < bundles; b++)
            for (int i = 0; i < n; i++)
                states[0][b][i] = all(0.0);
        for (int t = 1; t <= length; t++)
            for (int b = 0; b < bundles; b++)
                step(w[b], inputs[t - 1][b], states[t - 1][b], states[t][b]);
    }

    static inline __attribute__((always_inline)) void step(
        const Vector (&w)[n][n], const Vector &u, const Vector (&before)[n], Vector (&after)[n])
    {
        Vector x[n], a[n];
#pragma GCC unroll 5
        for (int j = 0; j < n; j++)
            x[j] = before[j];
#pragma GCC unroll 5
        for (int i = 0; i < n; i++)
        {
            a[i] = i == 0 ? u : all(0.0);
#pragma GCC unroll 5
            for (int j = 0; j < n; j++)
                a[i] = _mm512_fmadd_pd(w[i][j], x[j], a[i]);
        }

#pragma GCC unroll 5
        for (int i = 0; i < n; i++)
            after[i] = hyperbolicTangent(a[i]);
    }

    // The whole backward pass of a bundle before the next one: its weights and sums stay in the L1 cache.
    __attribute__((noinline)) void backward()
    {
        for (int b = 0; b < bundles; b++)
        {
            Vector signal[n], sums[n][n];
            for (int i = 0; i < n; i++)
            {
                signal[i] = i == n - 1 ? _mm512_sub_pd(states[length][b][i], all(target)) : all(0.0);
                for (int j = 0; j < n; j++)
                    sums[i][j] = all(0.0);
            }

            for (int t = length; t > 0; t--)
                stepBackward(w[b], states[t - 1][b], states[t][b], signal, sums);
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    gradients[b][i][j] = sums[i][j];
        }
    }

    static inline __attribute__((always_inline)) void stepBackward(
        const Vector (&w)[n][n], const Vector (&before)[n], const Vector (&after)[n], Vector (&signal)[n],
        Vector (&sums)[n][n])
    {
        Vector x[n], earlier[n];
#pragma GCC unroll 5
        for (int j = 0; j < n; j++)
        {
            x[j] = before[j];
            earlier[j] = all(0.0);
        }

#pragma GCC unroll 5
        for (int i = 0; i < n; i++)
        {
            const Vector gradient = _mm512_mul_pd(_mm512_fnmadd_pd(after[i], after[i], all(1.0)), signal[i]);
#pragma GCC unroll 5
            for (int j = 0; j < n; j++)
            {
                earlier[j] = _mm512_fmadd_pd(w[i][j], gradient, earlier[j]);
                sums[i][j] = _mm512_fmadd_pd(gradient, x[j], sums[i][j]);
            }
        }

#pragma GCC unroll 5
        for (int j = 0; j < n; j++)
            signal[j] = earlier[j];
    }

    __attribute__((noinline)) void update()
    {
        for (int b = 0; b < bundles; b++)
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    w[b][i][j] = _mm512_fnmadd_pd(all(rate), gradients[b][i][j], w[b][i][j]);
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
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    lane(w[b][i][j], l) = (i == j ? 1.25 : 0.0) + 0.1 * std::sin(7.0 * (i * n + j) + trial);
            for (int t = 0; t < length; t++)
                lane(inputs[t][b], l) = 0.1 * std::sin(t + 0.3 * trial);
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
            const int b = trial / lanes, l = trial % lanes;
            double x[length + 1][n] = {}, signal[n] = {}, sums[n][n] = {};
            for (int t = 1; t <= length; t++)
                for (int i = 0; i < n; i++)
                {
                    double a = i == 0 ? lane(inputs[t - 1][b], l) : 0.0;
                    for (int j = 0; j < n; j++)
                        a += lane(w[b][i][j], l) * x[t - 1][j];
                    x[t][i] = std::tanh(a);
                    right &= agree(lane(states[t][b][i], l), x[t][i]);
                }

            signal[n - 1] = x[length][n - 1] - target;
            for (int t = length; t > 0; t--)
            {
                double earlier[n] = {};
                for (int i = 0; i < n; i++)
                {
                    const double gradient = (1.0 - x[t][i] * x[t][i]) * signal[i];
                    for (int j = 0; j < n; j++)
                    {
                        earlier[j] += lane(w[b][i][j], l) * gradient;
                        sums[i][j] += gradient * x[t - 1][j];
                    }
                }

                for (int j = 0; j < n; j++)
                    signal[j] = earlier[j];
            }

            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    right &= agree(lane(gradients[b][i][j], l), sums[i][j]);
        }

        return right;
    }
};
