#include "feeds/archive.hpp"

#include <zlib.h>

#include <algorithm>

#include "base/inflate.hpp"

namespace tocsin {

namespace {
constexpr std::string_view kLocalFile("PK\x03\x04", 4), kCentralFile("PK\x01\x02", 4), kEnd("PK\x05\x06", 4);
constexpr std::size_t kEndSize = 22, kCentralSize = 46, kLocalSize = 30, kLongestComment = 65535;
constexpr std::size_t kMostFiles = 1000;  // of an archive that are looked at

std::size_t number_at(std::string_view bytes, std::size_t at, int width) {
  std::size_t value = 0;
  for (int i = width; i-- > 0;)
    value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}

std::string refuse(Notes& notes, const std::string& why) {
  notes.error("F055", "a packed document that cannot be read: " + why);
  return {};
}

std::string text_or_refuse(Result<std::string> text, Notes& notes) {
  return text ? std::move(*text) : refuse(notes, text.error().message);
}

struct ZipEntry {
  std::size_t flags = 0, method = 0, crc = 0, size = 0, offset = 0;
  bool is_file = false;
};

/// The central directory entry at `at`, which moves on to the next; nullopt when there is none.
std::optional<ZipEntry> next_entry(std::string_view zip, std::size_t& at) {
  if (at > zip.size() || zip.size() - at < kCentralSize || zip.substr(at, 4) != kCentralFile) return std::nullopt;
  const auto name = zip.substr(at + kCentralSize, number_at(zip, at + 28, 2));
  const ZipEntry entry{number_at(zip, at + 8, 2),  number_at(zip, at + 10, 2), number_at(zip, at + 16, 4),
                       number_at(zip, at + 20, 4), number_at(zip, at + 42, 4), !name.empty() && !name.ends_with('/')};
  at += kCentralSize + number_at(zip, at + 28, 2) + number_at(zip, at + 30, 2) + number_at(zip, at + 32, 2);
  return entry;
}

std::string entry_text(std::string_view zip, const ZipEntry& entry, Notes& notes) {
  if (entry.flags & 1) return refuse(notes, "it is encrypted");
  if (entry.offset > zip.size() || zip.size() - entry.offset < kLocalSize || zip.substr(entry.offset, 4) != kLocalFile)
    return refuse(notes, "its directory is damaged");
  const auto start =
      entry.offset + kLocalSize + number_at(zip, entry.offset + 26, 2) + number_at(zip, entry.offset + 28, 2);
  if (start > zip.size() || entry.size > zip.size() - start) return refuse(notes, "it is cut off");
  const auto packed = zip.substr(start, entry.size);
  if (entry.method != 0 && entry.method != 8)
    return refuse(notes, "its method " + std::to_string(entry.method) + " is not deflate");
  if (entry.method == 0 && packed.size() > kMaxUnpacked) return refuse(notes, "it is too large");
  std::string text = entry.method == 8 ? text_or_refuse(inflate_raw(packed, kMaxUnpacked), notes) : std::string(packed);
  const auto crc = crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size()));
  return text.empty() || crc == entry.crc ? text : refuse(notes, "its checksum is wrong");
}

std::string first_file(std::string_view zip, Notes& notes) {
  const auto tail = zip.size() - std::min(zip.size(), kEndSize + kLongestComment);
  const auto end = zip.rfind(kEnd);
  if (end == std::string_view::npos || end < tail || zip.size() - end < kEndSize)
    return refuse(notes, "it has no directory: it was cut off");
  auto at = number_at(zip, end + 16, 4);
  for (std::size_t n = 0; n < kMostFiles; ++n) {
    const auto entry = next_entry(zip, at);
    if (!entry) break;
    if (entry->is_file) return entry_text(zip, *entry, notes);
  }
  return refuse(notes, "there is no file in it");
}
}  // namespace

std::optional<std::string> unpacked(std::string_view bytes, Notes& notes) {
  if (bytes.starts_with(kLocalFile) || bytes.starts_with(kEnd)) return first_file(bytes, notes);
  if (looks_gzip(bytes)) return text_or_refuse(gunzip(bytes, kMaxUnpacked), notes);
  return std::nullopt;
}

}  // namespace tocsin
