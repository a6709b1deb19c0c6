// The closed vocabulary of the lexicon files (rules/lexicon/<language>/*.tsv): which categories there are, what their
// values mean, which marks a row may carry. A language is files in these terms; no code knows a language.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "model/event_type.hpp"

namespace tocsin {

enum class Category : std::uint8_t {
  event,        // a word that tells an event; value EventType
  casualty,     // a word that tells what befell people; value Harm
  people,       // who may be harmed; value People
  target,       // what may be attacked; value TargetClass
  role,         // an armed side without a name; value ActorGroup
  number,       // value is the number
  multiplier,   // hundred, thousand, million; value is the factor
  vague,        // dozens, hundreds; value is the least number meant
  qualifier,    // at least, about, up to; value Qualifier
  month,        // 1..12
  weekday,      // 0 Sunday .. 6
  day,          // today, yesterday; value is days before publication + 100
  part_of_day,  // value is the hour at which it begins
  unit,         // day, week, month, year; value TimeUnit
  modality,     // could, denied, exercise; value Modality
  genre,        // what kind of text this is; value Genre
  weapon,      // bombs, guns: confirms that a weak event word is meant in earnest; value: 1 + the EventType it tells, 0
               // none
  figurative,  // "heart attack": hides every event word inside
  function,    // grammar words; value Function
  speech,      // said, announced, warned
  locative,    // near, in the town of
  title,       // Mr, President, General
  given_name,  // first names, for masking persons
  unit_other,  // km, percent, dollars, years old: a number before it counts no people
  place_word,  // what stands beside a place name; value PlaceWord
  claim,       // claimed responsibility, was credited with
  outcome,     // how it went on; value Outcome
};
inline constexpr Words<Category, 27> kCategories{
    {"event",    "casualty",   "people",     "target",     "role",     "number",      "multiplier",
     "vague",    "qualifier",  "month",      "weekday",    "day",      "part_of_day", "unit",
     "modality", "genre",      "weapon",     "figurative", "function", "speech",      "locative",
     "title",    "given_name", "unit_other", "place_word", "claim",    "outcome"}};

/// What a later report says became of an incident.
enum class Outcome : std::uint8_t {
  ended,     // under control, hostages freed
  retracted  // the source takes its report back
};
inline constexpr Words<Outcome, 2> kOutcomes{{"ended", "retracted"}};

/// Words that tell what a place name beside them means.
enum class PlaceWord : std::uint8_t {
  region,      // province, state: "Kayes region"
  government,  // government, army, junta, embassy: "Mali's junta" acts, it is not where something happened
  relations,   // ties, talks, accord: "with Paris" is then a government
  direction,   // northern, central, downtown: may stand before a name; a bare "Central" is no place
  settlement,  // town, city, suburb, street: what is beside it is meant as a place
  club         // United, University, Times, Airlines: the name of something that bears a place's name
};
inline constexpr Words<PlaceWord, 6> kPlaceWords{
    {"region", "government", "relations", "direction", "settlement", "club"}};

/// What befalls people and on which side of the word they stand: `kill` takes them as object (or as subject of a
/// passive), `die` as subject, `dead` follows or names them ("12 dead", "a toll of 12").
enum class Harm : std::uint8_t { kill, die, dead, wound, wounded, abduct, abducted, free, toll };
inline constexpr Words<Harm, 9> kHarms{
    {"kill", "die", "dead", "wound", "wounded", "abduct", "abducted", "free", "toll"}};

enum class People : std::uint8_t { anyone, civilian, force, militant, crowd, animal };
inline constexpr Words<People, 6> kPeople{{"anyone", "civilian", "force", "militant", "crowd", "animal"}};

enum class Genre : std::uint8_t {
  sport,
  culture,
  business,
  science,
  opinion,
  roundup,
  anniversary,
  court,
  obituary,
  politics,
  health,
  crime,
  history,
  weather,
  advice
};
inline constexpr Words<Genre, 15> kGenres{{"sport", "culture", "business", "science", "opinion", "roundup",
                                           "anniversary", "court", "obituary", "politics", "health", "crime", "history",
                                           "weather", "advice"}};

enum class Function : std::uint8_t {
  by,
  against,
  in,
  of,
  to,
  from,
  conj,
  not_,
  be,
  have,
  do_,
  det,
  a,
  that,
  who,
  with,
  on,
  for_,
  after,
  before,
  during,
  between,
  ago,
  last,
  next,
  this_,
  since,
  other,
  no_one,
  if_,
  will,
  including,
  of_them,
  so_called,
  it,
  reason  // "over", "in revenge for": the deaths that follow are why something is done, not what happened
};
inline constexpr Words<Function, 36> kFunctions{
    {"by",    "against", "in",     "of",      "to",        "from",    "conj",      "not",  "be",
     "have",  "do",      "det",    "a",       "that",      "who",     "with",      "on",   "for",
     "after", "before",  "during", "between", "ago",       "last",    "next",      "this", "since",
     "other", "no_one",  "if",     "will",    "including", "of_them", "so_called", "it",   "reason"}};

enum class TimeUnit : std::uint8_t { hour, day, week, month, year };
inline constexpr Words<TimeUnit, 5> kTimeUnits{{"hour", "day", "week", "month", "year"}};

/// Marks of a row, a bit each: part of speech, strength, and where the thing meant stands.
namespace mark {

inline constexpr std::uint8_t noun = 1, verb = 2, participle = 4, weak = 8, strong = 16, before = 32, after = 64,
                              gate = 128, one = strong, loose = participle;
}
struct MarkName {
  std::string_view name;
  std::uint8_t bit;
};
// "one" says that one person is meant: a noun for people, a verb or an auxiliary in the singular.
inline constexpr std::array<MarkName, 10> kMarks{{{"noun", mark::noun},
                                                  {"loose", mark::loose},
                                                  {"one", mark::one},
                                                  {"verb", mark::verb},
                                                  {"participle", mark::participle},
                                                  {"weak", mark::weak},
                                                  {"strong", mark::strong},
                                                  {"before", mark::before},
                                                  {"after", mark::after},
                                                  {"gate", mark::gate}}};

}  // namespace tocsin
