#include "feeds/urls.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kNone = std::string_view::npos;

/// The five parts of RFC 3986, appendix B; `has_*` tells an empty part from a missing one.
struct UrlParts {
  std::string_view scheme, authority, path, query, fragment;
  bool has_authority = false, has_query = false, has_fragment = false;
};

bool is_scheme(std::string_view s) {
  const auto alpha = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !s.empty() && alpha(s[0]) && std::all_of(s.begin(), s.end(), [&](char c) {
    return alpha(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  });
}

UrlParts parts_of(std::string_view url) {
  UrlParts p;
  if (const auto hash = url.find('#'); hash != kNone) {
    p.has_fragment = true;
    p.fragment = url.substr(hash + 1);
    url = url.substr(0, hash);
  }
  if (const auto mark = url.find('?'); mark != kNone) {
    p.has_query = true;
    p.query = url.substr(mark + 1);
    url = url.substr(0, mark);
  }
  if (const auto colon = url.find(':'); colon != kNone && is_scheme(url.substr(0, colon))) {
    p.scheme = url.substr(0, colon);
    url = url.substr(colon + 1);
  }
  if (url.substr(0, 2) == "//") {
    p.has_authority = true;
    const auto slash = std::min(url.find('/', 2), url.size());
    p.authority = url.substr(2, slash - 2);
    url = url.substr(slash);
  }
  p.path = url;
  return p;
}

/// RFC 3986, section 5.2.4.
std::string without_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  const auto segments = split(path, '/');
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const bool last = i + 1 == segments.size();
    if (segments[i] == "..") {
      if (kept.size() > 1) kept.pop_back();
    } else if (segments[i] != ".") {
      kept.push_back(segments[i]);
      continue;
    }
    if (last) kept.emplace_back();
  }
  std::string out;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (i > 0) out += '/';
    out += kept[i];
  }
  return out;
}

std::string joined(std::string_view scheme, const UrlParts& place, std::string_view path, const UrlParts& reference) {
  std::string out(scheme);
  out += ':';
  if (place.has_authority) {
    out += "//";
    out += place.authority;
    if (!path.empty() && path[0] != '/') out += '/';
  }
  out += path;
  if (reference.has_query) (out += '?') += reference.query;
  if (reference.has_fragment) (out += '#') += reference.fragment;
  return out;
}

std::string merged_path(const UrlParts& base, std::string_view path) {
  const auto slash = base.path.rfind('/');
  return (slash == kNone ? std::string("/") : std::string(base.path.substr(0, slash + 1))) + std::string(path);
}

bool is_tracking(std::string_view parameter) {
  const std::string name = lower_ascii(parameter.substr(0, parameter.find('=')));
  static constexpr std::array<std::string_view, 3> kPrefixes{"utm_", "at_", "mc_"};
  static constexpr std::array<std::string_view, 12> kNames{"xtor",  "fbclid",  "gclid",       "traffic_source",
                                                           "cmpid", "cmp",     "ns_mchannel", "ns_source",
                                                           "ocid",  "feature", "igshid",      "maca"};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(), [&](auto p) { return name.starts_with(p); }) ||
         std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}
/// Fragments that number a revision ("#0" of the BBC) or track a reader ("#xtor=RSS-1"); others name a place in a page.
bool is_idle_fragment(std::string_view fragment) {
  const bool number = fragment.size() <= 2 &&
                      std::all_of(fragment.begin(), fragment.end(), [](char c) { return c >= '0' && c <= '9'; });
  return number || fragment.find('=') != kNone;
}
}  // namespace

bool is_web_address(std::string_view url) {
  const auto p = parts_of(url);
  return (equal_ascii_nocase(p.scheme, "http") || equal_ascii_nocase(p.scheme, "https")) && !p.authority.empty();
}

std::string host_of(std::string_view url) {
  const auto authority = parts_of(url).authority;
  const auto name = authority.substr(authority.rfind('@') + 1);  // npos + 1 is 0
  return lower_ascii(name.starts_with('[') ? name.substr(0, name.find(']') + 1) : name.substr(0, name.find(':')));
}

std::string resolve_url(std::string_view base, std::string_view reference) {
  const auto r = parts_of(reference);
  const auto b = parts_of(base);
  if (!r.scheme.empty() || !is_web_address(base)) return std::string(reference);
  if (r.has_authority) return joined(b.scheme, r, without_dot_segments(r.path), r);
  if (!r.path.empty())
    return joined(b.scheme, b, without_dot_segments(r.path[0] == '/' ? std::string(r.path) : merged_path(b, r.path)),
                  r);
  UrlParts tail = r;
  if (!r.has_query) {
    tail.query = b.query;
    tail.has_query = b.has_query;
  }
  return joined(b.scheme, b, b.path, tail);
}

std::string canonical_link(std::string_view url) {
  const auto p = parts_of(trim(url));
  std::string host = lower_ascii(p.authority);
  if (host.starts_with("www.")) host.erase(0, 4);
  std::string out = host + std::string(p.path);
  while (out.ends_with('/')) out.pop_back();
  char mark = '?';
  for (const auto parameter : split(p.query, '&')) {
    if (parameter.empty() || is_tracking(parameter)) continue;
    out += mark;
    out += parameter;
    mark = '&';
  }
  if (!is_idle_fragment(p.fragment)) (out += '#') += p.fragment;
  return out;
}

}  // namespace tocsin
