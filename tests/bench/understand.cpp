// Understands every line of a file (TITLE <tab> TEXT), again and again.
// Out: ITEMS <tab> BYTES <tab> SECONDS (of CPU, one round) <tab> MILLISECONDS to open the image <tab> heap growth in
// bytes. usage: bench_understand IMAGE FILE ROUNDS
#include <malloc.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "understand/understander.hpp"

int main(int count, char** words) {
  if (count != 4) return 2;
  std::vector<tocsin::Item> items;
  std::size_t bytes = 0;
  std::ifstream file(words[2]);
  for (std::string line; std::getline(file, line); bytes += line.size()) {
    const auto tab = line.find('\t');
    if (tab == std::string::npos) return 3;
    tocsin::Item& item = items.emplace_back();
    item.title = line.substr(0, tab);
    item.text = line.substr(tab + 1);
    item.published = 1726567200000;
  }
  const auto heap = mallinfo2().uordblks;
  const auto before = std::chrono::steady_clock::now();
  const auto understander = tocsin::Understander::open(words[1]);
  const std::chrono::duration<double, std::milli> opening = std::chrono::steady_clock::now() - before;
  if (!understander) return 4;
  std::size_t reports = 0;
  for (const auto& item : items) reports += understander->understand(item, {}).reports.size();  // also warms the image
  const auto grown = mallinfo2().uordblks - heap;
  const int rounds = std::atoi(words[3]);
  const std::clock_t start = std::clock();
  for (int round = 0; round < rounds; ++round)
    for (const auto& item : items) reports += understander->understand(item, {}).reports.size();
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC / rounds;
  std::printf("%zu\t%zu\t%.6f\t%.3f\t%zu\n", items.size(), bytes, seconds, opening.count(), grown);
  return reports > 0 ? 0 : 5;
}
