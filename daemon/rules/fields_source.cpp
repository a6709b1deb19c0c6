// Who told it and in which words: language, feed, feed_tag, title, text.
#include <algorithm>

#include "base/fold.hpp"
#include "rules/fields.hpp"

namespace tocsin::fields {

namespace {

void add_once(std::vector<std::string>& words, const std::string& word) {
  if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
}

void add_phrase(Value& v, std::string_view text) {
  if (text.empty()) return;
  v.raw.emplace_back(text);
  v.words.push_back(fold(text));
}

}  // namespace

Value language(const Incident& incident, const MatchContext&) {
  Value v;
  for (const Telling& t : incident.tellings) add_once(v.words, t.language);
  return v;
}

/// ISO 639-1 as they occur in feeds; a two or three letter word beyond them is more likely a slip.
std::vector<std::string> language_words(const RuleWorld&) {
  return {"aa", "af", "am", "ar", "az", "be", "bg", "bm", "bn", "bs", "ca", "cs", "da", "de", "el", "en",
          "es", "et", "fa", "ff", "fi", "fr", "gu", "ha", "he", "hi", "hr", "ht", "hu", "hy", "id", "ig",
          "it", "ja", "ka", "kk", "km", "kn", "ko", "ku", "ky", "ln", "lo", "lt", "lv", "mg", "mk", "ml",
          "mn", "mr", "ms", "my", "ne", "nl", "no", "ny", "om", "pa", "pl", "ps", "pt", "rn", "ro", "ru",
          "rw", "sd", "sg", "si", "sk", "sl", "sn", "so", "sq", "sr", "st", "sv", "sw", "ta", "te", "tg",
          "th", "ti", "tk", "tl", "tr", "tt", "ug", "uk", "ur", "uz", "vi", "wo", "xh", "yo", "zh", "zu"};
}

Value feed(const Incident& incident, const MatchContext&) {
  Value v;
  for (const Telling& t : incident.tellings) add_once(v.words, t.feed);
  return v;
}

std::vector<std::string> feed_words(const RuleWorld& world) {
  return world.feeds;
}

Value feed_tag(const Incident& incident, const MatchContext&) {
  Value v;
  for (const Telling& t : incident.tellings)
    for (const std::string& tag : t.feed_tags) add_once(v.words, tag);
  return v;
}

std::vector<std::string> feed_tag_words(const RuleWorld& world) {
  return world.feed_tags;
}

Value title(const Incident& incident, const MatchContext&) {
  Value v;
  for (const Telling& t : incident.tellings) add_phrase(v, t.title);
  return v;
}

Value text(const Incident& incident, const MatchContext& context) {
  Value v = title(incident, context);
  for (const std::string_view t : context.texts) add_phrase(v, t);
  return v;
}

}  // namespace tocsin::fields
