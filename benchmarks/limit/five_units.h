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

    // All activations of a step are computed before its hyperbolic tangents. On an Intel Xeon, this takes 0.82 ns; one
    // unit after the other takes 0.92 ns, and one bundle in flight 1.27 ns.
    __attribute__((noinline)) void forward()
    {
        for (int b = 0; b < bundles; b++)
            for (int i = 0; i < n; i++)
                states[0][b][i] = broadcast(0.0);
        for (int t = 1; t <= length; t++)
            for (int b = 0; b < bundles; b++)
                step(w[b], inputs[t - 1][b], states[t - 1][b], states[t][b]);
    }

    static inline __attribute__((always_inline)) void step(
        const Vector (&w)[n][n], const Vector &u, const Vector (&previous)[n], Vector (&current)[n])
    {
        Vector x[n], a[n];
#pragma GCC unroll 5
        for (int j = 0; j < n; j++)
            x[j] = previous[j];
#pragma GCC unroll 5
        for (int i = 0; i < n; i++)
        {
            a[i] = i == 0 ? u : broadcast(0.0);
#pragma GCC unroll 5
            for (int j = 0; j < n; j++)
                a[i] = _mm512_fmadd_pd(w[i][j], x[j], a[i]);
        }

#pragma GCC unroll 5
        for (int i = 0; i < n; i++)
            current[i] = hyperbolicTangent(a[i]);
    }

    // The whole backward pass of a bundle before the next one: its weights and sums stay in the L1 cache.
    __attribute__((noinline)) void backward()
    {
        for (int b = 0; b < bundles; b++)
        {
            Vector adjoint[n], sums[n][n];
            for (int i = 0; i < n; i++)
            {
                adjoint[i] = i == n - 1 ? _mm512_sub_pd(states[length][b][i], broadcast(target)) : broadcast(0.0);
                for (int j = 0; j < n; j++)
                    sums[i][j] = broadcast(0.0);
            }

            for (int t = length; t > 0; t--)
                stepBackward(w[b], states[t - 1][b], states[t][b], adjoint, sums);
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    gradients[b][i][j] = sums[i][j];
        }
    }

    static inline __attribute__((always_inline)) void stepBackward(
        const Vector (&w)[n][n], const Vector (&previous)[n], const Vector (&current)[n], Vector (&adjoint)[n],
        Vector (&sums)[n][n])
    {
        Vector x[n], previousAdjoint[n];
#pragma GCC unroll 5
        for (int j = 0; j < n; j++)
        {
            x[j] = previous[j];
            previousAdjoint[j] = broadcast(0.0);
        }

#pragma GCC unroll 5
        for (int i = 0; i < n; i++)
        {
            const Vector gradient = _mm512_mul_pd(_mm512_fnmadd_pd(current[i], current[i], broadcast(1.0)), adjoint[i]);
#pragma GCC unroll 5
            for (int j = 0; j < n; j++)
            {
                previousAdjoint[j] = _mm512_fmadd_pd(w[i][j], gradient, previousAdjoint[j]);
                sums[i][j] = _mm512_fmadd_pd(gradient, x[j], sums[i][j]);
            }
        }

#pragma GCC unroll 5
        for (int j = 0; j < n; j++)
            adjoint[j] = previousAdjoint[j];
    }

    __attribute__((noinline)) void update()
    {
        for (int b = 0; b < bundles; b++)
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    w[b][i][j] = _mm512_fnmadd_pd(broadcast(rate), gradients[b][i][j], w[b][i][j]);
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

    // Compares with the reference, which computes one trial after the other from the definition.
    bool matchesReference()
    {
        forward();
        backward();
        bool matches = true;
        for (int trial = 0; trial < bundles * lanes; trial++)
        {
            const int b = trial / lanes, l = trial % lanes;
            double x[length + 1][n] = {}, adjoint[n] = {}, sums[n][n] = {};
            for (int t = 1; t <= length; t++)
                for (int i = 0; i < n; i++)
                {
                    double a = i == 0 ? lane(inputs[t - 1][b], l) : 0.0;
                    for (int j = 0; j < n; j++)
                        a += lane(w[b][i][j], l) * x[t - 1][j];
                    x[t][i] = std::tanh(a);
                    matches &= areClose(lane(states[t][b][i], l), x[t][i]);
                }

            adjoint[n - 1] = x[length][n - 1] - target;
            for (int t = length; t > 0; t--)
            {
                double previousAdjoint[n] = {};
                for (int i = 0; i < n; i++)
                {
                    const double gradient = (1.0 - x[t][i] * x[t][i]) * adjoint[i];
                    for (int j = 0; j < n; j++)
                    {
                        previousAdjoint[j] += lane(w[b][i][j], l) * gradient;
                        sums[i][j] += gradient * x[t - 1][j];
                    }
                }

                for (int j = 0; j < n; j++)
                    adjoint[j] = previousAdjoint[j];
            }

            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    matches &= areClose(lane(gradients[b][i][j], l), sums[i][j]);
        }

        return matches;
    }
};
