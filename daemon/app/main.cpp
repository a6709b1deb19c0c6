#include "app/cli.hpp"

int main(int argc, char** argv) {
  return tocsin::run_command_line(argc, argv);
}
