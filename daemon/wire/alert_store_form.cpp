#include <nlohmann/json.hpp>

#include "wire/alert_fields.hpp"
#include "wire/alert_json.hpp"

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
    if (const auto& member = value.*field.member; !is_nothing(member)) object[field.name] = form(member);
  };
  std::apply([&](const auto&... field) { (put(field), ...); }, Fields<T>::list);
  return object;
}

/// Each returns "" or what is wrong, led by the path to it.
using Problem = std::string;

template <Number T>
Problem read(const Json& json, T& out) {
  if constexpr (std::is_same_v<T, bool>) {
    if (!json.is_boolean()) return ": not true or false";
  } else if constexpr (std::is_same_v<T, char>) {
    if (!json.is_string() || json.get_ref<const std::string&>().size() != 1) return ": not one letter";
    out = json.get_ref<const std::string&>()[0];
    return "";
  } else if constexpr (std::is_floating_point_v<T>) {
    if (json.is_null()) return "";  // how JSON writes what is not a finite number
    if (!json.is_number()) return ": not a number";
  } else {
    if (!json.is_number_integer()) return ": not a whole number";
    const bool fits = json.is_number_unsigned() ? std::in_range<T>(json.get<std::uint64_t>())
                                                : std::in_range<T>(json.get<std::int64_t>());
    if (!fits) return ": number out of range";
  }
  out = json.get<T>();
  return "";
}
Problem read(const Json& json, std::string& out) {
  if (!json.is_string()) return ": not a text";
  out = json.get_ref<const std::string&>();
  return "";
}
template <Vocabulary T>
Problem read(const Json& json, T& out) {
  const auto found = json.is_string() ? wire::find_word(json.get_ref<const std::string&>(), T{}) : std::nullopt;
  if (!found) return ": unknown word " + json.dump(-1, ' ', true, Json::error_handler_t::replace).substr(0, 40);
  out = *found;
  return "";
}
template <Listed T>
Problem read(const Json& json, T& out);
template <class T>
Problem read(const Json& json, std::optional<T>& out) {
  return json.is_null() ? Problem() : read(json, out.emplace());
}
template <class T>
Problem read(const Json& json, std::vector<T>& out) {
  if (!json.is_array()) return ": not a list";
  out.reserve(json.size());
  for (const Json& element : json)
    if (Problem problem = read(element, out.emplace_back()); !problem.empty())
      return "[" + std::to_string(out.size() - 1) + "]" + problem;
  return "";
}
Problem read(const Json& json, LocalText& out) {
  if (!json.is_object()) return ": not an object";
  for (const auto& [language, text] : json.items())
    if (Problem problem = read(text, out[language]); !problem.empty()) return "." + language + problem;
  return "";
}

template <Listed T>
Problem read(const Json& json, T& out) {
  if (!json.is_object()) return ": not an object";
  Problem problem;
  const auto take = [&](const auto& field) {
    const auto it = json.find(field.name);
    if (it == json.end()) return true;
    problem = read(*it, out.*field.member);
    if (!problem.empty()) problem = "." + std::string(field.name) + problem;
    return problem.empty();
  };
  std::apply([&](const auto&... field) { (take(field) && ...); }, Fields<T>::list);
  return problem;
}

template <class T>
std::string written(const T& value) {
  return form(value).dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <class T>
Result<T> reread(std::string_view what, std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return failure("stored " + std::string(what) + " is not JSON");
  T value;
  if (const Problem problem = read(json, value); !problem.empty())
    return failure("stored " + std::string(what) + problem);
  return value;
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
