#include "app/report_requests.hpp"

#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "fakes/fake_clock.hpp"

namespace tocsin {
namespace {

const std::string kToken = "a-token-of-the-field-office";

class Requests : public ::testing::Test {
 protected:
  Requests() {
    HttpDoor door;
    door.requests_per_hour = 3;
    Sender gao, other;
    gao.id = "field-gao";
    gao.token_hash = sha256_hex(kToken);
    other.id = "other";  // reports by mail only
    desk.use(door, {other, gao});
  }

  static ServedRequest post(const std::string& body, const std::string& type = "application/json",
                            const std::string& authorization = "Bearer " + kToken) {
    ServedRequest request{"POST", "/reports", {{"content-type", type}, {"authorization", authorization}}, body};
    if (authorization.empty()) request.headers.erase("authorization");
    return request;
  }

  Result<std::vector<std::string>> keep(const Sender& sender, std::vector<Item> items) {
    EXPECT_EQ(sender.id, "field-gao");
    if (broken) return failure("the disk is full");
    std::vector<std::string> news;
    for (Item& item : items) {
      const bool is_new = std::none_of(kept.begin(), kept.end(), [&](const Item& k) { return k.id == item.id; });
      if (!is_new) continue;
      news.push_back(item.id);
      kept.push_back(std::move(item));
    }
    return news;
  }

  bool broken = false;
  std::vector<Item> kept;
  FakeClock clock;
  ReportRequests desk{clock, [this](const Sender& s, std::vector<Item> items) { return keep(s, std::move(items)); }};
};

}  // namespace

TEST_F(Requests, a_report_is_answered_with_its_id_when_it_is_kept) {
  const ServedAnswer answer = desk.answer(post(R"({"id":"r-1","text":"Gunmen attacked Gao."})"));
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.body, "{\"id\":\"r-1\",\"new\":true}\n");
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].text, "Gunmen attacked Gao.");
}

TEST_F(Requests, the_same_id_again_is_no_new_report) {
  desk.answer(post(R"({"id":"r-1","text":"x"})"));
  const ServedAnswer again = desk.answer(post(R"({"id":"r-1","text":"x"})"));
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body, "{\"id\":\"r-1\",\"new\":false}\n");
}

TEST_F(Requests, an_id_comes_from_the_report_else_the_key_else_the_words_and_the_day) {
  ServedRequest with_key = post(R"({"text":"x"})");
  with_key.headers["idempotency-key"] = "k-9";
  desk.answer(with_key);
  with_key.body = R"([{"text":"a"},{"id":"own","text":"b"}])";
  const ServedAnswer list = desk.answer(with_key);
  EXPECT_EQ(list.body, "{\"reports\":[{\"id\":\"k-9#0\",\"new\":true},{\"id\":\"own\",\"new\":true}]}\n");
  desk.answer(post("x", "text/plain"));
  ASSERT_EQ(kept.size(), 4u);
  EXPECT_EQ(kept[0].id, "k-9");
  EXPECT_TRUE(kept[3].id.starts_with("hash:") && kept[3].id.ends_with(":2023-11-14")) << kept[3].id;
}

TEST_F(Requests, who_has_no_token_is_told_how_and_nothing_else) {
  for (const std::string& wrong : std::vector<std::string>{"", "Bearer", "Bearer ", "Bearer canary", "Basic YTpi",
                                                           "Bearer " + kToken + "x", kToken}) {
    const ServedAnswer answer = desk.answer(post("{\"text\":\"canary\"}", "application/json", wrong));
    EXPECT_EQ(answer.status, 401) << wrong;
    EXPECT_EQ(answer.body.find("canary"), std::string::npos);
    EXPECT_EQ(answer.headers.at(0).second, "Bearer");
  }
  EXPECT_TRUE(kept.empty());
  EXPECT_EQ(desk.answer(post("x", "text/plain", "bearer   " + kToken)).status, 201) << "the scheme has no case";
}

TEST_F(Requests, a_sender_without_a_token_cannot_be_met_by_an_empty_one) {
  Sender nobody;
  nobody.id = "nobody";
  desk.use({}, {nobody});
  EXPECT_EQ(desk.answer(post("x", "text/plain", "Bearer ")).status, 401);
  EXPECT_EQ(desk.answer(post("x", "text/plain", "")).status, 401);
}

TEST_F(Requests, other_places_methods_and_types_are_refused_in_words) {
  ServedRequest request = post("{}");
  request.path = "/report";
  EXPECT_EQ(desk.answer(request).status, 404);
  request.path = "/reports";
  request.method = "GET";
  EXPECT_EQ(desk.answer(request).status, 405);
  EXPECT_EQ(desk.answer(post("text=x", "application/x-www-form-urlencoded")).status, 415);
  ServedRequest key = post("{}");
  key.headers["idempotency-key"] = std::string(201, 'k');
  EXPECT_EQ(desk.answer(key).status, 400);
}

TEST_F(Requests, a_slip_is_explained_and_nothing_of_it_is_kept) {
  const ServedAnswer answer = desk.answer(post(R"([{"text":"good"},{"text":"x","lat":95,"lon":0}])"));
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.body, "{\"error\":\"reports[1].lat: must be a number from -90 to 90; lat and lon go together\"}\n");
  EXPECT_TRUE(kept.empty());
}

TEST_F(Requests, are_counted_for_each_sender_and_hour) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(desk.answer(post("report " + std::to_string(i), "text/plain")).status, 201);
  const ServedAnswer answer = desk.answer(post("one more", "text/plain"));
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.headers.at(0), (std::pair<std::string, std::string>{"Retry-After", "1200"}));
  clock.advance(20 * kMinute);
  EXPECT_EQ(desk.answer(post("one more", "text/plain")).status, 201);
  EXPECT_EQ(desk.answer(post("and one", "text/plain")).status, 429);
}

TEST_F(Requests, a_report_that_cannot_be_kept_is_not_accepted) {
  broken = true;
  const ServedAnswer answer = desk.answer(post("x", "text/plain"));
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body.find("disk"), std::string::npos) << "what ails us is not for everybody";
}

TEST_F(Requests, health_is_one_word) {
  const ServedRequest request{"GET", "/healthz", {}, ""};
  EXPECT_EQ(desk.answer(request).status, 200);
  EXPECT_EQ(desk.answer(request).body, "ok\n");
}

}  // namespace tocsin
