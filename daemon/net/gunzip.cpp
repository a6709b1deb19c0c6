#include "net/gunzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace tocsin {
namespace {

constexpr int kGzipOnly = 16 + MAX_WBITS;

Result<std::string> inflate_all(z_stream& stream, std::size_t most) {
  std::string out;
  std::array<char, 16384> piece;
  for (;;) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = piece.size();
    const int code = inflate(&stream, Z_NO_FLUSH);
    const std::size_t got = piece.size() - stream.avail_out;
    if (out.size() + got > most)
      return failure("the gzip body unpacks to more than " + std::to_string(most) + " bytes");
    out.append(piece.data(), got);
    if (code == Z_STREAM_END) {
      const std::string_view rest(reinterpret_cast<const char*>(stream.next_in), stream.avail_in);
      if (!looks_gzip(rest)) return out;  // padding after the last member is common and harmless
      inflateReset(&stream);
    } else if (code == Z_BUF_ERROR) {
      return failure("the gzip body is cut short");
    } else if (code != Z_OK) {
      return failure("the gzip body is damaged");
    }
  }
}

}  // namespace

bool looks_gzip(std::string_view bytes) {
  return bytes.starts_with("\x1f\x8b\x08");
}

Result<std::string> gunzip(std::string_view bytes, std::size_t most) {
  z_stream stream{};
  if (inflateInit2(&stream, kGzipOnly) != Z_OK) return failure("no memory to unpack the gzip body");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  auto out = inflate_all(stream, most);
  inflateEnd(&stream);
  return out;
}

}  // namespace tocsin
