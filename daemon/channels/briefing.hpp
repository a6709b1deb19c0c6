// An alert as a person reads it: sections of labelled lines in the recipient's language, in the order in which an
// officer needs them (summary, what to do, facts, our places, how sure, changes, sources, why). The channels that carry
// plain text are made from it. Every word that came from a feed is printable and on one line. For channels/ only.
#pragma once
#include <string>
#include <vector>

#include "channels/words.hpp"
#include "model/alert.hpp"

namespace tocsin {

struct BriefingLine {
  std::string label;  // may be empty
  std::string text;   // one line
};

struct Section {
  std::string title;
  std::vector<BriefingLine> lines;
};

struct Briefing {
  std::string summary;                // one sentence
  std::vector<std::string> warnings;  // unconfirmed, cancelled, exercise: sentences
  std::vector<Section> sections;      // none is empty
};

Briefing briefing(const Alert& alert, const Recipient& recipient);

/// The whole as plain text, at most `most_bytes`; the sections at the end are cut first, and "..." says so.
std::string plain_text(const Briefing& briefing, std::size_t most_bytes = 9000);

/// "[EXTREME] [UPDATE] ML: Attack ... - 4 km from OFFICE-BKO [4F2K v2]", the marking not included.
std::string subject(const Alert& alert, const Wording& words);

/// "at least 77 (lowest 20, highest 77)"; the word for unknown when nobody counted.
std::string toll_in_words(const Toll& toll, const Wording& words);

}  // namespace tocsin
