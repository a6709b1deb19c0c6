#include "feeds/xml_text.hpp"

#include <pugixml.hpp>
#include <vector>

#include "base/text.hpp"
#include "feeds/dates.hpp"
#include "feeds/html_text.hpp"
#include "feeds/urls.hpp"
#include "feeds/xml_names.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kShown = 512;  // bytes of a text that a note may quote from

bool is_text(const pugi::xml_node& node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '&')
      out += "&amp;";
    else
      out += c;
  }
}

/// Writes the tags of child elements back, so that one converter sees blocks and scripts of every kind of markup.
void append_markup(std::string& out, const pugi::xml_node& element, bool literal) {
  const auto put = [&](const char* text) { literal ? append_escaped(out, text) : static_cast<void>(out += text); };
  put(element.value());
  for (const auto& child : element.children()) {
    if (is_text(child)) {
      put(child.value());
    } else if (child.type() == pugi::node_element) {
      const auto name = local_name(child.name());
      ((out += '<') += name) += '>';
      append_markup(out, child, literal);
      ((out += "</") += name) += '>';
    }
  }
}

void append_raw(std::string& out, const pugi::xml_node& element) {
  out += element.value();
  for (const auto& child : element.children()) {
    if (is_text(child))
      out += child.value();
    else if (child.type() == pugi::node_element)
      append_raw(out, child);
  }
}

/// Most elements hold one run of text; it needs no copy. nullopt when there is more.
std::optional<std::string_view> only_text(const pugi::xml_node& element) {
  const std::string_view own = element.value();
  const auto first = element.first_child();
  if (!first) return own;
  if (own.empty() && is_text(first) && !first.next_sibling()) return first.value();
  return std::nullopt;
}

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

/// RFC 4648; white space is skipped. nullopt when there is any other stranger.
std::optional<std::string> from_base64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    if (c == '=' || c == ' ' || (c >= '\t' && c <= '\r')) continue;
    const int digit = base64_digit(c);
    if (digit < 0) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(digit);
    if ((held += 6) < 8) continue;
    out += static_cast<char>(bits >> (held -= 8) & 0xFF);
  }
  return out;
}

bool is_utf8_text(const std::string& bytes) {
  bool mended = false;
  valid_utf8(bytes, &mended);
  return !mended;
}

/// Atom 0.3 says mode="base64"; Atom 1.0 means it by any media type that is not text (RFC 4287, 4.1.3.3).
bool holds_base64(const pugi::xml_node& element) {
  if (!element.first_attribute()) return false;
  if (equal_ascii_nocase(attribute(element, "mode"), "base64")) return true;
  const auto type = lower_ascii(attribute(element, "type"));
  return type.starts_with("application/") && !type.ends_with("xml") && !type.ends_with("html");
}
}  // namespace

std::string_view raw_text(const pugi::xml_node& element, std::string& scratch) {
  if (const auto text = only_text(element)) return trim(*text);
  append_raw(scratch, element);
  return trim(scratch);
}

std::string raw_text(const pugi::xml_node& element) {
  std::string scratch;
  return std::string(raw_text(element, scratch));
}

std::string prose(const pugi::xml_node& element) {
  if (holds_base64(element))
    if (const auto decoded = from_base64(raw_text(element)); decoded && is_utf8_text(*decoded))
      return html_to_text(*decoded);
  if (const auto text = only_text(element)) return html_to_text(*text);
  std::string markup;
  append_markup(markup, element, equal_ascii_nocase(attribute(element, "type"), "xhtml"));
  return html_to_text(markup);
}

std::string tree_words(const pugi::xml_node& element) {
  std::string markup;
  append_markup(markup, element, true);
  return html_to_text(markup);
}

std::string headline(const pugi::xml_node& element) {
  std::string text = prose(element);
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos;) text[at] = ' ';
  return text;
}

std::string with_xml_base(const pugi::xml_node& element, std::string_view address, std::string_view document_url) {
  address = trim(address);
  if (is_web_address(address)) return std::string(address);
  std::string base;
  for (auto node = element; node && !is_web_address(base); node = node.parent())
    if (const std::string_view outer = own_attribute(node, "xml:base"); !outer.empty())
      base = base.empty() ? std::string(trim(outer)) : resolve_url(trim(outer), base);
  return base.empty() ? std::string(address) : resolve_url(resolve_url(document_url, base), address);
}

std::optional<Millis> date_in(const pugi::xml_node& element, Notes& notes) {
  std::string scratch;
  const auto text = raw_text(element, scratch);
  if (text.empty()) return std::nullopt;
  const auto at = parse_date(text);
  if (!at && !notes.again("F031"))
    notes.mended("F031", "\"" + shortened(one_line(text.substr(0, kShown)), 60) + "\" is no date; the item has none",
                 Notes::kUnknown);
  return at;
}

}  // namespace tocsin
