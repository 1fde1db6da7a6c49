// The maximum speed of the processor: hyperbolic tangents of independent numbers, and the throughput of single
// instructions.
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

    __attribute__((noinline)) void present()
    {
        for (int i = 0; i < numbers / lanes; i++)
            results[i] = hyperbolicTangent(arguments[i]);
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

// Eight independent chains of an instruction, each dependent only on its previous result: measures the throughput.
template <typename Operation>
__attribute__((noinline)) void repeat(int count, Operation operation)
{
    Vector a = broadcast(1.0), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
    for (int i = 0; i < count; i += 8)
    {
        a = operation(a), b = operation(b), c = operation(c), d = operation(d);
        e = operation(e), f = operation(f), g = operation(g), h = operation(h);
        asm volatile("" : "+v"(a), "+v"(b), "+v"(c), "+v"(d), "+v"(e), "+v"(f), "+v"(g), "+v"(h));
    }
}

inline void multiplyAndAdd(int count)
{
    const Vector a = broadcast(0.999), b = broadcast(0.001);
    repeat(count, [=](Vector x) { return _mm512_fmadd_pd(x, a, b); });
}

inline void divide(int count)
{
    const Vector a = broadcast(1.001);
    repeat(count, [=](Vector x) { return _mm512_div_pd(a, x); });
}

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
