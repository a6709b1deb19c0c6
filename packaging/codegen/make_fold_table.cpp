// Writes the fold table of daemon/base/fold.cpp from the Unicode data in utf8proc. Runs on the build machine.
#include <utf8proc.h>

#include <cstdint>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace {

constexpr utf8proc_int32_t kLimit = 0x10000;

void append(std::string& out, utf8proc_int32_t c) {
  utf8proc_uint8_t buffer[4];
  out.append(reinterpret_cast<char*>(buffer), static_cast<std::size_t>(utf8proc_encode_char(c, buffer)));
}

/// Letters that no decomposition reaches but every reader equates.
const std::map<utf8proc_int32_t, std::string>& special() {
  static const std::map<utf8proc_int32_t, std::string> table{
      {0x00C6, "ae"},     {0x00E6, "ae"},     {0x0152, "oe"},     {0x0153, "oe"},     {0x00D8, "o"},
      {0x00F8, "o"},      {0x0141, "l"},      {0x0142, "l"},      {0x0110, "d"},      {0x0111, "d"},
      {0x0131, "i"},      {0x0130, "i"},      {0x00DF, "ss"},     {0x1E9E, "ss"},     {0x0253, "b"},
      {0x0181, "b"},      {0x0257, "d"},      {0x018A, "d"},      {0x0199, "k"},      {0x0198, "k"},
      {0x01B4, "y"},      {0x01B3, "y"},      {0x00D0, "d"},      {0x00F0, "d"},      {0x014A, "n"},
      {0x014B, "n"},      {0x0190, "e"},      {0x025B, "e"},      {0x0186, "o"},      {0x0254, "o"},
      {0x018E, "e"},      {0x01DD, "e"},      {0x0259, "e"},      {0x018F, "e"},      {0x2018, "'"},
      {0x2019, "'"},      {0x201A, "'"},      {0x201B, "'"},      {0x2032, "'"},      {0x02BC, "'"},
      {0x02BB, "'"},      {0x02BD, "'"},      {0x02BE, "'"},      {0x02BF, "'"},      {0x00B4, "'"},
      {0x0060, "'"},      {0xA78C, "'"},      {0x201C, "\""},     {0x201D, "\""},     {0x201E, "\""},
      {0x201F, "\""},     {0x00AB, "\""},     {0x00BB, "\""},     {0x2033, "\""},     {0x2010, "-"},
      {0x2011, "-"},      {0x2012, "-"},      {0x2013, "-"},      {0x2014, "-"},      {0x2015, "-"},
      {0x2212, "-"},      {0x2026, "..."},    {0x00AD, ""},       {0x200B, ""},       {0x200C, ""},
      {0x200D, ""},       {0x200E, ""},       {0x200F, ""},       {0x2060, ""},       {0xFEFF, ""},
      {0x0640, ""},       {0x0623, "\u0627"}, {0x0625, "\u0627"}, {0x0622, "\u0627"}, {0x0671, "\u0627"},
      {0x0649, "\u064A"}, {0x06CC, "\u064A"}, {0x06A9, "\u0643"}, {0x0629, "\u0647"}, {0x0624, "\u0648"},
      {0x0626, "\u064A"}, {0x0660, "0"},      {0x0661, "1"},      {0x0662, "2"},      {0x0663, "3"},
      {0x0664, "4"},      {0x0665, "5"},      {0x0666, "6"},      {0x0667, "7"},      {0x0668, "8"},
      {0x0669, "9"},      {0x06F0, "0"},      {0x06F1, "1"},      {0x06F2, "2"},      {0x06F3, "3"},
      {0x06F4, "4"},      {0x06F5, "5"},      {0x06F6, "6"},      {0x06F7, "7"},      {0x06F8, "8"},
      {0x06F9, "9"}};
  return table;
}

bool arabic_mark(utf8proc_int32_t c) {
  return (c >= 0x064B && c <= 0x065F) || c == 0x0670 || (c >= 0x06D6 && c <= 0x06ED) || (c >= 0x0610 && c <= 0x061A);
}

bool latin_or_greek(utf8proc_int32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c <= 0x24F) || (c >= 0x370 && c <= 0x3FF) ||
         (c >= 0x1E00 && c <= 0x1FFF);
}

