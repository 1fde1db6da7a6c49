// A workload file (LatchLab.Comparison/Work/WorkloadFile.cs), and the line of JSON with the results.
#pragma once

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

#include "networks.h"

struct Workload
{
    std::map<std::string, std::string> header;
    Numbers numbers;
    int units, parameters, trainable, trials, sequences, length, budget;
    bool afresh;
    double target, costThreshold;

    explicit Workload(const char *path)
    {
        std::ifstream file(path, std::ios::binary);
        for (std::string line; std::getline(file, line) && !line.empty();)
            header[line.substr(0, line.find(' '))] = line.substr(line.find(' ') + 1);
        const auto start = file.tellg();
        file.seekg(0, std::ios::end);
        numbers.resize((file.tellg() - start) / sizeof(double));
        file.seekg(start);
        file.read(reinterpret_cast<char *>(numbers.data()), numbers.size() * sizeof(double));
        if (!file || numbers.empty())
        {
            std::fprintf(stderr, "'%s' is not a workload file\n", path);
            std::exit(2);
        }

        units = (*this)["units"];
        parameters = (*this)["parameters"];
        trainable = (*this)["trainable"];
        trials = (*this)["trials"];
        sequences = (*this)["sequences"];
        length = (*this)["length"];
        budget = (*this)["budget"];
        afresh = (*this)["afresh"] != 0;
        target = (*this)["target"];
        costThreshold = (*this)["cost-threshold"];
    }

    double operator[](const char *name) const { return std::stod(header.at(name)); }

    const double *record(int trial) const { return &numbers[trial * (numbers.size() / trials)]; }
};

// Seconds since benchmarks/run started this process, as JSON; null if it did not.
static std::string secondsSinceStart()
{
    const char *started = std::getenv("BENCHMARK_STARTED");
    const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
    return started ? std::to_string(now.count() - std::atof(started)) : "null";
}

// The peak resident memory of this process in megabytes, as JSON; null if the system does not tell.
static std::string peakMegabytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
    {
        if (line.rfind("VmHWM:", 0) == 0)
            return std::to_string(std::atof(line.c_str() + 6) / 1024.0);
    }

    return "null";
}

struct Results
{
    std::string firstPassSeconds = "null";      // see secondsSinceStart
    std::string converged;
    long long unitSteps = 0, presentations = 0, evaluationPresentations = 0, skippedPresentations = 0;
};

// `seconds` is wall-clock time; a unit-step is measured in CPU time, so that other load on the machine does not count.
static void print(const Workload &workload, const Results &results, double seconds, double processorSeconds)
{
    const double nanoseconds = 1e9 * processorSeconds / results.unitSteps;
    std::printf(
        "{\"program\":\"plain C++\",\"work\":\"%s\",\"threads\":1,\"minimum\":%.4f,\"median\":%.4f,\"repetitions\":1,"
        "\"seconds\":%.4f,\"trials\":%d,\"unitSteps\":%lld,\"presentations\":%lld,"
        "\"evaluationPresentations\":%lld,\"skippedPresentations\":%lld,\"firstPassSeconds\":%s,"
        "\"peakMegabytes\":%s,\"converged\":\"%s\"}\n",
        workload.header.at("work").c_str(), nanoseconds, nanoseconds, seconds, workload.trials, results.unitSteps,
        results.presentations, results.evaluationPresentations, results.skippedPresentations,
        results.firstPassSeconds.c_str(), peakMegabytes().c_str(), results.converged.c_str());
}
