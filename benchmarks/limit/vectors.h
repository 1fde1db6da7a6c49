// Eight 64-bit numbers in an AVX-512 register, and LatchLab's tanh of them.
#pragma once

#include <immintrin.h>

#include <cmath>
#include <cstdint>

#if !defined(__AVX512F__) || !defined(__AVX512DQ__)
#error "This program needs AVX-512 (F and DQ); compile with -march=native on a machine that has it."
#endif

using Vector = __m512d;

constexpr int lanes = 8;        // trials in a vector
constexpr int length = 100;     // T
constexpr double target = 0.8;
constexpr double rate = 1e-12;  // so small that the parameters hardly change

inline Vector broadcast(double value) { return _mm512_set1_pd(value); }
inline Vector broadcastBits(std::int64_t value) { return _mm512_castsi512_pd(_mm512_set1_epi64(value)); }
inline double &lane(Vector &vector, int i) { return reinterpret_cast<double *>(&vector)[i]; }

// The algorithm of LatchLab's Elementary.Tanh, operation by operation; it is explained there. 21 operations and a
// division.
inline __attribute__((always_inline)) Vector hyperbolicTangent(Vector x)
{
    const Vector magnitude = _mm512_min_pd(broadcast(300.0), _mm512_and_pd(x, broadcastBits(INT64_MAX)));

    const Vector shift = broadcast(6755399441055744.0 + 2 * 1022);    // 1.5·2^52, exponent bias
    const Vector scaled = _mm512_fmadd_pd(magnitude, broadcast(5.7707801635558535), shift);
    const Vector shifted = _mm512_and_pd(scaled, broadcastBits(~1LL));
    const Vector r = _mm512_fmadd_pd(_mm512_sub_pd(shifted, shift), broadcast(-0.17328679513998632), magnitude);

    const Vector z = _mm512_mul_pd(r, r);
    Vector q = broadcast(-2.113855169015592e-06);
    q = _mm512_fmadd_pd(q, z, broadcast(2.1373198495844683e-05));
    q = _mm512_fmadd_pd(q, z, broadcast(-0.00021164000517389462));
    q = _mm512_fmadd_pd(q, z, broadcast(0.0021164021117133602));
    const Vector low = _mm512_fmadd_pd(z, broadcast(-0.02222222222217325), broadcast(0.33333333333333315));
    q = _mm512_fmadd_pd(q, _mm512_mul_pd(z, z), low);
    const Vector u = _mm512_fmadd_pd(q, z, broadcast(1.0));

    const __m512i exponent = _mm512_slli_epi64(_mm512_castpd_si512(shifted), 51);
    const Vector a = _mm512_sub_pd(_mm512_castsi512_pd(exponent), broadcast(0.5));
    const Vector n = _mm512_fmadd_pd(a, _mm512_add_pd(u, r), r);
    const Vector quotient = _mm512_div_pd(n, _mm512_add_pd(n, _mm512_sub_pd(u, r)));
    constexpr int firstWhereThirdElseSecond = 0xE4;     // by bit: the sign of x, all other bits of the quotient
    return _mm512_castsi512_pd(_mm512_ternarylogic_epi64(
        _mm512_castpd_si512(quotient), _mm512_castpd_si512(x), _mm512_set1_epi64(INT64_MAX),
        firstWhereThirdElseSecond));
}

inline bool areClose(double a, double b) { return std::abs(a - b) <= 1e-13 * std::fmax(1.0, std::abs(b)); }
