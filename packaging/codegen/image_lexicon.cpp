// Reads rules/lexicon/<language>/*.tsv. Columns: category, value, marks, forms. Forms are separated by ";". In a form,
// "attack:,s,ed" stands for attack, attacks, attacked; "police|army post" for police post, army post; "(the)" for an
// optional word.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "image_builder.hpp"
#include "understand/lexicon.hpp"

namespace tocsin::codegen {

namespace {

std::vector<std::string> alternatives(const std::string& word) {
  std::vector<std::string> out;
  for (const auto& choice : split_text(word, '|')) {
    const auto colon = choice.find(':');
    if (colon == std::string::npos) {
      out.push_back(choice);
      continue;
    }
    for (const auto& ending : split_text(choice.substr(colon + 1), ','))
      out.push_back(choice.substr(0, colon) + ending);
  }
  return out;
}

/// Every phrase that a form stands for.
std::vector<std::string> expanded(const std::string& form) {
  std::vector<std::string> phrases{""};
  for (auto word : split_text(form, ' ')) {
    if (word.empty()) continue;
    const bool optional = word.size() > 2 && word.front() == '(' && word.back() == ')';
    if (optional) word = word.substr(1, word.size() - 2);
    auto choices = alternatives(word);
    if (optional) choices.emplace_back();
    std::vector<std::string> longer;
    for (const auto& p : phrases)
      for (const auto& c : choices) longer.push_back(p.empty() ? c : c.empty() ? p : p + ' ' + c);
    phrases = std::move(longer);
  }
  return phrases;
}

template <class E, std::size_t N>
std::optional<std::uint32_t> number_of(const Words<E, N>& words, const std::string& name) {
  const auto found = words.find(name);
  return found ? std::optional<std::uint32_t>(static_cast<std::uint32_t>(*found)) : std::nullopt;
}

std::optional<std::uint32_t> plain_number(const std::string& text) {
  char* end = nullptr;
  const auto value = std::strtol(text.c_str(), &end, 10);
  return text.empty() || *end != 0 || value < 0 ? std::nullopt
                                                : std::optional<std::uint32_t>(static_cast<std::uint32_t>(value));
}

std::optional<std::uint32_t> value_of(Category category, const std::string& text) {
  switch (category) {
    case Category::event: {
      const auto type = event_type(text);
      return type ? std::optional<std::uint32_t>(static_cast<std::uint32_t>(*type)) : std::nullopt;
    }
    case Category::weapon: {
      const auto type = event_type(text);
      return type ? 1 + static_cast<std::uint32_t>(*type) : 0;
    }
    case Category::target: {
      const auto target = target_class(text);
      return target ? std::optional<std::uint32_t>(static_cast<std::uint32_t>(*target)) : std::nullopt;
    }
    case Category::casualty:
      return number_of(kHarms, text);
    case Category::people:
      return number_of(kPeople, text);
    case Category::role:
      return number_of(kActorGroups, text);
    case Category::qualifier:
      return number_of(kQualifiers, text);
    case Category::modality:
      return number_of(kModalities, text);
    case Category::genre:
      return number_of(kGenres, text);
    case Category::function:
      return number_of(kFunctions, text);
    case Category::unit:
      return number_of(kTimeUnits, text);
    case Category::outcome:
      return number_of(kOutcomes, text);
    case Category::place_word:
      return number_of(kPlaceWords, text);
    default:
      return text == "-" || text.empty() ? std::optional<std::uint32_t>(0) : plain_number(text);
  }
}

std::optional<std::uint8_t> marks_of(const std::string& text) {
  std::uint8_t marks = 0;
  for (const auto& word : split_text(text, ' ')) {
    if (word.empty() || word == "-") continue;
    const auto it = std::find_if(kMarks.begin(), kMarks.end(), [&](const MarkName& m) { return m.name == word; });
    if (it == kMarks.end()) return std::nullopt;
    marks = static_cast<std::uint8_t>(marks | it->bit);
  }
  return marks;
}

int read_row(const TableRow& row, std::uint8_t language, ImageBuilder& out) {
  if (row.cells.size() != 4)
    return fault(
        row, "a lexicon row has four cells (category, value, marks, forms), not " + std::to_string(row.cells.size()));
  const auto category = kCategories.find(row.cells[0]);
  if (!category) return fault(row, "unknown category \"" + row.cells[0] + "\"");
  const auto value = value_of(*category, row.cells[1]);
  if (!value) return fault(row, "\"" + row.cells[1] + "\" is no value of category " + row.cells[0]);
  const auto marks = marks_of(row.cells[2]);
  if (!marks) return fault(row, "unknown mark in \"" + row.cells[2] + "\"");
  int faults = 0;
  for (const auto& form : split_text(row.cells[3], ';'))
    for (const auto& phrase : expanded(form)) {
      if (phrase.empty()) continue;
      const Payload meaning{
          PayloadKind::lexicon, 0, language, static_cast<std::uint8_t>(*category), *marks, {}, *value};
      if (!out.phrase(phrase, meaning)) faults += fault(row, "\"" + phrase + "\" has no word");
    }
  return faults;
}

}  // namespace

int read_lexicon(const std::string& folder, ImageBuilder& out) {
  namespace fs = std::filesystem;
  std::vector<fs::path> files;
  std::error_code ec;
  for (const auto& entry : fs::recursive_directory_iterator(folder, ec))
    if (entry.path().extension() == ".tsv" && entry.path().parent_path() != fs::path(folder))
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  int faults = 0;
  for (const auto& file : files) {
    const auto language = out.language(file.parent_path().filename().string());
    for (const auto& row : read_table(file.string())) faults += read_row(row, language, out);
  }
  return faults;
}

}  // namespace tocsin::codegen
