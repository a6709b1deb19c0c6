#include "understand/reading.hpp"

#include <algorithm>
#include <array>

namespace tocsin {

namespace {

bool is_lexicon(const Payload& p) {
  return p.kind == PayloadKind::lexicon;
}

/// "fr" for "fr-FR"; the part before the first hyphen in small letters.
std::string primary_tag(std::string_view tag) {
  std::string out;
  for (const char c : tag.substr(0, tag.find_first_of("-_")))
    out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return out;
}

}  // namespace

Reading::Reading(const Image& i, const Tokens& t, std::string_view declared) : image(i), tokens(t) {
  find_phrases(image, tokens, hits);
  masked.assign(tokens.size(), false);
  choose_language(declared);
  take_actors();
  take_senses();
}

void Reading::choose_language(std::string_view declared) {
  std::array<std::uint32_t, 256> grammar_words{}, all_words{};
  for (const Hit& hit : hits)
    for (const Payload& p : hit.payloads) {
      if (!is_lexicon(p) || p.a == static_cast<std::uint8_t>(Category::given_name)) continue;
      if (p.a == static_cast<std::uint8_t>(Category::function)) grammar_words[p.language] += hit.count;
      all_words[p.language] += hit.count;
    }
  const auto most = [](const auto& counts) {
    return static_cast<std::uint8_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
  };
  // "Militants storm Niamey airport" has no grammar word: then its other words must tell.
  const std::uint8_t best = declared.empty() ? most(all_words) : most(grammar_words);
  language_tag = primary_tag(declared);
  language = image.language(language_tag);
  // A feed's declaration stands unless the grammar words of another language clearly outnumber its own.
  const bool undeclared = language == 255 && language_tag.empty();
  const bool contradicted =
      language != 255 && grammar_words[best] >= 4 && grammar_words[language] * 3 < grammar_words[best];
  if ((undeclared && all_words[best] > 0) || contradicted) {
    language = best;
    language_tag = std::string(image.string(image.languages[best]));
  }
  language_known = language != 255;
}

void Reading::take_actors() {
  std::uint32_t done = 0;
  for (const Hit& hit : hits) {
    if (hit.first < done) continue;
    for (const Payload& p : hit.payloads) {
      if (p.kind != PayloadKind::actor) continue;
      const Token& first = tokens[hit.first];
      const bool cased = first.script == Script::latin && !tokens.caseless;
      if (cased && !first.capitalised && !first.digits) continue;
      if (p.a && cased && !first.all_caps) continue;
      // Where all is in capitals, a short name proves nothing ("IS", "FAR").
      if (p.a && tokens.caseless && first.script == Script::latin && tokens.word(hit.first).size() < 5) continue;
      actors.push_back({hit.first, hit.last(), p.id, p.a != 0});
      for (auto i = hit.first; i < hit.last(); ++i) masked[i] = true;
      done = hit.last();
      break;
    }
  }
}

bool Reading::gate_open(const Hit& hit, const Payload& p) const {
  if (!(p.b & mark::gate)) return true;
  return tokens.caseless || tokens[hit.first].capitalised;
}

void Reading::take_senses() {
  covering_.assign(tokens.size(), -1);
  meanings_.assign(tokens.size(), 0);
  first_from_.assign(tokens.size() + 1, 0);
  std::uint32_t done = 0;
  for (const Hit& hit : hits) {
    if (hit.first < done || !language_known) continue;
    const auto start = static_cast<std::int32_t>(senses.size());
    for (const Payload& p : hit.payloads)
      if (is_lexicon(p) && p.language == language && gate_open(hit, p) &&
          (!masked[hit.first] || p.a == static_cast<std::uint8_t>(Category::weapon)))
        senses.push_back({hit.first, hit.last(), static_cast<Category>(p.a), p.b, p.id});
    if (static_cast<std::int32_t>(senses.size()) == start) continue;
    std::uint64_t meanings = 0;
    for (auto s = static_cast<std::size_t>(start); s < senses.size(); ++s) {
      meanings |= bit(senses[s].category);
      if (senses[s].category == Category::function) meanings |= bit(static_cast<Function>(senses[s].value));
    }
    for (auto i = hit.first; i < hit.last(); ++i) {
      covering_[i] = start;
      meanings_[i] = meanings;
    }
    done = hit.last();
  }
  std::uint32_t next = 0;
  for (std::size_t i = 0; i <= tokens.size(); ++i) {
    while (next < senses.size() && senses[next].first < i) ++next;
    first_from_[i] = next;
  }
}

std::span<const Sense> Reading::at(std::size_t token) const {
  if (token >= covering_.size() || covering_[token] < 0) return {};
  const auto start = static_cast<std::size_t>(covering_[token]);
  std::size_t end = start;
  while (end < senses.size() && senses[end].first == senses[start].first) ++end;
  return std::span(senses).subspan(start, end - start);
}

const Sense* Reading::find_at(std::size_t token, Category category) const {
  for (const Sense& s : at(token))
    if (s.category == category) return &s;
  return nullptr;
}

std::span<const Sense> Reading::between(std::size_t first, std::size_t last) const {
  last = std::min(last, tokens.size());
  if (first >= last) return {};
  return std::span(senses).subspan(first_from_[first], first_from_[last] - first_from_[first]);
}

const Sense* Reading::find(std::size_t first, std::size_t last, Category category) const {
  for (const Sense& s : between(first, last))
    if (s.category == category) return &s;
  return nullptr;
}

std::size_t Reading::after(std::size_t token) const {
  const auto senses_here = at(token);
  return senses_here.empty() ? token + 1 : senses_here.front().last;
}

std::size_t Reading::span_first(std::size_t token) const {
  const auto senses_here = at(token);
  return senses_here.empty() ? token : senses_here.front().first;
}

}  // namespace tocsin
