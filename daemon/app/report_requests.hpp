// POST /reports: what a program of a field office tells us, answered when it is on disk. No I/O: the caller's server
// carries requests, the caller's function keeps the reports. docs/inbound.md describes it for those who call.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "feeds/posted.hpp"
#include "model/inbound.hpp"
#include "ports/clock.hpp"
#include "ports/http_service.hpp"

namespace tocsin {

class ReportRequests : public HttpService {
 public:
  /// Keeps the reports and returns the ids of those that are news, once they are durable.
  using Keep = std::function<Result<std::vector<std::string>>(const Sender&, std::vector<Item>)>;

  /// `clock` must outlive this object.
  ReportRequests(const Clock& clock, Keep keep) : clock_(clock), keep_(std::move(keep)) {}
  /// From now on. What each sender has asked in the last hour stays counted.
  void use(const HttpDoor& door, std::vector<Sender> senders);

  std::optional<ServedAnswer> refuse(const ServedRequest& head) override;
  /// Total: any request has an answer, 200 or 201 only when its reports are kept.
  ServedAnswer answer(const ServedRequest& request) override;

 private:
  /// Requests that a sender may still make; refills evenly over an hour.
  struct Allowance {
    double left = 0;
    Millis at = 0;  // monotonic
  };

  [[nodiscard]] const Sender* sender_of(const ServedRequest& head) const;
  std::optional<ServedAnswer> refuse_post(const ServedRequest& head);
  std::optional<ServedAnswer> too_many(const Sender& sender);
  ServedAnswer take(const Sender& sender, const ServedRequest& request);
  void complain_unknown();

  const Clock& clock_;
  Keep keep_;
  HttpDoor door_;
  std::vector<Sender> senders_;
  std::map<std::string, Allowance> allowances_;  // by sender
  std::size_t unknown_ = 0;                      // requests without a known token since the last word about them
  std::optional<Millis> unknown_told_;           // monotonic
};

}  // namespace tocsin
