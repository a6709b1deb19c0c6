#include "net/mail_message.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace tocsin {
namespace {

constexpr std::size_t kMostDetail = 500;

bool is_address(std::string_view address) {
  const auto bad = [](unsigned char c) { return c <= ' ' || c == 127 || c == '<' || c == '>'; };
  return !address.empty() && address.size() <= 320 && address.find('@') != std::string_view::npos &&
         std::none_of(address.begin(), address.end(), bad);
}

/// RFC 4648, section 4.
std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto at = [&](std::size_t j) { return j < bytes.size() ? static_cast<unsigned char>(bytes[j]) : 0U; };
    const unsigned three = at(i) << 16 | at(i + 1) << 8 | at(i + 2);
    for (unsigned digit = 0; digit < 4; ++digit)
      out += i + digit <= bytes.size() ? kDigits[three >> (18 - 6 * digit) & 63] : '=';
  }
  return out;
}

void take_out(std::string& text, const std::string& secret) {
  if (secret.empty()) return;
  for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 3))
    text.replace(at, secret.size(), "***");
}

}  // namespace

std::string with_crlf(std::string_view message) {
  std::string out;
  out.reserve(message.size() + message.size() / 32 + 2);
  for (std::size_t i = 0; i < message.size(); ++i) {
    const char c = message[i];
    if (c != '\r' && c != '\n') {
      out += c;
      continue;
    }
    if (c == '\r' && i + 1 < message.size() && message[i + 1] == '\n') ++i;
    out += "\r\n";
  }
  if (!out.ends_with("\r\n")) out += "\r\n";
  return out;
}

std::string fault(const MailRequest& request) {
  if (!is_address(request.from)) return "the sender \"" + one_line(request.from) + "\" is no mail address";
  if (request.to.empty()) return "the message has no recipient";
  for (const std::string& to : request.to)
    if (!is_address(to)) return "the recipient \"" + one_line(to) + "\" is no mail address";
  return "";
}

std::string without_secrets(std::string_view words, const MailRequest& request) {
  std::string text(words);
  const std::string plain = std::string(1, '\0') + request.user + '\0' + request.password;  // RFC 4616
  if (!request.password.empty()) {
    take_out(text, base64(plain));
    take_out(text, base64(request.password));
    take_out(text, request.password);
  }
  return shortened(trim(one_line(text)), kMostDetail);
}

}  // namespace tocsin
