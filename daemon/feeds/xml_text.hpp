// The words, dates and addresses that an XML element holds. feeds/ only.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "feeds/notes.hpp"

namespace pugi {
class xml_node;
}

namespace tocsin {

/// All character data of the element, undecoded as HTML, tags of children left out; trimmed.
std::string raw_text(const pugi::xml_node& element);
/// The same without a copy where the tree holds it in one piece; else it is put into `scratch`.
std::string_view raw_text(const pugi::xml_node& element, std::string& scratch);
/// Its words as html_to_text() gives them: escaped HTML, XHTML children, naked markup and base64 alike.
std::string prose(const pugi::xml_node& element);
/// As prose(), of an element whose text has been decoded already (HtmlTree).
std::string tree_words(const pugi::xml_node& element);
/// As prose(), on one line.
std::string headline(const pugi::xml_node& element);
/// `address` seen from the xml:base that holds at `element` (XML Base, section 4); as it is when no base is absolute.
std::string with_xml_base(const pugi::xml_node& element, std::string_view address, std::string_view document_url);
/// nullopt, with a note, when the element is no date.
std::optional<Millis> date_in(const pugi::xml_node& element, Notes& notes);

}  // namespace tocsin
