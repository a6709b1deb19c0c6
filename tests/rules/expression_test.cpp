#include "rules/expression.hpp"

#include <gtest/gtest.h>

#include <random>

#include "base/text.hpp"
#include "rules/lexer.hpp"

namespace tocsin {
namespace {

std::string reprinted(const std::string& text) {
  const auto parsed = parse_condition(text);
  EXPECT_TRUE(parsed.faults.empty()) << text << ": " << (parsed.faults.empty() ? "" : parsed.faults[0].message);
  return print(parsed.expr);
}

std::vector<std::size_t> fault_places(const std::string& text) {
  std::vector<std::size_t> at;
  for (const Fault& f : parse_condition(text).faults) at.push_back(f.at);
  return at;
}

TEST(Expressions, not_binds_closest_then_and_then_or) {
  const auto e = parse_condition("not a and b or c").expr;
  ASSERT_EQ(e.kind, Expr::Kind::any);
  ASSERT_EQ(e.parts[0].kind, Expr::Kind::all);
  EXPECT_EQ(e.parts[0].parts[0].kind, Expr::Kind::negation);
  EXPECT_EQ(reprinted("not a and b or c"), "not a and b or c");
}

TEST(Expressions, brackets_stay_where_they_matter) {
  EXPECT_EQ(reprinted("((a or b)) and (c)"), "(a or b) and c");
  EXPECT_EQ(reprinted("not (a and b)"), "not (a and b)");
  EXPECT_EQ(reprinted("a or (b and c)"), "a or b and c");
}

TEST(Expressions, every_form_of_a_test_prints_as_it_is_written) {
  for (const std::string text :
       {"type in armed_violence", "killed >= 5", "place = \"N'Djamena\"", "target in [airport, hotel]",
        "within 25km of office-gao", "within 25km of any office", "within 10km of road gao-ansongo",
        "inside liptako-gourma", "title contains 'she said \"run\"'", "country = Ménaka", "type in []",
        "contested = true", "place is capital"})
    EXPECT_EQ(reprinted(text), text);
}

TEST(Expressions, faults_are_all_found_and_stand_at_their_word) {
  EXPECT_EQ(fault_places("type = and killed >"), (std::vector<std::size_t>{7, 19}));
  EXPECT_EQ(fault_places("(a or b"), (std::vector<std::size_t>{0}));
  EXPECT_EQ(fault_places("a) and b"), (std::vector<std::size_t>{1}));
  EXPECT_EQ(fault_places("type in [a b]"), (std::vector<std::size_t>{11}));
  EXPECT_EQ(fault_places("type in [a, b"), (std::vector<std::size_t>{8}));
  EXPECT_EQ(fault_places("place = \"Gao"), (std::vector<std::size_t>{8}));
  EXPECT_EQ(fault_places(""), (std::vector<std::size_t>{0}));
}

TEST(Expressions, habits_of_other_languages_get_a_hint) {
  const auto message = [](const std::string& text) { return parse_condition(text).faults.at(0).message; };
  EXPECT_NE(message("killed == 3").find("write = "), std::string::npos);
  EXPECT_NE(message("a && b").find("\"and\""), std::string::npos);
  EXPECT_NE(message("a AND b").find("\"and\""), std::string::npos);
  EXPECT_NE(message("a || b").find("\"or\""), std::string::npos);
  EXPECT_NE(message("place = “Gao”").find("plain quotes"), std::string::npos);
  EXPECT_EQ(parse_condition("killed == 3 && b").faults.size(), 2u);
}

TEST(Expressions, depth_is_bounded) {
  EXPECT_FALSE(parse_condition(std::string(100000, '(')).faults.empty());
  std::string nots;
  for (int i = 0; i < 50000; ++i) nots += "not ";
  EXPECT_FALSE(parse_condition(nots + "a").faults.empty());
}

/// Any tree that the parser can give, up to `depth` levels.
class RandomExpr {
 public:
  explicit RandomExpr(unsigned seed) : random_(seed) {}

  Expr make(int depth) {
    const int kind = depth == 0 ? 3 + pick(2) : pick(5);
    if (kind <= 1) return joined(kind == 0 ? Expr::Kind::all : Expr::Kind::any, depth);
    if (kind == 2) return negated(depth);
    return kind == 3 ? test() : macro();
  }

 private:
  int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  Expr joined(Expr::Kind kind, int depth) {
    Expr e;
    e.kind = kind;
    for (int i = 2 + pick(3); i > 0; --i) e.parts.push_back(make(depth - 1));
    return e;
  }

  Expr negated(int depth) {
    Expr e;
    e.kind = Expr::Kind::negation;
    e.parts.push_back(make(depth - 1));
    return e;
  }

  Expr macro() {
    Expr e;
    e.kind = Expr::Kind::macro;
    e.name = {"macro_" + std::to_string(pick(9))};
    return e;
  }

  Word word() {
    static const std::vector<std::string> kWords{"ML", "airport", "25km", "0.5", "B", "é-t_é.x"};
    static const std::vector<std::string> kTexts{"N'Djamena", "a \"b\"", "", "and", "[x], (y)", "\n"};
    if (pick(2)) return {kWords[static_cast<std::size_t>(pick(6))]};
    return {kTexts[static_cast<std::size_t>(pick(6))], true};
  }

  Expr test() {
    Expr e;
    e.kind = Expr::Kind::test;
    e.op = static_cast<Op>(pick(13));
    e.name = {e.op >= Op::within ? std::string(kOps(e.op)) : "field"};
    if (e.op == Op::within) {
      e.near = static_cast<Expr::Near>(pick(3));
      e.distance = {"25km"};
    }
    e.listed = pick(2) != 0;
    for (int i = e.listed ? pick(4) : 1; i > 0; --i) e.values.push_back(word());
    return e;
  }

  std::mt19937 random_;
};

TEST(Expressions, what_is_printed_parses_to_the_same_condition) {
  RandomExpr random(7);
  for (int i = 0; i < 20000; ++i) {
    const Expr e = random.make(i % 5);
    const std::string text = print(e);
    const auto again = parse_condition(text);
    ASSERT_TRUE(again.faults.empty()) << text;
    ASSERT_EQ(again.expr, e) << text;
  }
}

TEST(Expressions, any_bytes_are_read_without_harm) {
  std::mt19937 random(11);
  const std::string alphabet = "abA=<>!&|()[]'\", \n\t.-_0é“”\xff\xc3 and or not in of within ";
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (unsigned n = random() % 40; n > 0; --n) text += alphabet[random() % alphabet.size()];
    const auto parsed = parse_condition(text);
    for (const Fault& f : parsed.faults) ASSERT_LE(f.at, text.size());
    if (parsed.faults.empty()) {
      ASSERT_EQ(parse_condition(print(parsed.expr)).expr, parsed.expr) << text;
    }
  }
}

}  // namespace
}  // namespace tocsin
