#include <nlohmann/json.hpp>

#include "app/feed_trial.hpp"
#include "wire/feed_json.hpp"

namespace tocsin {

namespace {

using Json = nlohmann::ordered_json;

Json answer_json(const HttpResponse& a) {
  Json out{{"status", a.status},       {"error", a.error},           {"final_url", a.final_url},
           {"elapsed_ms", a.elapsed},  {"wire_bytes", a.wire_bytes}, {"moved_for_good", a.redirected_permanently},
           {"headers", Json::object()}};
  for (const char* name :
       {"content-type", "content-encoding", "cache-control", "expires", "etag", "last-modified", "retry-after"})
    if (const auto it = a.headers.find(name); it != a.headers.end()) out["headers"][name] = it->second;
  return out;
}

Json count_json(const Count& count) {
  Json out{{"min", nullptr}, {"max", nullptr}, {"qualifier", kQualifiers(count.qualifier)}};
  if (count.min) out["min"] = *count.min;
  if (count.max) out["max"] = *count.max;
  return out;
}

Json item_json(const TriedItem& t) {
  const Understanding& u = t.told.understood;
  Json out{{"item", Json::parse(to_json(t.item))},
           {"fate", t.fate},
           {"why", t.why},
           {"relevant", u.relevant},
           {"score", u.score},
           {"report", nullptr},
           {"rules", t.rules},
           {"unconfirmed", t.unconfirmed}};
  if (u.main < 0) return out;
  const Report& r = u.reports[static_cast<std::size_t>(u.main)];
  out["report"] = {{"type", name(r.type)},
                   {"modality", kModalities(r.modality)},
                   {"country", r.place.country},
                   {"place", r.place.name},
                   {"killed", count_json(r.killed)},
                   {"injured", count_json(r.injured)},
                   {"abducted", count_json(r.abducted)}};
  return out;
}

}  // namespace

std::string to_json(const Trial& trial, std::string_view label) {
  const Json document = Json::parse(to_json(trial.document));
  Json out{{"source", label},
           {"is_feed", trial.is_feed()},
           {"mapping", trial.mapping},
           {"problem", trial.problem},
           {"answer", trial.answer ? answer_json(*trial.answer) : Json()},
           {"bytes", trial.bytes},
           {"judged_at", rfc3339(trial.now)},
           {"format", document["format"]},
           {"title", document["title"]},
           {"language", document["language"]},
           {"diagnostics", document["diagnostics"]},
           {"notes", trial.notes},
           {"links", Json::array()},
           {"in_document", trial.in_document},
           {"items", Json::array()}};
  for (const FeedLink& link : trial.links) out["links"].push_back({{"url", link.url}, {"title", link.title}});
  for (const TriedItem& t : trial.items) out["items"].push_back(item_json(t));
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace tocsin
