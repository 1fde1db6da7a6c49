// Hyperbolic tangents of independent numbers, and the read bandwidth.
#pragma once

#include "vectors.h"

// Hyperbolic tangents of 2048 numbers that fit in the L1 cache.
struct HyperbolicTangents
{
    static constexpr int numbers = 2048;

    Vector arguments[numbers / lanes], results[numbers / lanes];

    void prepare()
    {
        for (int i = 0; i < numbers; i++)
            lane(arguments[i / lanes], i % lanes) = 3.0 * std::sin(i);
    }

    KEEP_OPERATION_ORDER void present()
    {
        constexpr int inFlight = 8;
        for (int i = 0; i < numbers / lanes; i += inFlight)
        {
            hyperbolicTangents<inFlight, 2>(
                [&](int k, int, Vector &x) { x = arguments[i + k]; },
                [&](int k, Vector y) { results[i + k] = y; });
        }
    }

    bool matchesReference()
    {
        present();
        bool matches = true;
        for (int i = 0; i < numbers; i++)
            matches &= areClose(lane(results[i / lanes], i % lanes), std::tanh(lane(arguments[i / lanes], i % lanes)));
        return matches;
    }
};

// Reads all vectors once; the sum prevents the compiler from omitting the reads.
inline double readAll(const Vector *memory, int vectors)
{
    Vector sums[8] = {};
    for (int i = 0; i < vectors; i += 8)
    {
#pragma GCC unroll 8
        for (int k = 0; k < 8; k++)
            sums[k] = _mm512_add_pd(sums[k], memory[i + k]);
    }

    Vector sum = broadcast(0.0);
    for (const Vector &partialSum : sums)
        sum = _mm512_add_pd(sum, partialSum);
    return _mm512_reduce_add_pd(sum);
}
