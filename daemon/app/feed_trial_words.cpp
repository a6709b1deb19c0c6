#include <algorithm>
#include <cstdio>
#include <map>

#include "app/feed_trial.hpp"
#include "app/header.hpp"
#include "base/text.hpp"

namespace tocsin {

namespace {

std::string size_words(std::int64_t bytes) {
  if (bytes < 1024) return std::to_string(bytes) + " bytes";
  return bytes < 10 << 20 ? std::to_string((bytes + 512) >> 10) + " KiB" : std::to_string(bytes >> 20) + " MiB";
}

/// Headers are foreign bytes: nothing of them may move the cursor of a terminal.
std::string shown(const HttpResponse& response, const char* name) {
  return one_line(header(response, name));
}

/// Lines, some of them a label and its words.
class Page {
 public:
  void line(const std::string& text) { text_ += text + "\n"; }
  void row(std::string_view label, const std::string& words) {
    if (words.empty()) return;
    std::string out = "  " + std::string(label);
    out.resize(std::max<std::size_t>(out.size() + 1, 13), ' ');
    line(out + words);
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void print_answer(Page& page, const HttpResponse& a, std::size_t unpacked, std::string_view asked) {
  char seconds[32];
  std::snprintf(seconds, sizeof seconds, "%.1f s", static_cast<double>(a.elapsed) / kSecond);
  if (a.status == 0) {
    page.row("answer", "none: " + one_line(a.error));
    if (a.error.find("allow_private_address") != std::string::npos) page.row("", "to permit it here: --allow-private");
    return;
  }
  const std::string packed = shown(a, "content-encoding");
  page.row("answer", std::to_string(a.status) + " after " + seconds + ", " + size_words(a.wire_bytes) + " on the wire" +
                         (packed.empty() ? "" : " (" + packed + ")") + ", " +
                         size_words(static_cast<std::int64_t>(unpacked)) + " unpacked");
  if (a.final_url != asked)
    page.row("moved to", one_line(a.final_url) + (a.redirected_permanently ? " (for good)" : " (for now)"));
  page.row("type", shown(a, "content-type"));
  for (const char* name : {"cache-control", "etag", "last-modified", "retry-after"}) page.row(name, shown(a, name));
}

void print_notes(Page& page, const Trial& trial) {
  for (const ParseNote& note : trial.document.notes)
    page.row("quirk", note.code + " " + std::string(level_name(note.level)) + ": " + one_line(note.message) +
                          (note.at.line ? " (line " + std::to_string(note.at.line) + ")" : ""));
  for (const auto& note : trial.notes) page.row("note", one_line(note));
}

void print_document(Page& page, const Trial& trial) {
  const ParsedFeed& d = trial.document;
  if (trial.is_feed()) {
    page.row("format", d.format);
    if (!trial.mapping.empty())
      page.row("mapping", trial.mapping + "; a feed of it needs `mapping: " + trial.mapping + "`");
    page.row("title", one_line(d.title));
    page.row("language", one_line(d.language));
    if (d.ttl) page.row("wishes", "a poll every " + duration_text(*d.ttl));
    const std::size_t twice = trial.in_document - trial.items.size();
    page.row("items",
             std::to_string(trial.in_document) + (twice ? ", " + std::to_string(twice) + " of them twice" : ""));
    print_notes(page, trial);  // those about a web page would be noise
  } else {
    page.row("no feed", one_line(trial.problem));
  }
}

std::string toll_words(const Count& count, const char* what) {
  if (!count.known()) return "";
  const bool at_least = count.qualifier == Qualifier::at_least;
  return ", " + std::to_string(count.min ? *count.min : *count.max) + (at_least ? "+ " : " ") + what;
}

/// "attack, ML Bamako, 77 killed"; brackets around what is no news.
std::string event_words(const Explained& told) {
  const Understanding& u = told.understood;
  if (u.main < 0) return "-";
  const Report& r = u.reports[static_cast<std::size_t>(u.main)];
  const std::string place = r.place.name.empty() || r.place.precision == Precision::country ? "" : " " + r.place.name;
  std::string out = std::string(name(r.type)) + (r.place.country.empty() ? "" : ", " + r.place.country + place) +
                    toll_words(r.killed, "killed") + toll_words(r.injured, "injured") +
                    toll_words(r.abducted, "abducted");
  if (r.modality != Modality::reported) out += ", " + std::string(kModalities(r.modality));
  return u.relevant ? out : "(" + out + ")";
}

/// "09-17 08:10", or "2023-09-17 " of another year.
std::string date_words(const std::optional<Millis>& at, Millis now) {
  if (!at) return "no date    ";
  if (civil(*at).year != civil(now).year) return iso_date(*at) + " ";
  const std::string full = rfc3339(*at);
  return full.substr(5, 5) + " " + full.substr(11, 5);
}

/// "published 2023-09-17: history" of many days is one reason.
std::string without_date(std::string_view why) {
  const auto colon = why.find(": ");
  return std::string(why.starts_with("published ") && colon != why.npos ? why.substr(colon + 2) : why);
}

std::string item_line(const TriedItem& t, Millis now) {
  std::string fate = t.fate;
  fate.resize(7, ' ');
  std::string out = date_words(t.item.published, now) + " " + fate + one_line(event_words(t.told));
  for (const auto& rule : t.rules) {
    const bool waits = std::find(t.unconfirmed.begin(), t.unconfirmed.end(), rule) != t.unconfirmed.end();
    out += " => " + rule + (waits ? "?" : "");
  }
  return out + " | " + one_line(t.item.title.empty() ? t.item.text : t.item.title);
}

std::string counted(const std::map<std::string, std::size_t>& counts) {
  std::vector<std::string> parts;
  for (const auto& [what, n] : counts) parts.push_back(std::to_string(n) + " " + what);
  return join(parts, ", ");
}

/// News is shown whole; what is none must not hide it.
void print_items(Page& page, const Trial& trial, std::size_t width) {
  if (!trial.items.empty()) page.line("");
  for (const TriedItem& t : trial.items) {
    const bool may_cut = width > 0 && !t.told.understood.relevant;
    const std::string line = item_line(t, trial.now);
    page.line(may_cut ? shortened(line, width) : line);
  }
}

void print_closing(Page& page, const Trial& trial) {
  std::map<std::string, std::size_t> fates, rules, reasons;
  std::size_t news = 0, unconfirmed = 0;
  for (const TriedItem& t : trial.items) {
    ++fates[t.fate];
    if (t.fate == "old") ++reasons[without_date(t.why)];
    news += t.told.understood.relevant;
    unconfirmed += !t.unconfirmed.empty();
    for (const auto& rule : t.rules) ++rules[rule];
  }
  page.line("");
  page.row("of these", trial.items.empty() ? "none: the feed is empty" : counted(fates));
  for (const auto& [why, n] : reasons) page.row("old", std::to_string(n) + " may not alert: " + one_line(why));
  page.row("news", std::to_string(news) + " (what stands in brackets is none)");
  page.row("rules", rules.empty() ? "none fires" : counted(rules));
  if (unconfirmed > 0) page.row("", "? waits for a second publisher, and tells only who is on duty until then");
}

void print_links(Page& page, const Trial& trial) {
  if (trial.links.empty()) return;
  page.line("The page names these feeds:");
  for (const FeedLink& link : trial.links)
    page.line("  " + one_line(link.url) + (link.title.empty() ? "" : "  " + one_line(link.title)));
}

}  // namespace

std::string in_words(const Trial& trial, std::string_view label, std::size_t width) {
  Page page;
  page.line(one_line(label));
  if (trial.answer) print_answer(page, *trial.answer, trial.bytes, trial.asked);
  if (trial.answer && trial.answer->status != 200) return page.take();
  if (!trial.answer) page.row("size", size_words(static_cast<std::int64_t>(trial.bytes)));
  print_document(page, trial);
  print_links(page, trial);
  if (!trial.is_feed()) return page.take();
  if (!trial.answer) page.row("judged at", rfc3339(trial.now));
  print_items(page, trial, width);
  print_closing(page, trial);
  return page.take();
}

}  // namespace tocsin
