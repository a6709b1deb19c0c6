// The phrase pass against Hyperscan's literal matcher, bare: the same names, the same folded words, one core.
// Out: NAMES <tab> BYTES <tab> hits of ours <tab> hits of Hyperscan <tab> SECONDS of find_phrases <tab> of tokenise and
// find_phrases <tab> of hs_scan (CPU, the best of five rounds each).
// usage: bench_phrases IMAGE NAMES FILE   (IMAGE holds the names alone; FILE: TITLE <tab> TEXT in each line)
#include <hs/hs.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "understand/image.hpp"
#include "understand/phrases.hpp"
#include "understand/tokens.hpp"

namespace {

std::vector<std::string> lines(const char* path) {
  std::vector<std::string> out;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) out.push_back(line);
  return out;
}

std::string folded(const std::string& name) {
  std::string out;
  for (const auto& word : tocsin::words_of(name)) out += (out.empty() ? "" : " ") + word;
  return out;
}

double best_of_five(const std::function<void()>& work) {
  double best = 1e9;
  for (int round = 0; round < 5; ++round) {
    const std::clock_t start = std::clock();
    work();
    best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  return best;
}

/// Compiled for the machine it runs on; null when Hyperscan refuses.
hs_database_t* database_of(const std::vector<std::string>& names) {
  std::vector<const char*> text;
  std::vector<unsigned> flags(names.size(), 0), ids;
  std::vector<std::size_t> lengths;
  for (const auto& name : names) {
    text.push_back(name.c_str());
    lengths.push_back(name.size());
    ids.push_back(static_cast<unsigned>(ids.size()));
  }
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  hs_compile_lit_multi(text.data(), flags.data(), ids.data(), lengths.data(), static_cast<unsigned>(names.size()),
                       HS_MODE_BLOCK, nullptr, &database, &error);
  return database;
}

/// What a match needs beside its end to be a whole word.
struct Seen {
  const std::vector<std::string>& names;
  const std::string& text;
  std::size_t hits = 0;
};

int whole_word(unsigned id, unsigned long long, unsigned long long to, unsigned, void* seen_) {
  auto& seen = *static_cast<Seen*>(seen_);
  const std::size_t from = to - seen.names[id].size();
  seen.hits += (from == 0 || seen.text[from - 1] == ' ') && (to == seen.text.size() || seen.text[to] == ' ');
  return 0;
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) return 2;
  const auto image = tocsin::Image::open(words[1]);
  if (!image) return 3;
  std::vector<std::string> names;
  for (const auto& line : lines(words[2])) names.push_back(folded(line));
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::erase(names, "");
  std::vector<std::string> texts = lines(words[3]);
  std::vector<tocsin::Tokens> tokens;
  std::size_t bytes = 0;
  for (const auto& text : texts) {
    tokens.push_back(tocsin::tokenise("", text));
    bytes += tokens.back().words.size();
  }
  std::size_t ours = 0, theirs = 0;
  std::vector<tocsin::Hit> hits;
  const auto find = [&](const tocsin::Tokens& t) {
    tocsin::find_phrases(*image, t, hits);
    ours += hits.size();
  };
  const double phrases = best_of_five([&] {
    ours = 0;
    for (const auto& t : tokens) find(t);
  });
  const double both = best_of_five([&] {
    ours = 0;
    for (const auto& t : texts) find(tocsin::tokenise("", t));
  });
  hs_database_t* database = database_of(names);
  hs_scratch_t* scratch = nullptr;
  if (!database || hs_alloc_scratch(database, &scratch) != HS_SUCCESS) return 4;
  const double scan = best_of_five([&] {
    theirs = 0;
    for (const auto& t : tokens) {
      Seen seen{names, t.words};
      hs_scan(database, t.words.data(), static_cast<unsigned>(t.words.size()), 0, scratch, whole_word, &seen);
      theirs += seen.hits;
    }
  });
  hs_free_scratch(scratch);
  hs_free_database(database);
  std::printf("%zu\t%zu\t%zu\t%zu\t%.6f\t%.6f\t%.6f\n", names.size(), bytes, ours, theirs, phrases, both, scan);
}
