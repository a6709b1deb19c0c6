// What an SMTP server must never see and what we must never repeat. net/ only. Pure.
#pragma once
#include <string>
#include <string_view>

#include "ports/transport.hpp"

namespace tocsin {

/// Every CRLF, lone CR and lone LF becomes CRLF, and the text ends with one.
std::string with_crlf(std::string_view message);

/// "" when the request can be handed to a server, else what is wrong with it.
std::string fault(const MailRequest& request);

/// The peer's words without our password, plain or in base64 as AUTH sends it, on one line of at most 500 characters.
std::string without_secrets(std::string_view words, const MailRequest& request);

}  // namespace tocsin
