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

    // The five units of a step are independent of each other, and so are the bundles: all their tangents are
    // interleaved, each with the five products of its activation.
    KEEP_OPERATION_ORDER void forward()
    {
        for (int b = 0; b < bundles; b++)
            for (int i = 0; i < n; i++)
                states[0][b][i] = broadcast(0.0);
        for (int t = 1; t <= length; t++)
        {
            hyperbolicTangents<bundles * n, 3, n>(
                [&](int k, int j, Vector &a)
                {
                    const int b = k / n, i = k % n;
                    const Vector weight = w[b][i][j], x = states[t - 1][b][j];
                    if (j > 0)
                        a = _mm512_fmadd_pd(weight, x, a);
                    else
                        a = i == 0 ? _mm512_fmadd_pd(weight, x, inputs[t - 1][b]) : _mm512_mul_pd(weight, x);
                },
                [&](int k, Vector x) { states[t][k / n][k % n] = x; });
        }
    }

    // The whole backward pass of a bundle before the next one: nearly all of its sums stay in registers, and its
    // weights in the L1 cache.
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
        Vector gradient[n];
#pragma GCC unroll 5
        for (int i = 0; i < n; i++)
            gradient[i] = _mm512_mul_pd(_mm512_fnmadd_pd(current[i], current[i], broadcast(1.0)), adjoint[i]);
#pragma GCC unroll 5
        for (int j = 0; j < n; j++)
        {
            adjoint[j] = _mm512_mul_pd(w[0][j], gradient[0]);
            sums[0][j] = _mm512_fmadd_pd(gradient[0], previous[j], sums[0][j]);
#pragma GCC unroll 4
            for (int i = 1; i < n; i++)
            {
                adjoint[j] = _mm512_fmadd_pd(w[i][j], gradient[i], adjoint[j]);
                sums[i][j] = _mm512_fmadd_pd(gradient[i], previous[j], sums[i][j]);
            }
        }
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
