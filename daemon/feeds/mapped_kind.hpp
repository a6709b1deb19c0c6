// The registry of kinds of mapped sources: one file each, one row in mapped_kinds(). To add one, write its three
// functions in mapped_X.cpp, declare them here, add the row in mapping.cpp, a word in settings/rows.hpp and a case
// under tests/cases/mapped. feeds/ only.
#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "feeds/mapping_plan.hpp"
#include "feeds/notes.hpp"

namespace tocsin {

/// What a locator of the plan (by its index) finds in one item; several finds stand on lines of their own.
using Lookup = std::function<std::string(std::size_t locator)>;
/// Sees each item; false when it wants no more.
using TakeItem = std::function<bool(const Lookup&)>;

struct MappedKind {
  std::string_view name;
  std::string_view about;
  bool plain;  // what it finds is plain text already
  /// Why this text cannot say where the items stand, or ""; null when the kind needs no such text.
  std::string (*items_fault)(std::string_view items);
  /// Why this text cannot be a locator, or "".
  std::string (*locator_fault)(std::string_view locator, const Plan& plan);
  /// Shows every item of the document to `take`; sets the feed's title. An error in `notes` means that the document is
  /// not what the plan was made for.
  void (*read)(std::string_view utf8, const Plan& plan, Notes& notes, const TakeItem& take, ParsedFeed& feed);
};

std::span<const MappedKind> mapped_kinds();
const MappedKind* mapped_kind(std::string_view name);  // nullptr when there is none

std::string json_items_fault(std::string_view items);
std::string json_locator_fault(std::string_view locator, const Plan& plan);
void read_mapped_json(std::string_view utf8, const Plan& plan, Notes& notes, const TakeItem& take, ParsedFeed& feed);
std::string csv_locator_fault(std::string_view locator, const Plan& plan);
void read_mapped_csv(std::string_view utf8, const Plan& plan, Notes& notes, const TakeItem& take, ParsedFeed& feed);
std::string html_items_fault(std::string_view items);
std::string html_locator_fault(std::string_view locator, const Plan& plan);
void read_mapped_html(std::string_view utf8, const Plan& plan, Notes& notes, const TakeItem& take, ParsedFeed& feed);

}  // namespace tocsin
