#include "app/feed_entry.hpp"

#include <algorithm>
#include <array>

#include "base/fold.hpp"
#include "base/text.hpp"
#include "feeds/urls.hpp"
#include "model/country.hpp"

namespace tocsin {

namespace {

constexpr std::size_t kLongestName = 40, kMostTags = 5;

/// Second-level labels below which names are registered, where the country's own is two letters long.
constexpr std::array<std::string_view, 11> kSharedLabels{"ac",  "co",   "com", "edu", "gc", "go",
                                                         "gob", "gouv", "gov", "net", "org"};

/// Lower-case ASCII words with dashes between them; "" when the text has no such letter.
std::string slug(std::string_view text) {
  std::string out;
  for (const char c : fold(text)) {
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_word)
      out += c;
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  out.resize(std::min(out.size(), kLongestName));
  while (out.ends_with('-')) out.pop_back();
  return out;
}

std::string value_of(const std::map<std::string, std::string>& table, const std::string& key) {
  const auto it = table.find(key);
  return it == table.end() ? std::string() : it->second;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : one_line(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

const Country* country_named(std::string_view text) {
  const std::string wanted = fold(text);
  for (const Country& c : countries())
    if (wanted == fold(c.en) || wanted == fold(c.fr)) return &c;
  return nullptr;
}

void add_once(std::vector<std::string>& list, std::string word) {
  if (std::find(list.begin(), list.end(), word) == list.end()) list.push_back(std::move(word));
}

/// "/country/ML" is what Tocsin's own lists say; other categories are names of countries or tags.
void take_category(NewFeed& out, std::string_view category) {
  constexpr std::array<std::string_view, 6> kOwnerWords{"independent", "state",  "party",
                                                        "armed-group", "agency", "aggregator"};
  const auto parts = split(category.starts_with('/') ? category.substr(1) : category, '/');
  const auto key = parts.size() == 2 ? parts[0] : std::string_view();
  const auto value = parts.back();
  if (key == "country" && country_by_alpha2(value)) return add_once(out.feed.countries, std::string(value));
  if (key == "reliability") return void(out.claimed_reliability = one_line(value));
  if (key == "publisher") return;  // whose word it is decides who confirms whom: not a list's to say
  if (key == "owner") {
    if (std::find(kOwnerWords.begin(), kOwnerWords.end(), value) != kOwnerWords.end()) out.feed.owner = value;
    return;
  }
  if (const Country* country = country_named(category))
    return add_once(out.feed.countries, std::string(country->alpha2));
  if (auto tag = slug(value); !tag.empty() && out.feed.tags.size() < kMostTags) add_once(out.feed.tags, std::move(tag));
}

std::string list_text(const std::vector<std::string>& words) {
  return "[" + join(words, ", ") + "]";
}

bool is_language(std::string_view text) {
  return (text.size() == 2 || text.size() == 3) &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

std::string site_of(std::string_view url) {
  const std::string host = host_of(url);
  const auto labels = split(host, '.');
  const std::size_t n = labels.size();
  const bool is_number = host.starts_with('[') || (!host.empty() && host.back() >= '0' && host.back() <= '9');
  if (n < 3 || is_number) return host;
  const bool is_deep = labels[n - 1].size() == 2 &&
                       std::find(kSharedLabels.begin(), kSharedLabels.end(), labels[n - 2]) != kSharedLabels.end();
  const std::string site = std::string(labels[n - 2]) + "." + std::string(labels[n - 1]);
  return is_deep ? std::string(labels[n - 3]) + "." + site : site;
}

void FeedNames::add(const Feed& feed) {
  ids_.insert(feed.id);
  addresses_.emplace(canonical_link(feed.url), feed.id);
  publishers_.emplace(site_of(feed.url), feed.publisher);
}

std::string FeedNames::owner_of(std::string_view url) const {
  return value_of(addresses_, canonical_link(url));
}

bool FeedNames::is_taken(const std::string& id) const {
  return ids_.contains(id);
}

std::string FeedNames::free_name(std::string_view title, std::string_view url) {
  const auto host = host_of(url);
  std::string name = slug(title);
  if (name.size() < 3) name = slug(host.starts_with("www.") ? std::string_view(host).substr(4) : host);
  if (name.empty()) name = "feed";
  if (!is_taken(name)) return name;
  int& number = numbers_.emplace(name, 1).first->second;
  for (;;)
    if (const auto numbered = name + "-" + std::to_string(++number); !is_taken(numbered)) return numbered;
}

std::string FeedNames::publisher_of(std::string_view url) const {
  const auto site = site_of(url);
  const auto known = value_of(publishers_, site);
  const auto name = known.empty() ? slug(site) : known;
  return name.empty() ? "unknown" : name;
}

NewFeed feed_of(const ListedFeed& listed) {
  NewFeed out;
  out.feed.title = listed.title;
  out.feed.url = listed.url;
  out.feed.language = is_language(listed.language) ? listed.language : "";
  for (const auto& category : listed.categories) take_category(out, category);
  return out;
}

std::string yaml_entry(const NewFeed& added) {
  const Feed& f = added.feed;
  std::string out = "  " + f.id + ":\n";
  const auto line = [&](const char* key, const std::string& value) {
    if (!value.empty()) out += std::string("    ") + key + ": " + value + "\n";
  };
  line("title", f.title.empty() ? "" : quoted(f.title));
  line("url", quoted(f.url));
  line("language", is_language(f.language) ? f.language : "");  // it may be a stranger's word
  line("publisher", f.publisher);
  line("owner", f.owner);
  const std::string says = added.claimed_reliability.empty() ? "" : "; the list says " + added.claimed_reliability;
  line("reliability", f.reliability != 'F' ? std::string(1, f.reliability)
                                           : "F  # how far it can be trusted: A (completely) to E (not at all)" + says);
  line("countries",
       f.countries.empty() ? "[]  # the countries it is expected to cover, such as [ML]" : list_text(f.countries));
  line("tags", f.tags.empty() ? "" : list_text(f.tags));
  line("mapping", f.mapping ? f.mapping->preset : "");
  line("allow_private_address", f.allow_private_address ? "yes" : "");
  return out;
}

}  // namespace tocsin
