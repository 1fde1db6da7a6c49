// Eight 64-bit numbers in an AVX-512 register, and LatchLab's tanh of them.
#pragma once

#include <immintrin.h>

#include <cmath>
#include <cstdint>

#if !defined(__AVX512F__) || !defined(__AVX512DQ__)
#error "This program needs AVX-512 (F and DQ); compile with -march=native on a machine that has it."
#endif

using Vector = __m512d;

// For functions with interleaved tangents: the compiler's scheduler would change the order of their operations.
#define KEEP_OPERATION_ORDER __attribute__((noinline, optimize("no-schedule-insns2")))

constexpr int lanes = 8;        // trials in a vector
constexpr int length = 100;     // T
constexpr double target = 0.8;
constexpr double rate = 1e-12;  // so small that the parameters hardly change

inline Vector broadcast(double value) { return _mm512_set1_pd(value); }
inline Vector broadcastBits(std::int64_t value) { return _mm512_castsi512_pd(_mm512_set1_epi64(value)); }
inline double &lane(Vector &vector, int i) { return reinterpret_cast<double *>(&vector)[i]; }

// The algorithm of LatchLab's Elementary.Tanh; it is explained there. Ten multiplications and fused multiply-adds, five
// additions and subtractions, a minimum, a shift, four bit operations and a division. A row is one operation, or two
// independent ones, so that several tangents can be interleaved.
struct HyperbolicTangent
{
    static constexpr int rows = 18;

    Vector x, magnitude, shifted, r, z, q, u, sum, a, n, quotient;

    inline __attribute__((always_inline)) void compute(int row)
    {
        const Vector shift = broadcast(6755399441055744.0 + 2 * 1022);    // 1.5·2^52, exponent bias
        switch (row)
        {
            case 0: magnitude = _mm512_and_pd(x, broadcastBits(INT64_MAX)); break;
            case 1: magnitude = _mm512_min_pd(broadcast(300.0), magnitude); break;
            case 2: shifted = _mm512_fmadd_pd(magnitude, broadcast(5.7707801635558535), shift); break;
            case 3: shifted = _mm512_and_pd(shifted, broadcastBits(~1LL)); break;
            case 4: r = _mm512_sub_pd(shifted, shift); break;
            case 5: r = _mm512_fmadd_pd(r, broadcast(-0.17328679513998632), magnitude); break;
            case 6: z = _mm512_mul_pd(r, r); break;
            case 7: addTerm(broadcast(-2.113855169015592e-06), 2.1373198495844683e-05); break;
            case 8: addTerm(q, -0.00021164000517389462); break;
            case 9: addTerm(q, 0.0021164021117133602); break;
            case 10: addTerm(q, -0.02222222222217325); break;
            case 11:
                addTerm(q, 0.33333333333333315);
                a = _mm512_castsi512_pd(_mm512_slli_epi64(_mm512_castpd_si512(shifted), 51));
                break;
            case 12:
                u = _mm512_fmadd_pd(q, z, broadcast(1.0));
                a = _mm512_sub_pd(a, broadcast(0.5));
                break;
            case 13:
                sum = _mm512_add_pd(u, r);
                u = _mm512_sub_pd(u, r);
                break;
            case 14: n = _mm512_fmadd_pd(a, sum, r); break;
            case 15: u = _mm512_add_pd(n, u); break;
            case 16: quotient = _mm512_div_pd(n, u); break;

            // The quotient is not negative. An operation with three sources would delay fused multiply-adds on Zen 4.
            case 17: quotient = _mm512_or_pd(quotient, _mm512_and_pd(x, broadcast(-0.0))); break;
        }
    }

    inline __attribute__((always_inline)) void addTerm(Vector polynomial, double coefficient)
    {
        q = _mm512_fmadd_pd(polynomial, z, broadcast(coefficient));
    }
};

// Computes `count` tangents and calls `result(k, tanh(x))` for each. Tangent k starts `delay` rows after tangent k − 1:
// its operations fill the time in which those of the others wait, and divisions come one after another. Before its
// first row, `argument(k, row, x)` computes its argument x in a number of rows of its own.
template <int count, int delay, int argumentRows = 1, typename Argument, typename Result>
inline __attribute__((always_inline)) void hyperbolicTangents(Argument argument, Result result)
{
    constexpr int rows = HyperbolicTangent::rows;
    HyperbolicTangent tangents[count];
#pragma GCC unroll 500
    for (int time = 0; time <= argumentRows + rows + delay * (count - 1); time++)
    {
#pragma GCC unroll 40
        for (int k = 0; k < count; k++)
        {
            const int row = time - delay * k - argumentRows;
            if (row < 0 && row >= -argumentRows)
                argument(k, row + argumentRows, tangents[k].x);
            else if (row >= 0 && row < rows)
                tangents[k].compute(row);
            else if (row == rows)
                result(k, tangents[k].quotient);
        }
    }
}

inline bool areClose(double a, double b) { return std::abs(a - b) <= 1e-13 * std::fmax(1.0, std::abs(b)); }
