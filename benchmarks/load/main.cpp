#include "benchmarks/load/command_line.hpp"

int main(int argc, char** argv) {
  return genesis::load::run_command_line(argc, argv);
}
