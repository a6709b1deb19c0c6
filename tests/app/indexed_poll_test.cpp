#include "app/indexed_poll.hpp"

#include <gtest/gtest.h>

#include <map>
#include <memory>

#include "fakes/fake_transports.hpp"

namespace tocsin {
namespace {

Feed exports(const std::string& url) {
  Mapping mapping;
  mapping.preset = "gdelt";
  Feed feed;
  feed.url = url;
  feed.mapping = std::make_shared<const Mapping>(mapping);
  return feed;
}

HttpResponse ok(const std::string& body, const std::string& url) {
  HttpResponse response;
  response.status = 200;
  response.body = body;
  response.final_url = url;
  response.wire_bytes = 100;
  response.headers = {{"etag", "\"" + url + "\""}, {"content-type", "text/plain"}};
  return response;
}

/// Polls `feed` and answers each address in turn.
HttpResponse polled(FakeHttp& http, const Feed& feed, const std::map<std::string, HttpResponse>& web) {
  HttpResponse seen;
  HttpRequest request;
  request.url = feed.url;
  request.headers = {{"If-None-Match", "\"old\""}};
  request.allow_private_address = true;
  send_poll(http, feed, request, [&](HttpResponse answer) { seen = std::move(answer); });
  while (!http.waiting().empty()) http.answer(web.at(http.waiting().front().request.url));
  return seen;
}

const std::string kList = "https://data.example/last.txt";
const std::string kExport = "https://data.example/v2/20240917051500.export.CSV.zip";
const std::string kLines = "12 abc http://data.example/v2/20240917051500.export.CSV.zip\n13 def " +
                           std::string("http://data.example/v2/20240917051500.gkg.csv.zip\n");

TEST(IndexedPoll, the_document_that_the_index_names_takes_the_place_of_its_body) {
  FakeHttp http;
  const auto answer = polled(http, exports(kList), {{kList, ok(kLines, kList)}, {kExport, ok("rows", kExport)}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "rows");
  EXPECT_EQ(answer.final_url, kList) << "validators belong to the address that is asked every time";
  EXPECT_EQ(answer.headers.find("etag")->second, "\"" + kList + "\"");
  EXPECT_EQ(answer.wire_bytes, 200);
  ASSERT_EQ(http.sent.size(), 2u);
  EXPECT_TRUE(http.sent[1].headers.empty());
  EXPECT_TRUE(http.sent[1].allow_private_address);
}

TEST(IndexedPoll, a_document_that_is_late_is_a_failure_with_the_servers_own_words) {
  FakeHttp http;
  HttpResponse lost;
  lost.error = "could not connect";
  const auto answer = polled(http, exports(kList), {{kList, ok(kLines, kList)}, {kExport, lost}});
  EXPECT_EQ(answer.error, "the index names " + kExport + ": could not connect");
}

TEST(IndexedPoll, a_document_that_is_gone_or_refused_is_a_failure_of_one_poll_and_not_the_end_of_the_feed) {
  for (const int status : {404, 410, 429}) {
    FakeHttp http;
    HttpResponse refused;
    refused.status = status;
    refused.headers = {{"retry-after", "86400"}};
    const auto answer = polled(http, exports(kList), {{kList, ok(kLines, kList)}, {kExport, refused}});
    EXPECT_EQ(answer.status, 0);
    EXPECT_EQ(answer.error, "the index names " + kExport + ": HTTP " + std::to_string(status));
    EXPECT_FALSE(answer.headers.contains("retry-after"));
    EXPECT_TRUE(answer.body.empty());
  }
}

TEST(IndexedPoll, what_names_no_document_or_has_not_changed_is_passed_on_as_it_is) {
  FakeHttp http;
  EXPECT_EQ(polled(http, exports(kExport), {{kExport, ok("rows", kExport)}}).body, "rows");
  HttpResponse same;
  same.status = 304;
  EXPECT_EQ(polled(http, exports(kList), {{kList, same}}).status, 304);
  EXPECT_EQ(http.sent.size(), 2u);
}

TEST(IndexedPoll, an_index_may_not_lead_into_the_local_network_of_another_host) {
  FakeHttp http;
  const std::string inside = "http://192.168.0.7/a.export.CSV.zip";
  const std::string list = "http://data.example/last.txt";
  polled(http, exports(list), {{list, ok(inside, list)}, {inside, ok("rows", inside)}});
  EXPECT_FALSE(http.sent.at(1).allow_private_address);
}

}  // namespace
}  // namespace tocsin
