// Parses every file of a folder to items, again and again. Out: BYTES <tab> ITEMS <tab> SECONDS (of CPU, one round).
// usage: bench_parse FOLDER ROUNDS
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "feeds/parse.hpp"

int main(int count, char** words) {
  if (count != 3) return 2;
  std::vector<std::string> documents;
  std::size_t bytes = 0, items = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(words[1])) {
    if (!file.is_regular_file()) continue;
    std::ostringstream text;
    text << std::ifstream(file.path(), std::ios::binary).rdbuf();
    documents.push_back(text.str());
    bytes += documents.back().size();
  }
  const int rounds = std::atoi(words[2]);
  const std::clock_t start = std::clock();
  for (int round = 0; round < rounds; ++round) {
    items = 0;
    for (const auto& document : documents)
      items += tocsin::parse_feed(document, {"https://bench.example/feed", "", 1726567200000}).items.size();
  }
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC / rounds;
  std::printf("%zu\t%zu\t%.6f\n", bytes, items, seconds);
}
