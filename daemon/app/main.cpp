#include "app/cli.hpp"
#include "host/memory.hpp"

int main(int argc, char** argv) {
  tocsin::return_large_blocks();
  return tocsin::run_command_line(argc, argv);
}
