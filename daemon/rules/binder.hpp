// From words to meanings: fields, operators, values, lists, macros. Every word that means nothing becomes a finding at
// its place, with the nearest one that does. Used by the loader alone.
#pragma once
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "rules/names.hpp"

namespace tocsin {

class Binder {
 public:
  /// All three must outlive the binder; `names` learns which lists and macros are used.
  Binder(const RuleWorld& world, Names& names, Diagnostics& findings)
      : world_(world), names_(names), findings_(findings) {}

  /// nullopt when anything in it, or in a macro it uses, is wrong.
  std::optional<Condition> bind(const Expr& expr, const Source& source);

  /// The highest layer of a list or macro that was used since forget_layers().
  [[nodiscard]] int highest_layer() const { return highest_layer_; }
  void forget_layers() { highest_layer_ = kNoLayer; }

 private:
  /// Where a word of a test stands: in the condition, or in a list that it names.
  struct Spot {
    std::string_view file;
    Position at;
  };
  struct Vocabulary {
    std::vector<std::string> words;
    std::unordered_set<std::string_view> known;
  };
  struct Draft {  // of one test
    const Expr& expr;
    const Source& source;
    const Field& field;
    Operand operand;
    bool good = true;
  };

  bool bind_parts(const Expr& expr, const Source& source, Condition& out);
  bool bind_macro(const Expr& expr, const Source& source, Condition& out);
  bool bind_test(const Expr& expr, const Source& source, Condition& out);
  std::shared_ptr<const Test> test_of(const Expr& expr, const Source& source, std::string printed);
  bool unfold(MacroDefinition& macro);
  const Field* field_of(const Expr& expr, const Source& source);

  void bind_values(Draft& draft);
  void bind_value(Draft& draft, const Word& word, Spot spot, std::vector<std::string>& open_lists);
  bool bind_list(Draft& draft, const Word& word, Spot spot, std::vector<std::string>& open_lists);
  void bind_word(Draft& draft, const Word& word, Spot spot);
  void bind_name(Draft& draft, const Word& word, Spot spot);
  void bind_number(Draft& draft, const Word& word, Spot spot);
  void bind_ordinal(Draft& draft, const Word& word, Spot spot);
  void bind_duration(Draft& draft, const Word& word, Spot spot);
  void bind_phrase(Draft& draft, const Word& word, Spot spot);
  void bind_distance(Draft& draft);
  void bind_reach(Draft& draft);
  void bind_zone(Draft& draft);

  void shapes_of_kind(Draft& draft, const Word& kind);
  void add_shape(Draft& draft, const Word& word, std::string_view noun, const std::vector<Shape>& known);

  const Vocabulary& vocabulary(const Field& field);
  bool is_list(const Word& word) const { return !word.quoted && names_.lists.count(word.text) != 0; }
  void unknown(Draft& draft, const Word& word, Spot spot, std::vector<std::string> candidates);
  void wrong(Draft& draft, Spot spot, std::string_view code, std::string message);
  void error(const Source& source, std::size_t offset, std::string_view code, std::string message);

  static constexpr int kNoLayer = std::numeric_limits<int>::min();
  int highest_layer_ = kNoLayer;
  int height_ = 0;  // of the highest macro that the condition at hand uses
  int depth_ = 0;   // of macros that are being unfolded
  const RuleWorld& world_;
  Names& names_;
  Diagnostics& findings_;
  std::map<const Field*, Vocabulary> vocabularies_;
  /// A test that was bound without a finding; it means the same wherever it is written again.
  struct Bound {
    std::shared_ptr<const Test> test;
    int highest_layer = kNoLayer;
  };
  std::unordered_map<std::string, Bound> bound_;  // by how they are written
};

}  // namespace tocsin
