// Reads the plain shapes of a rule file, texts, words of a closed list, texts by language, lists of words, and says at
// which place something else stands. Used by the loader alone.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/organisation.hpp"
#include "settings/yaml.hpp"

namespace tocsin {

class Reader {
 public:
  Reader(std::string_view file, Diagnostics& findings) : file_(file), findings_(findings) {}

  /// R001 for every key that is not among `known`.
  void known_keys(const YamlNode& mapping, std::span<const std::string_view> known, std::string_view of) const;
  /// R003 when it is no mapping, or no sequence.
  bool mapping(const YamlNode& node, std::string_view what) const;
  bool sequence(const YamlNode& node, std::string_view what) const;
  /// The text; R003 when it is none or empty.
  std::optional<std::string> text(const YamlNode& node, std::string_view what) const;
  /// One of `words`; R004 when it is another.
  std::optional<std::size_t> word(const YamlNode& node, std::string_view what,
                                  std::span<const std::string_view> words) const;
  std::optional<bool> flag(const YamlNode& node, std::string_view what) const;
  std::optional<Millis> time(const YamlNode& node, std::string_view what) const;
  /// {en: ..., fr: ...}, or one text which is then English.
  LocalText local_text(const YamlNode& node, std::string_view what) const;
  /// A sequence of texts.
  std::vector<const YamlNode*> words(const YamlNode& node, std::string_view what) const;

  void error(Position at, std::string_view code, std::string message) const {
    findings_.error(file_, at, code, std::move(message));
  }
  void warning(Position at, std::string_view code, std::string message) const {
    findings_.warning(file_, at, code, std::move(message));
  }
  [[nodiscard]] std::string_view file() const { return file_; }
  [[nodiscard]] Diagnostics& findings() const { return findings_; }

 private:
  std::string_view file_;
  Diagnostics& findings_;
};

}  // namespace tocsin
