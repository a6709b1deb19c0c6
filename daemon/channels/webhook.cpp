// An HTTP POST of the alert as JSON (contract, section 4), signed when there is a secret.
#include "base/hash.hpp"
#include "base/text.hpp"
#include "channels/kinds.hpp"
#include "wire/alert_json.hpp"

namespace tocsin {

namespace {

constexpr ChannelOption kOptions[] = {
    {"url", OptionType::url, true, "", "where to POST, https://host/path"},
    {"secret_file", OptionType::secret, false, "", "a file that holds the key of the signature in its first line"},
    {"token_file", OptionType::secret, false, "", "a file that holds a bearer token in its first line"},
    {"allow_private_address", OptionType::yes_no, false, "no", "permit this machine and the local network"},
    {"timeout", OptionType::duration, false, "30s", "for one attempt"},
};

constexpr Millis kLongestWish = kDay;

void check(const Channel& channel, const Places& places, Diagnostics& findings) {
  const std::string url = option(channel, kWebhookChannel, "url");
  if (!url.empty() && !url.starts_with("https://") && !url.starts_with("http://"))
    findings.error(places.file, places.value("url"), "C003", "\"url\" must begin with https:// or http://");
  const bool open = url.starts_with("http://") && !yes(option(channel, kWebhookChannel, "allow_private_address"));
  if (open && channel.options.contains("token"))
    findings.error(places.file, places.value("url"), "C003", "a token must not travel over http://; use https://");
  else if (open)
    findings.warning(places.file, places.value("url"), "C006",
                     "alerts to this address travel unencrypted; use https://");
}

/// The time is the alert's, so that every attempt carries the same bytes; a receiver tells repetitions by the
/// Idempotency-Key and forgeries by the signature over "TIME.BODY".
Result<Outgoing> render(const Errand& errand) {
  HttpRequest out;
  out.method = "POST";
  out.url = option(errand.channel, kWebhookChannel, "url");
  out.body = to_json(errand.alert);
  out.timeout = parse_duration(option(errand.channel, kWebhookChannel, "timeout")).value_or(30 * kSecond);
  out.max_body = 64u << 10;
  out.follow_redirects = false;
  out.allow_private_address = yes(option(errand.channel, kWebhookChannel, "allow_private_address"));
  const std::string time = std::to_string(errand.alert.sent / kSecond);
  out.headers = {
      {"Content-Type", "application/json"}, {"Idempotency-Key", one_line(errand.key)}, {"X-Tocsin-Timestamp", time}};
  if (const auto secret = option(errand.channel, kWebhookChannel, "secret"); !secret.empty())
    out.headers.emplace_back("X-Tocsin-Signature", "sha256=" + hmac_sha256_hex(secret, time + "." + out.body));
  if (const auto token = option(errand.channel, kWebhookChannel, "token"); !token.empty())
    out.headers.emplace_back("Authorization", "Bearer " + token);
  return out;
}

/// RFC 9110, section 10.2.3, the form in seconds.
std::optional<Millis> retry_after(const HttpResponse& response) {
  const auto it = response.headers.find("retry-after");
  if (it == response.headers.end() || it->second.empty() || it->second.size() > 9 ||
      it->second.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return std::min<Millis>(std::stoll(it->second) * kSecond, kLongestWish);
}

/// What only another message or another configuration could change is final; a missing page or a refused token can be
/// repaired at the other end while we wait.
bool is_final(int status) {
  const bool passing = status == 401 || status == 403 || status == 404 || status == 407 || status == 408 ||
                       status == 425 || status == 429;
  return status >= 300 && status < 500 && !passing;
}

Verdict judge(const Answer& answer) {
  const auto* response = std::get_if<HttpResponse>(&answer);
  if (!response) return {Verdict::Kind::retry, "no answer", {}};
  const int status = response->status;
  if (status >= 200 && status < 300) return {Verdict::Kind::sent, "", {}};
  if (status == 0) return {Verdict::Kind::retry, one_line(response->error), {}};
  std::string reason = "HTTP " + std::to_string(status);
  if (status >= 300 && status < 400) reason += ": redirects are not followed; put the final address into \"url\"";
  return {is_final(status) ? Verdict::Kind::failed : Verdict::Kind::retry, reason, retry_after(*response)};
}

}  // namespace

const ChannelKind kWebhookChannel{.name = "webhook",
                                  .help = "posts the alert as JSON to an HTTP address",
                                  .options = kOptions,
                                  .highest = Tlp::Amber,
                                  .check = check,
                                  .render = render,
                                  .judge = judge};

}  // namespace tocsin
