#include <charconv>
#include <nlohmann/json.hpp>

#include "wire/alert_fields.hpp"
#include "wire/alert_json.hpp"
#include "wire/json_cursor.hpp"

namespace tocsin {

namespace {

using Json = nlohmann::ordered_json;
using wire::Fields;

template <class T>
concept Listed = requires {
  Fields<T>::list;
};
template <class T>
concept Vocabulary = std::is_enum_v<T>;
template <class T>
concept Number = std::is_arithmetic_v<T>;

template <Number T>
Json form(const T& value) {
  if constexpr (std::is_same_v<T, char>)
    return std::string(1, value);
  else
    return value;
}
Json form(const std::string& text) {
  return text;
}
template <Vocabulary T>
Json form(const T& value) {
  return std::string(wire::word(value));
}
template <Listed T>
Json form(const T& value);
template <class T>
Json form(const std::optional<T>& value) {
  return value ? form(*value) : Json();
}
template <class T>
Json form(const std::vector<T>& values) {
  Json list = Json::array();
  for (const T& value : values) list.push_back(form(value));
  return list;
}
Json form(const LocalText& text) {
  return text;
}

template <class T>
bool is_nothing(const T&) {
  return false;
}
template <class T>
requires requires(const T& t) {
  t.empty();
}
bool is_nothing(const T& value) {
  return value.empty();
}
template <class T>
bool is_nothing(const std::optional<T>& value) {
  return !value;
}

template <Listed T>
Json form(const T& value) {
  Json object = Json::object();
  // What is empty is left out: most fields of most rows are, and every byte written wears the card.
  const auto put = [&](const auto& field) {
    if (const auto& member = value.*field.member; !is_nothing(member)) object[std::string(field.name)] = form(member);
  };
  std::apply([&](const auto&... field) { (put(field), ...); }, Fields<T>::list);
  return object;
}

/// Each reads one value; false, and the cursor knows the fault, when there is none of this kind.
using wire::JsonCursor;

template <Number T>
bool read(JsonCursor& json, T& out) {
  if constexpr (std::is_same_v<T, bool>) {
    out = json.literal("true");
    return out || json.literal("false") || json.fail(": not true or false");
  } else if constexpr (std::is_same_v<T, char>) {
    std::string_view letter;
    if (!json.name(letter) || letter.size() != 1) return json.fail(": not one letter");
    out = letter[0];
    return true;
  } else {
    if (std::is_floating_point_v<T> && json.literal("null")) return true;  // how JSON writes what is not finite
    const std::string_view digits = json.number();
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    const bool whole = !digits.empty() && read.ptr == digits.data() + digits.size();
    if (whole && read.ec == std::errc()) return true;
    const bool negative = std::is_unsigned_v<T> && digits.starts_with('-');
    if (negative || (whole && read.ec == std::errc::result_out_of_range)) return json.fail(": number out of range");
    return json.fail(std::is_floating_point_v<T> ? ": not a number" : ": not a whole number");
  }
}
bool read(JsonCursor& json, std::string& out) {
  return json.text(out) || json.fail(": not a text");
}
template <Vocabulary T>
bool read(JsonCursor& json, T& out) {
  std::string_view word;
  if (!json.name(word)) return json.fail(": not a word");
  const auto found = wire::find_word(word, T{});
  if (!found)
    return json.fail(": unknown word " + Json(word).dump(-1, ' ', true, Json::error_handler_t::replace).substr(0, 40));
  out = *found;
  return true;
}
template <Listed T>
bool read(JsonCursor& json, T& out);
template <class T>
bool read(JsonCursor& json, std::optional<T>& out) {
  return json.literal("null") || read(json, out.emplace());
}

/// `element()` reads one, and stands behind it when it returns true.
template <class Element>
bool each(JsonCursor& json, char begin, char end, const char* otherwise, Element element) {
  if (!json.take(begin)) return json.fail(otherwise);
  if (json.take(end)) return true;
  do {
    if (!element()) return false;
  } while (json.take(','));
  return json.take(end) || json.fail(otherwise);
}

template <class T>
bool read(JsonCursor& json, std::vector<T>& out) {
  out.clear();
  return each(json, '[', ']', ": not a list", [&] {
    return read(json, out.emplace_back()) || json.within("[" + std::to_string(out.size() - 1) + "]");
  });
}
bool read(JsonCursor& json, LocalText& out) {
  return each(json, '{', '}', ": not an object", [&] {
    std::string language;
    if (!json.text(language) || !json.take(':')) return json.fail(": not an object");
    return read(json, out[language]) || json.within("." + language);
  });
}

/// What no rule reads, and a good half of what is stored of a telling.
constexpr std::string_view kBesideTheRules[] = {"item_id", "link",       "received", "origin",
                                                "sketch",  "text_print", "story"};

template <class T>
bool is_left_out(const JsonCursor& json, std::string_view name) {
  if constexpr (std::is_same_v<T, Telling> || std::is_same_v<T, Incident>)
    return json.for_rules() &&
           std::find(std::begin(kBesideTheRules), std::end(kBesideTheRules), name) != std::end(kBesideTheRules);
  return false;
}

template <Listed T>
bool read(JsonCursor& json, T& out) {
  std::size_t expected = 0;  // the fields were written in the order of the list
  return each(json, '{', '}', ": not an object", [&] {
    std::string_view name;
    if (!json.name(name) || !json.take(':')) return json.fail(": not an object");
    if (is_left_out<T>(json, name)) return json.skip();
    bool good = true;
    std::size_t number = 0, first = expected;
    const auto take = [&](const auto& field) {
      if (number++ < first || name != field.name) return false;
      expected = number;
      good = read(json, out.*field.member) || json.within("." + std::string(field.name));
      return true;
    };
    const auto look = [&](const auto&... field) { return (take(field) || ...); };
    if (std::apply(look, Fields<T>::list)) return good;
    number = first = 0;
    return std::apply(look, Fields<T>::list) ? good : json.skip();
  });
}

template <class T>
std::string written(const T& value) {
  return form(value).dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <class T>
Result<T> reread(std::string_view what, std::string_view text, bool for_rules = false) {
  JsonCursor json(text, for_rules);
  T value;
  const bool good = read(json, value);
  if (good && json.at_end()) return value;
  const bool is_json = !good && Json::accept(text);
  return failure("stored " + std::string(what) + (is_json ? json.fault() : " is not JSON"));
}

}  // namespace

std::string store_form(const Incident& incident) {
  return written(incident);
}
std::string store_form(const Alert& alert) {
  return written(alert);
}
std::string store_form(const AlertMemory& memory) {
  return written(memory);
}
std::string store_form(const Item& item) {
  return written(item);
}
std::string store_form(const FeedNorm& norm) {
  return written(norm);
}

Result<Incident> incident_from_store(std::string_view json) {
  return reread<Incident>("incident", json);
}
Result<Incident> incident_for_rules(std::string_view json) {
  return reread<Incident>("incident", json, true);
}
Result<Alert> alert_from_store(std::string_view json) {
  return reread<Alert>("alert", json);
}
Result<AlertMemory> memory_from_store(std::string_view json) {
  return reread<AlertMemory>("alert memory", json);
}
Result<Item> item_from_store(std::string_view json) {
  return reread<Item>("item", json);
}
Result<FeedNorm> norm_from_store(std::string_view json) {
  return reread<FeedNorm>("norm of a feed", json);
}

}  // namespace tocsin
