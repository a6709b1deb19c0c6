// What the channels say around the facts, one file a language (words_en.cpp, words_fr.cpp). For channels/ only.
#pragma once
#include <array>
#include <string_view>

#include "model/alert.hpp"
#include "model/country.hpp"

namespace tocsin {

struct Wording {
  std::string_view code;  // BCP 47 primary tag

  // Marks in subject and head line, in capitals.
  std::array<std::string_view, 5> severity;  // as Severity
  std::string_view unconfirmed, unplaced, update, cancel, exercise, test, system, all_clear;

  // Titles of the sections, in their order.
  std::string_view what_to_do, facts, our_places, confidence, changed, sources, rules, about;

  // Labels of the facts.
  std::string_view type, time, place, actors, targets, killed, injured, abducted, status;
  std::string_view grade, publishers, told_as, contested, not_known, told, code_label, version, silent_feeds, countries,
      since;

  // Names of values, in the order of their enumerations.
  std::array<std::string_view, 4> precision, incident_status, actor_role;
  std::array<std::string_view, 6> modality, reliability, credibility;  // reliability A..F, credibility 1..6
  std::array<std::string_view, 5> qualifier;

  std::string_view unknown, km_from, minimum, maximum, there;
  std::string_view unconfirmed_sentence, unplaced_sentence, cancel_sentence, exercise_sentence, test_sentence,
      all_clear_sentence;
  std::string_view more_sources;  // after a number
  std::string_view footer;        // "automatic extraction, not verified by a person"

  std::string_view EventTypeRow::*event_type;
  std::string_view TargetClassRow::*target;
  std::string_view Country::*country;
};

extern const Wording kEnglish, kFrench;

/// The language's words, English when there are none.
const Wording& wording(std::string_view language);

}  // namespace tocsin
