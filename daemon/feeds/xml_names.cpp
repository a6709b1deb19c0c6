#include "feeds/xml_names.hpp"

#include <array>
#include <optional>
#include <pugixml.hpp>

#include "base/text.hpp"

namespace tocsin {

namespace {
struct Known {
  std::string_view uri;  // lower case, without scheme and trailing slash or hash
  Vocabulary vocabulary;
};

/// Matched from the start, so that versions and sloppy tails fall to the same vocabulary.
constexpr std::array<Known, 36> kByUri{{{"purl.org/rss/1.0/modules/content", Vocabulary::content},
                                        {"purl.org/rss/1.0/modules/syndication", Vocabulary::sy},
                                        {"purl.org/rss/1.0/modules/", Vocabulary::other},
                                        {"purl.org/rss", Vocabulary::core},
                                        {"purl.org/net/rss1.1", Vocabulary::core},
                                        {"my.netscape.com", Vocabulary::core},
                                        {"channel.netscape.com", Vocabulary::core},
                                        {"backend.userland.com/rss", Vocabulary::core},
                                        {"blogs.law.harvard.edu/tech/rss", Vocabulary::core},
                                        {"cyber.law.harvard.edu/rss", Vocabulary::core},
                                        {"www.rssboard.org", Vocabulary::core},
                                        {"feedvalidator.org/docs/rss2", Vocabulary::core},
                                        {"www.w3.org/2005/atom", Vocabulary::core},
                                        {"purl.org/atom/ns", Vocabulary::core},
                                        {"example.com/newformat", Vocabulary::core},
                                        {"example.com/necho", Vocabulary::core},
                                        {"purl.org/echo", Vocabulary::core},
                                        {"uri/of/echo/namespace", Vocabulary::core},
                                        {"purl.org/pie", Vocabulary::core},
                                        {"purl.org/dc/elements", Vocabulary::dc},
                                        {"purl.org/dc/terms", Vocabulary::dcterms},
                                        {"search.yahoo.com/mrss", Vocabulary::media},
                                        {"video.search.yahoo.com/mrss", Vocabulary::media},
                                        {"www.rssboard.org/media-rss", Vocabulary::media},
                                        {"www.itunes.com/dtds/podcast-1.0.dtd", Vocabulary::itunes},
                                        {"example.com/dtds/podcast-1.0.dtd", Vocabulary::itunes},
                                        {"www.georss.org/georss", Vocabulary::georss},
                                        {"georss.org/georss", Vocabulary::georss},
                                        {"www.w3.org/2003/01/geo/wgs84_pos", Vocabulary::geo},
                                        {"www.opengis.net/gml", Vocabulary::gml},
                                        {"www.gdacs.org", Vocabulary::gdacs},
                                        {"urn:oasis:names:tc:emergency:cap", Vocabulary::cap},
                                        {"www.incident.com/cap", Vocabulary::cap},
                                        {"www.w3.org/1999/xhtml", Vocabulary::xhtml},
                                        {"www.w3.org/1999/02/22-rdf-syntax-ns", Vocabulary::rdf},
                                        {"rssnamespace.org/feedburner", Vocabulary::feedburner}}};

struct Usual {
  std::string_view prefix;
  Vocabulary vocabulary;
};
/// For documents that forgot to declare what they use.
constexpr std::array<Usual, 18> kByPrefix{{{"", Vocabulary::core},
                                           {"atom", Vocabulary::core},
                                           {"rss", Vocabulary::core},
                                           {"dc", Vocabulary::dc},
                                           {"dcterms", Vocabulary::dcterms},
                                           {"content", Vocabulary::content},
                                           {"media", Vocabulary::media},
                                           {"itunes", Vocabulary::itunes},
                                           {"georss", Vocabulary::georss},
                                           {"geo", Vocabulary::geo},
                                           {"gml", Vocabulary::gml},
                                           {"gdacs", Vocabulary::gdacs},
                                           {"cap", Vocabulary::cap},
                                           {"xhtml", Vocabulary::xhtml},
                                           {"body", Vocabulary::xhtml},
                                           {"sy", Vocabulary::sy},
                                           {"rdf", Vocabulary::rdf},
                                           {"feedburner", Vocabulary::feedburner}}};

Vocabulary by_uri(std::string_view uri) {
  std::string lower = lower_ascii(trim(uri));
  for (const std::string_view scheme : {"http://", "https://"})
    if (lower.starts_with(scheme)) lower.erase(0, scheme.size());
  if (lower.empty()) return Vocabulary::core;
  if (lower.starts_with("www.rssboard.org/media-rss")) return Vocabulary::media;
  for (const auto& known : kByUri)
    if (lower.starts_with(known.uri)) return known.vocabulary;
  return Vocabulary::other;
}

std::optional<Vocabulary> by_prefix(std::string_view prefix) {
  for (const auto& usual : kByPrefix)
    if (equal_ascii_nocase(usual.prefix, prefix)) return usual.vocabulary;
  return std::nullopt;
}

/// The prefix that this attribute declares, "" for the default namespace; nullopt when it declares none.
std::optional<std::string_view> declared_prefix(std::string_view attribute_name) {
  if (attribute_name == "xmlns") return "";
  if (attribute_name.starts_with("xmlns:")) return attribute_name.substr(6);
  return std::nullopt;
}

std::uint64_t lower_hash(std::string_view name) {
  std::uint64_t hash = fnv1a("");
  for (const char c : name) {
    const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    hash = fnv1a({&low, 1}, hash);
  }
  return hash;
}
}  // namespace

Names::Names(const pugi::xml_node& root, std::string_view document) {
  int looked_at = 0;
  for (const auto& a : root.attributes()) {
    if (++looked_at > kMaxAttributes) break;
    const auto prefix = declared_prefix(a.name());
    if (!prefix) continue;
    auto vocabulary = by_uri(a.value());
    // An unknown address behind a well-known prefix is a slip of the publisher's.
    if (vocabulary == Vocabulary::other) vocabulary = by_prefix(*prefix).value_or(Vocabulary::other);
    at_root_.push_back({std::string(*prefix), vocabulary});
  }
  std::size_t mentioned = 0;
  for (std::size_t at = 0; (at = document.find("xmlns", at)) != std::string_view::npos && mentioned <= at_root_.size();
       ++at)
    ++mentioned;
  declared_below_ = mentioned > at_root_.size();
}

Name Names::of(const pugi::xml_node& element) const {
  const std::string_view qualified = element.name();
  if (declared_below_ || qualified.empty()) return read(qualified, element);
  const unsigned first = static_cast<unsigned char>(qualified.front()),
                 last = static_cast<unsigned char>(qualified.back());
  Seen& seen = seen_[(first ^ last << 1 ^ qualified.size() << 2) % kSeen];
  if (seen.qualified != qualified) seen = {qualified, read(qualified, element)};
  return seen.name;
}

Name Names::read(std::string_view qualified, const pugi::xml_node& element) const {
  const auto colon = qualified.find(':');
  if (colon == std::string_view::npos) return {vocabulary_of("", element), lower_hash(qualified)};
  return {vocabulary_of(qualified.substr(0, colon), element), lower_hash(qualified.substr(colon + 1))};
}

Vocabulary Names::vocabulary_of(std::string_view prefix, const pugi::xml_node& element) const {
  for (auto node = element; declared_below_ && node.parent().parent(); node = node.parent()) {
    int looked_at = 0;
    for (auto a = node.first_attribute(); a && looked_at < kMaxAttributes; a = a.next_attribute(), ++looked_at)
      if (declared_prefix(a.name()) == prefix) return by_uri(a.value());
  }
  for (const auto& declared : at_root_)
    if (declared.prefix == prefix) return declared.vocabulary;
  return by_prefix(prefix).value_or(Vocabulary::other);
}

std::string_view own_attribute(const pugi::xml_node& element, std::string_view qualified) {
  int looked_at = 0;
  for (auto a = element.first_attribute(); a && looked_at < kMaxAttributes; a = a.next_attribute(), ++looked_at)
    if (a.name() == qualified) return a.value();
  return {};
}

std::string_view local_name(std::string_view qualified) {
  const auto colon = qualified.rfind(':');
  return colon == std::string_view::npos ? qualified : qualified.substr(colon + 1);
}

std::string_view attribute(const pugi::xml_node& element, std::string_view local) {
  int looked_at = 0;
  for (auto a = element.first_attribute(); a && looked_at < kMaxAttributes; a = a.next_attribute(), ++looked_at)
    if (const std::string_view name = a.name();
        equal_ascii_nocase(local_name(name), local) && !name.starts_with("xmlns"))
      return a.value();
  return {};
}

}  // namespace tocsin
