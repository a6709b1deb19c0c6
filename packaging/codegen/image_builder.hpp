// Collects phrases, records and strings and writes them as a phrase image (daemon/understand/image.hpp). Build machine
// only.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "understand/image.hpp"

namespace tocsin::codegen {

class ImageBuilder {
 public:
  ImageBuilder();
  /// The offset of a string, stored once.
  std::uint32_t string(const std::string& text);
  std::uint8_t language(const std::string& tag);
  /// Adds a meaning to a phrase. Phrases without a word are refused.
  bool phrase(const std::string& text, Payload meaning);
  /// Writes the file; "" or what went wrong.
  std::string write(const std::string& path);

  std::vector<PlaceRow> places;
  std::vector<RegionRow> regions;
  std::vector<ActorRow> actors;
  std::vector<CountryRow> countries;
  std::vector<WeightRow> weights;
  std::vector<SoundRow> sounds;
  std::vector<WordRow> words;
  std::vector<PrecedenceRow> precedence;  // by Cue, then by EventType

 private:
  std::map<std::vector<std::string>, std::vector<Payload>> phrases_;
  std::map<std::string, std::uint32_t> string_at_;
  std::string strings_;
  std::vector<std::string> languages_;
};

/// One row of a tab-separated file and where it stands.
struct TableRow {
  std::string file;
  std::size_t line = 0;
  std::vector<std::string> cells;
};
/// Rows that are neither empty nor comments; empty when the file is missing.
std::vector<TableRow> read_table(const std::string& path);
std::vector<std::string> split_text(const std::string& text, char separator);

/// Each returns the number of faults it has printed to standard error.
int read_lexicon(const std::string& folder, ImageBuilder& out);
int read_actors(const std::string& file, ImageBuilder& out);
int read_places(const std::string& file, ImageBuilder& out);
int read_demonyms(const std::string& file, ImageBuilder& out);
int read_weights(const std::string& file, ImageBuilder& out);
int read_precedence(const std::string& file, ImageBuilder& out);
int read_words(const std::string& file, ImageBuilder& out);
int fault(const TableRow& row, const std::string& message);

}  // namespace tocsin::codegen
