#include "base/inflate.hpp"

#include <zlib.h>

#include <array>

namespace tocsin {
namespace {

constexpr int kGzipOnly = 16 + MAX_WBITS, kRaw = -MAX_WBITS;

/// Whether more is to come after a stream that has ended: a gzip file may have several members.
bool next_member(z_stream& stream, int window) {
  const std::string_view rest(reinterpret_cast<const char*>(stream.next_in), stream.avail_in);
  return window == kGzipOnly && looks_gzip(rest) && inflateReset(&stream) == Z_OK;
}

Result<std::string> inflate_all(z_stream& stream, int window, const std::string& what, std::size_t most) {
  std::string out;
  std::array<char, 16384> piece;
  for (;;) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = piece.size();
    const int code = inflate(&stream, Z_NO_FLUSH);
    const std::size_t got = piece.size() - stream.avail_out;
    if (out.size() + got > most) return failure(what + " unpacks to more than " + std::to_string(most) + " bytes");
    out.append(piece.data(), got);
    if (code == Z_STREAM_END && !next_member(stream, window)) return out;
    if (code == Z_BUF_ERROR) return failure(what + " is cut short");
    if (code != Z_OK && code != Z_STREAM_END) return failure(what + " is damaged");
  }
}

Result<std::string> inflated(std::string_view bytes, int window, const std::string& what, std::size_t most) {
  z_stream stream{};
  if (inflateInit2(&stream, window) != Z_OK) return failure("no memory to unpack " + what);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib does not write there
  stream.avail_in = static_cast<uInt>(bytes.size());
  auto out = inflate_all(stream, window, what, most);
  inflateEnd(&stream);
  return out;
}

}  // namespace

bool looks_gzip(std::string_view bytes) {
  return bytes.starts_with("\x1f\x8b\x08");
}

Result<std::string> gunzip(std::string_view bytes, std::size_t most) {
  return inflated(bytes, kGzipOnly, "the gzip body", most);
}

Result<std::string> inflate_raw(std::string_view bytes, std::size_t most) {
  return inflated(bytes, kRaw, "the file in it", most);
}

}  // namespace tocsin
