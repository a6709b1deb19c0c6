// The JSON form of incidents and alerts (contract, section 4). The public form is for people and machines outside; the
// store form keeps every field and is read back. Both are one line, no newline at the end.
#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/alert.hpp"
#include "model/feed.hpp"
#include "model/feed_norm.hpp"

namespace tocsin {

/// Keys in the order of the contract, all of them always; null (or an empty list) where there is nothing.
std::string to_json(const Alert& alert);
/// The object that stands in an alert, then code, types, region, grade, times and sources.
std::string to_json(const Incident& incident);

/// Lossless for valid UTF-8 and finite numbers. Empty fields are left out; a reader takes what is left out as empty and
/// passes over keys that it does not know, so that fields can be added.
std::string store_form(const Incident& incident);
std::string store_form(const Alert& alert);
std::string store_form(const AlertMemory& memory);
std::string store_form(const Item& item);
std::string store_form(const FeedNorm& norm);
/// Any bytes are safe; the error names the field: "stored alert.incident.tellings[2].published: not a whole number".
Result<Incident> incident_from_store(std::string_view json);
/// Without what no rule and no headline reads (links, sketches, the story): half the time.
Result<Incident> incident_for_rules(std::string_view json);
Result<Alert> alert_from_store(std::string_view json);
Result<AlertMemory> memory_from_store(std::string_view json);
Result<Item> item_from_store(std::string_view json);
Result<FeedNorm> norm_from_store(std::string_view json);

}  // namespace tocsin
