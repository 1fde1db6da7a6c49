// A file of LatchLab.Comparison/Work/CellWork.cs: networks with inputs, and LatchLab's outputs and gradients.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

struct CellWork
{
    std::map<std::string, int> header;
    std::vector<double> numbers;

    explicit CellWork(const char *path)
    {
        std::ifstream file(path, std::ios::binary);
        for (std::string line; std::getline(file, line) && !line.empty();)
            header[line.substr(0, line.find(' '))] = std::stoi(line.substr(line.find(' ') + 1));
        for (double number; file.read(reinterpret_cast<char *>(&number), sizeof number);)
            numbers.push_back(number);
        if (numbers.empty())
        {
            std::fprintf(stderr, "'%s' is not a file of networks and inputs\n", path);
            std::exit(2);
        }
    }

    int operator[](const char *name) const { return header.at(name); }

    // A record: parameters, inputs, outputs, gradients.
    const double *parameters(int record) const { return &numbers[record * (numbers.size() / (*this)["records"])]; }
    const double *inputs(int record) const { return parameters(record) + (*this)["parameters"]; }
    const double *outputs(int record) const { return inputs(record) + (*this)["inputs"]; }
    const double *gradients(int record) const { return outputs(record) + (*this)["outputs"]; }
};
