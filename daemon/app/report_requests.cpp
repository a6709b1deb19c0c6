#include "app/report_requests.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/header.hpp"
#include "base/hash.hpp"
#include "base/log.hpp"
#include "base/text.hpp"

namespace tocsin {

namespace {
using Json = nlohmann::ordered_json;

constexpr std::size_t kLongestKey = 200;
constexpr Millis kBetweenComplaints = kMinute;

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

ServedAnswer problem(int status, const std::string& what) {
  ServedAnswer answer;
  answer.status = status;
  answer.body = text_of({{"error", what}});
  return answer;
}

/// Takes as long for a near miss as for anything else.
bool equal_in_constant_time(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned char>(a[i] ^ b[i]);
  return difference == 0;
}

std::string bearer_token(const ServedRequest& head) {
  const std::string value = header(head, "authorization");
  const auto blank = value.find(' ');
  if (blank == std::string::npos || !equal_ascii_nocase(value.substr(0, blank), "bearer")) return {};
  return std::string(trim(std::string_view(value).substr(blank)));
}

/// The same words on the same day are the same report, however often a program that got no answer sends them.
std::string made_up_id(const Item& item, Millis now) {
  return "hash:" + hex64(fnv1a(item.text, fnv1a(item.title))) + ":" + iso_date(item.published.value_or(now));
}

/// An id for every report, of the request's key where a report has none.
void complete(Posted& posted, const std::string& key, Millis now) {
  for (std::size_t i = 0; i < posted.items.size(); ++i) {
    Item& item = posted.items[i];
    if (item.id.empty() && !key.empty()) item.id = posted.is_list ? key + "#" + std::to_string(i) : key;
    if (item.id.empty()) item.id = made_up_id(item, now);
  }
}

ServedAnswer receipt(const std::vector<std::string>& ids, bool is_list, const std::vector<std::string>& news) {
  const auto one = [&](const std::string& id) {
    return Json{{"id", id}, {"new", std::find(news.begin(), news.end(), id) != news.end()}};
  };
  ServedAnswer answer;
  answer.status = news.empty() ? 200 : 201;
  if (!is_list) {
    answer.body = text_of(one(ids.front()));
    return answer;
  }
  Json all = Json::array();
  for (const std::string& id : ids) all.push_back(one(id));
  answer.body = text_of({{"reports", std::move(all)}});
  return answer;
}
}  // namespace

void ReportRequests::use(const HttpDoor& door, std::vector<Sender> senders) {
  door_ = door;
  senders_ = std::move(senders);
}

std::optional<ServedAnswer> ReportRequests::refuse(const ServedRequest& head) {
  const bool reads = head.method == "GET" || head.method == "HEAD";
  if (head.path == "/healthz" && reads) return std::nullopt;
  if (head.path != "/reports") return problem(404, "there is POST /reports and GET /healthz here");
  if (head.method == "POST") return refuse_post(head);
  ServedAnswer answer = problem(405, "reports are sent with POST");
  answer.headers.emplace_back("Allow", "POST");
  return answer;
}

std::optional<ServedAnswer> ReportRequests::refuse_post(const ServedRequest& head) {
  if (!sender_of(head)) {
    complain_unknown();
    ServedAnswer answer = problem(401, "send \"Authorization: Bearer TOKEN\" with the token that you were given");
    answer.headers.emplace_back("WWW-Authenticate", "Bearer");
    return answer;
  }
  if (posted_form(header(head, "content-type")) == PostedForm::other)
    return problem(415, "send \"Content-Type: application/json\" or \"Content-Type: text/plain\"");
  const std::string key = header(head, "idempotency-key");
  if (key.size() > kLongestKey || one_line(valid_utf8(key)) != key)
    return problem(400, "Idempotency-Key: must be at most " + std::to_string(kLongestKey) + " printable characters");
  return std::nullopt;
}

ServedAnswer ReportRequests::answer(const ServedRequest& request) {
  if (auto refused = refuse(request)) return std::move(*refused);
  if (request.path == "/healthz") return {200, "text/plain", "ok\n", {}};
  const Sender& sender = *sender_of(request);
  if (auto refused = too_many(sender)) return std::move(*refused);
  return take(sender, request);
}

const Sender* ReportRequests::sender_of(const ServedRequest& head) const {
  const std::string hash = sha256_hex(bearer_token(head));
  const Sender* found = nullptr;
  for (const Sender& sender : senders_)
    if (equal_in_constant_time(sender.token_hash, hash)) found = &sender;
  return found;
}

std::optional<ServedAnswer> ReportRequests::too_many(const Sender& sender) {
  const auto most = static_cast<double>(door_.requests_per_hour);
  const Millis now = clock_.monotonic();
  Allowance& allowance = allowances_.try_emplace(sender.id, Allowance{most, now}).first->second;
  const auto refilled = static_cast<double>(now - allowance.at) / static_cast<double>(kHour) * most;
  allowance = {std::min(most, allowance.left + refilled), now};
  if (allowance.left >= 1) {
    allowance.left -= 1;
    return std::nullopt;
  }
  const auto wait = static_cast<Millis>(std::ceil((1 - allowance.left) / most * static_cast<double>(kHour / kSecond)));
  ServedAnswer answer =
      problem(429, "at most " + std::to_string(door_.requests_per_hour) +
                       " requests an hour; send several reports in one list, or wait " + std::to_string(wait) + " s");
  answer.headers.emplace_back("Retry-After", std::to_string(wait));
  return answer;
}

ServedAnswer ReportRequests::take(const Sender& sender, const ServedRequest& request) {
  auto posted = read_posted(request.body, header(request, "content-type"));
  if (!posted) return problem(400, posted.error().message);
  complete(*posted, header(request, "idempotency-key"), clock_.now());
  std::vector<std::string> ids;
  for (const Item& item : posted->items) ids.push_back(item.id);
  const auto news = keep_(sender, std::move(posted->items));
  if (news) return receipt(ids, posted->is_list, *news);
  ServedAnswer answer = problem(503, "this could not be kept; send it again later");
  answer.headers.emplace_back("Retry-After", "60");
  return answer;
}

/// Somebody who guesses must not fill the log.
void ReportRequests::complain_unknown() {
  ++unknown_;
  const Millis now = clock_.monotonic();
  if (unknown_told_ && now - *unknown_told_ < kBetweenComplaints) return;
  unknown_told_ = now;
  log::warning(std::to_string(std::exchange(unknown_, 0)) + " request(s) to POST /reports without a known token");
}

}  // namespace tocsin
