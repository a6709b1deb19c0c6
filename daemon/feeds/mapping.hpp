// Mapped sources: documents that are no feeds (JSON, tables, web pages), read by what the configuration says about them
// (model/feed.hpp, Mapping; docs/feeds.md). For app/: check_mapping() when the configuration is read, parse_feed() with
// ParseContext::mapping for documents. A mapping that no longer fits its document is a failure of the feed ("schema
// drift"), never a feed of nothing.
#pragma once
#include <memory>
#include <span>
#include <string_view>

#include "base/diagnostics.hpp"
#include "model/feed.hpp"

namespace tocsin {

/// A mapping that is shipped; a configuration names it and may replace any key of it.
struct MappingPreset {
  std::string_view name;
  std::string_view about;
  Mapping (*mapping)();
};
std::span<const MappingPreset> mapping_presets();

/// The shipped mapping by which a document that is no feed has items; null when none fits.
std::shared_ptr<const Mapping> shipped_mapping_for(std::string_view bytes);

/// Everything that is wrong with a mapping before any document is seen: unknown preset, missing keys, paths, selectors,
/// columns and templates that cannot be read. Codes M001 to M004. `places` is where its keys stand.
void check_mapping(const Mapping& mapping, const Places& places, Diagnostics& findings);

}  // namespace tocsin
