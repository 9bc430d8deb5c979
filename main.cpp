#include "cli/program.hpp"

int main(int argc, char** argv) {
  return genesis::cli::run_program(argc, argv);
}