/// Scripts without case, where decomposition only takes syllables and ideographs apart.
bool stands_alone(utf8proc_int32_t c) {
  return c >= 0x3040 && c < 0xFB00;
}

std::string folded(utf8proc_int32_t c) {
  if (const auto it = special().find(c); it != special().end()) return it->second;
  if (arabic_mark(c) || (c >= 0x0300 && c <= 0x036F))
    return "";  // combining marks: after Latin and Greek text they are noise
  if (utf8proc_category(c) == UTF8PROC_CATEGORY_ZS) return " ";
  const auto lower = utf8proc_tolower(c);
  utf8proc_int32_t parts[32];
  int boundary = 0;
  const auto n = utf8proc_decompose_char(
      lower, parts, 32, static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE), &boundary);
  std::string out;
  if (n <= 0 || (!latin_or_greek(parts[0]) && n > 1 && utf8proc_category(parts[1]) == UTF8PROC_CATEGORY_MN)) {
    append(out, lower);  // a Cyrillic or Devanagari letter with its mark stays whole
    return out;
  }
  for (int i = 0; i < n; ++i) {
    if (latin_or_greek(parts[0]) && utf8proc_category(parts[i]) == UTF8PROC_CATEGORY_MN) continue;
    if (const auto it = special().find(parts[i]); it != special().end())
      out += it->second;
    else
      append(out, utf8proc_tolower(parts[i]));
  }
  return out;
}

/// Folds until nothing changes, so that fold(fold(x)) == fold(x).
std::string settled(utf8proc_int32_t c) {
  std::string text = folded(c);
  for (int round = 0; round < 4; ++round) {
    std::string again;
    for (std::size_t pos = 0; pos < text.size();) {
      utf8proc_int32_t part = 0;
      pos += static_cast<std::size_t>(utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + pos,
                                                       static_cast<utf8proc_ssize_t>(text.size() - pos), &part));
      again += stands_alone(part) ? std::string() : folded(part);
      if (stands_alone(part)) append(again, part);
    }
    if (again == text) break;
    text = again;
  }
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::map<std::string, unsigned> offset_of;
  std::vector<std::uint8_t> text{0};
  std::vector<std::vector<unsigned>> pages;
  std::map<std::vector<unsigned>, unsigned> page_number;
  std::vector<unsigned> page_of;
  for (utf8proc_int32_t base = 0; base < kLimit; base += 256) {
    std::vector<unsigned> page(256, 0);
    for (utf8proc_int32_t c = base; c < base + 256; ++c) {
      if (!utf8proc_codepoint_valid(c) || stands_alone(c)) continue;
      std::string self;
      append(self, c);
      const std::string to = settled(c);
      if (to == self) continue;
      auto [it, fresh] = offset_of.try_emplace(to, static_cast<unsigned>(text.size()));
      if (fresh) {
        text.push_back(static_cast<std::uint8_t>(to.size()));
        text.insert(text.end(), to.begin(), to.end());
      }
      page[static_cast<std::size_t>(c - base)] = it->second;
    }
    auto [it, fresh] = page_number.try_emplace(page, static_cast<unsigned>(pages.size()));
    if (fresh) pages.push_back(page);
    page_of.push_back(it->second);
  }
  if (text.size() > 65535) return 1;
  FILE* out = std::fopen(argv[1], "w");
  if (!out) return 1;
  std::fprintf(out, "constexpr std::size_t kFoldPages = %zu;\nconstexpr std::uint16_t kFoldPage[] = {", page_of.size());
  for (unsigned p : page_of) std::fprintf(out, "%u,", p);
  std::fprintf(out, "};\nconstexpr std::uint16_t kFoldEntry[] = {");
  for (const auto& page : pages)
    for (unsigned e : page) std::fprintf(out, "%u,", e);
  std::fprintf(out, "};\nconstexpr std::uint8_t kFoldText[] = {");
  for (auto b : text) std::fprintf(out, "%u,", static_cast<unsigned>(b));
  std::fprintf(out, "};\n");
  return std::fclose(out) == 0 ? 0 : 1;
}
