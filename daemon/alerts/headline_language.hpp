// What a language must be able to say for a headline: one file a language, one row in headline.cpp. For headline.cpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "model/alert.hpp"
#include "model/country.hpp"

namespace tocsin {

/// The facts of an incident that stand in a headline, chosen alike for every language.
struct HeadlineFacts {
  EventType type{};
  Modality modality = Modality::reported;
  IncidentStatus status = IncidentStatus::developing;
  std::vector<TargetClass> targets;  // at most three
  std::string place;                 // "" when only the country is known
  std::string city;                  // the town around `place`, "" when it is the same
  bool at_airport = false;           // `city` is then the town of the airport
  bool is_area = false;              // `place` is a region
  const Country* country = nullptr;  // nullptr when unknown
  Toll killed, injured, abducted;
  std::vector<std::string> perpetrators, claimants;
};

struct HeadlineLanguage {
  std::string_view code;
  std::string (*incident)(const HeadlineFacts& facts);
  std::string (*notice)(const SystemNotice& notice, bool over);
};

extern const HeadlineLanguage kEnglishHeadline, kFrenchHeadline;

/// "a, b and c".
std::string enumerated(const std::vector<std::string>& words, std::string_view last_joint);
/// The number that stands in a headline: the best, else the lowest, else the highest; 0 when nobody is counted.
std::int64_t headline_number(const Toll& toll);
/// "20-77" when the sources differ, else "77".
std::string number_text(const Toll& toll);
/// The country names of codes, in English or French; the code itself when it is none.
std::vector<std::string> country_names(const std::vector<std::string>& codes, std::string_view Country::*name);
std::string capitalised(std::string text);
/// More countries than this are given by their codes alone.
inline constexpr std::size_t kNamedCountries = 4;
/// "02:10Z", "" for nothing.
std::string clock_text(const std::optional<Millis>& at);

}  // namespace tocsin
