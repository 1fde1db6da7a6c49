// TorchSharp 0.107.0 is compiled by GCC 13, whose <iostream> refers to this function; an older libstdc++, that of
// Debian 12 for example, has none. There it need not do anything: what is compiled by older compilers, libtorch among
// it, initializes the streams itself. benchmarks/run loads it before everything else where it is missing.
namespace std
{
void ios_base_library_init() {}
}
