#include "feeds/xml_document.hpp"

#include <algorithm>
#include <array>
#include <pugixml.hpp>

#include "base/text.hpp"
#include "feeds/parse.hpp"
#include "feeds/xml_mend.hpp"
#include "feeds/xml_names.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kLarge = 256 << 10;  // bytes below which a tree needs no bounds

/// White space between tags is dropped, and the text of an element stands in the element itself: half the nodes.
constexpr unsigned kParse =
    pugi::parse_cdata | pugi::parse_escapes | pugi::parse_wconv_attribute | pugi::parse_eol | pugi::parse_embed_pcdata;

/// In markup that is part of the document, white space between two tags parts two words.
unsigned parse_options(std::string_view text) {
  return text.find("xhtml") == kNone ? kParse : kParse | pugi::parse_ws_pcdata;
}

bool starts_nocase(std::string_view text, std::string_view word) {
  return equal_ascii_nocase(text.substr(0, word.size()), word);
}

/// Where the feed begins: warnings of a PHP script, blank lines and marks may stand before it. A page of HTML begins
/// where it begins, whatever it mentions further down.
std::size_t document_start(std::string_view text) {
  const auto plain = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  if (starts_nocase(text.substr(plain), "<!doctype") || starts_nocase(text.substr(plain), "<html")) return plain;
  const auto head = text.substr(0, 65536);
  if (const auto at = head.find("<?xml"); at != kNone) return at;
  auto first = std::min(text.find('<'), text.size());
  if (starts_nocase(text.substr(first), "<br") || starts_nocase(text.substr(first), "<b>"))  // how PHP warns
    for (const std::string_view root : {"<rss ", "<rss>", "<rdf:RDF", "<feed ", "<feed>"})
      if (const auto at = head.find(root); at != kNone) first = std::max(first, at);
  return first;
}

/// The end of the DOCTYPE at `at`, past its '>'. Quotes and brackets are minded, nothing in them is read.
std::size_t doctype_end(std::string_view text, std::size_t at) {
  int brackets = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      const auto closing = text.find(c, at + 1);
      if (closing != kNone && text.substr(at, closing - at).find('>') == kNone) at = closing;
    } else if (c == '[') {
      ++brackets;
    } else if (c == ']') {
      --brackets;
    } else if (c == '>' && brackets <= 0) {
      return at + 1;
    }
  }
  return text.size();
}

/// Where the first element begins: past the declaration, comments, instructions and the DOCTYPE.
std::size_t prolog_end(std::string_view text, std::size_t at, Notes& notes) {
  while ((at = text.find('<', at)) != kNone) {
    const auto rest = text.substr(at);
    if (starts_nocase(rest, "<!doctype")) {
      const auto end = doctype_end(text, at);
      if (text.substr(at, end - at).find('[') != kNone)
        notes.mended("F021", "a DOCTYPE with an internal subset; it was thrown away unread", at);
      at = end;
    } else if (rest.starts_with("<!--") || rest.starts_with("<?")) {
      const auto end = text.find(rest[1] == '?' ? "?>" : "-->", at + 2);
      if (end == kNone) return at;
      at = end;
    } else {
      return at;
    }
  }
  return text.size();
}

bool is_entry(std::string_view name) {
  return equal_ascii_nocase(name, "item") || equal_ascii_nocase(name, "entry");
}

/// How much of a large document the tree may hold. Sections and comments are passed over.
class Measure {
 public:
  explicit Measure(std::string_view text) : text_(text) {}

  /// Up to the tag that is too many, if one is.
  std::string_view run(std::size_t offset, Notes& notes) {
    for (std::size_t at = 0; (at = text_.find('<', at)) != kNone;) {
      if (is_start(at)) {
        if (++tags_ > XmlDocument::kMaxTags)
          return told(at, notes, "F024", std::to_string(XmlDocument::kMaxTags) + " tags", offset);
        if (is_entry(name_at(at)) && ++entries_ > kMaxItems)
          return told(at, notes, "F032", std::to_string(kMaxItems) + " items", offset);
      }
      at = past(at);
    }
    return text_;
  }

 private:
  bool is_start(std::size_t at) const {
    const char next = at + 1 < text_.size() ? text_[at + 1] : '/';
    return next != '/' && next != '!' && next != '?';
  }

  std::string_view name_at(std::size_t at) const {
    constexpr std::size_t kLongest = 24;
    const auto name = text_.substr(at + 1, kLongest);
    return local_name(name.substr(0, name.find_first_of(" />\t\r\n")));
  }

  /// A section or comment that is never closed hides nothing, for it will be mended; its end is searched for once.
  std::size_t past(std::size_t at) {
    const auto rest = text_.substr(at, 9);
    const bool section = rest == "<![CDATA[";
    if (!section && !rest.starts_with("<!--")) return at + 1;
    bool& closed = section ? sections_closed_ : comments_closed_;
    const auto end = closed ? text_.find(section ? "]]>" : "-->", at) : kNone;
    closed = end != kNone;
    return closed ? end : at + 1;
  }

  std::string_view told(std::size_t at, Notes& notes, std::string_view code, const std::string& most,
                        std::size_t offset) const {
    notes.mended(code, "more than " + most + "; the rest was left unread", offset + at);
    return text_.substr(0, at);
  }

  std::string_view text_;
  std::size_t tags_ = 0, entries_ = 0;
  bool sections_closed_ = true, comments_closed_ = true;
};

bool too_deep(const pugi::xml_node& root) {
  std::size_t depth = 1;
  for (auto node = root; node;) {
    if (node.first_child()) {
      node = node.first_child();
      if (++depth > XmlDocument::kMaxDepth) return true;
      continue;
    }
    while (node && node != root && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (node == root) return false;
    node = node.next_sibling();
  }
  return false;
}

pugi::xml_node first_element(const pugi::xml_document& tree) {
  for (const auto& node : tree.children())
    if (node.type() == pugi::node_element) return node;
  return {};
}
}  // namespace

XmlDocument::XmlDocument(std::string_view utf8, Notes& notes) : tree_(std::make_unique<pugi::xml_document>()) {
  const std::size_t start = document_start(utf8);
  if (!trim(utf8.substr(0, start)).empty()) notes.mended("F020", "text before the document began; it was skipped", 0);
  const std::size_t first = prolog_end(utf8, start, notes);
  const auto whole = utf8.substr(first);
  const auto source = whole.size() < kLarge ? whole : Measure(whole).run(first, notes);
  text_ = source;
  const unsigned options = parse_options(source);
  const auto result = tree_->load_buffer_inplace(text_.data(), text_.size(), options, pugi::encoding_utf8);
  // What ends where we cut it has open elements there, and they hold all that was read.
  const bool cut_here = source.size() < whole.size() && result.status == pugi::status_end_element_mismatch &&
                        result.offset + 1 >= static_cast<std::ptrdiff_t>(source.size());
  if ((result || cut_here) && !too_deep(root())) return;
  if (!result)
    notes.mended("F022", std::string("not well-formed XML (") + result.description() + "); mended",
                 first + static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, result.offset)));
  tree_->reset();  // before the text is held once more
  text_ = mended_xml(source, kMaxDepth - 2, notes);
  tree_->load_buffer_inplace(text_.data(), text_.size(), options, pugi::encoding_utf8);
}

XmlDocument::~XmlDocument() = default;
XmlDocument::XmlDocument(XmlDocument&&) noexcept = default;

pugi::xml_node XmlDocument::root() const {
  return first_element(*tree_);
}

}  // namespace tocsin
