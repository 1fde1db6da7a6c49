// TorchSharp 0.107.0 is compiled with GCC 13, whose <iostream> refers to this function. An older libstdc++, for example
// that of Debian 12, lacks it. The function can be empty: code compiled with older compilers, including libtorch,
// initializes the streams itself. benchmarks/run preloads it if it is missing.
namespace std
{
void ios_base_library_init() {}
}
